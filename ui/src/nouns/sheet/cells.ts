/** A sheet that is filled in before it is stored: rows, cells that hold text that is no value yet, steps back. Pure. */
import type { Json } from '../../api/generated'
import type { Block, Cell } from '../../grid/selection'

/** A row of the sheet; `id` tells it from the others. */
export type SheetRow = Readonly<Record<string, Json>> & { readonly id: number }

/** What a typed text means in a column. */
export type Meant = { value: Json } | { fault: string }

/** A column of a sheet. */
export interface SheetColumn {
  key: string
  label: string
  help?: string
  width: number
  align?: 'left' | 'right' | 'center'
  /** Why it may not be typed into. */
  locked?: string
  /** Reads a typed text; none where the column is locked. */
  read?: (text: string, row: SheetRow) => Meant
  /** Writes the value; as it is where none is given. */
  show?: (value: Json, row: SheetRow) => string
  /** Gives the number that is added up. */
  amount?: (row: SheetRow) => number | null
  /** Writes such a sum. */
  sum?: (total: number) => string
}

/** A cell's text that could not be read. */
export interface Unread {
  text: string
  message: string
}

/** A sheet at one moment. */
export interface Sheet {
  rows: readonly SheetRow[]
  unread: ReadonlyMap<string, Unread>
}

/** A text for a cell. */
export interface Typed {
  row: number
  column: SheetColumn
  text: string
}

/** The name of a cell. */
export const placeOf = (row: { readonly id?: unknown }, key: string): string => `${String(row.id)}:${key}`

/** Writes a cell's value. */
export function shownIn(column: SheetColumn, row: SheetRow): string {
  const value = row[column.key] ?? null
  if (column.show) return column.show(value, row)
  return value === null ? '' : String(value)
}

/** Types texts into cells; what cannot be read stays as it was typed, with the reason. */
export function typed(sheet: Sheet, texts: readonly Typed[]): Sheet {
  const rows = [...sheet.rows]
  const unread = new Map(sheet.unread)
  for (const { row: at, column, text } of texts) {
    const row = rows[at]
    if (!row || column.locked || !column.read) continue
    const meant = column.read(text, row)
    if ('value' in meant) {
      rows[at] = { ...row, [column.key]: meant.value }
      unread.delete(placeOf(row, column.key))
    } else unread.set(placeOf(row, column.key), { text, message: meant.fault })
  }
  return { rows, unread }
}

/** Gives the texts of a pasted block at their places; rows beyond the end are left out. */
export function pasted(columns: readonly SheetColumn[], at: Cell, cells: readonly (readonly string[])[]): Typed[] {
  return cells.flatMap((row, down) =>
    row.flatMap((text, right) => {
      const column = columns[at.column + right]
      return column && !column.locked ? [{ row: at.row + down, column, text }] : []
    }),
  )
}

/** Gives the texts that fill a block down: a single row takes what stands above it, several take the first one's. */
export function filled(sheet: Sheet, columns: readonly SheetColumn[], { top, left, bottom, right }: Block): Typed[] {
  const source = sheet.rows[top === bottom ? top - 1 : top]
  if (!source) return []
  const from = top === bottom ? top : top + 1
  const texts = columns.slice(left, right + 1).map((column) => ({ column, text: sheet.unread.get(placeOf(source, column.key))?.text ?? shownIn(column, source) }))
  return Array.from({ length: bottom - from + 1 }, (_, by) => texts.map((one) => ({ row: from + by, ...one }))).flat()
}

/** Gives empty texts for a block. */
export function cleared(columns: readonly SheetColumn[], { top, left, bottom, right }: Block): Typed[] {
  const across = columns.slice(left, right + 1)
  return Array.from({ length: bottom - top + 1 }, (_, by) => across.map((column) => ({ row: top + by, column, text: '' }))).flat()
}

/** The rows that differ from those of before, or are new. */
export function changedRows(before: readonly SheetRow[], now: readonly SheetRow[], keys: readonly string[]): SheetRow[] {
  const known = new Map(before.map((row) => [row.id, row]))
  const same = (row: SheetRow, old: SheetRow | undefined): boolean => old !== undefined && keys.every((key) => JSON.stringify(row[key] ?? null) === JSON.stringify(old[key] ?? null))
  return now.filter((row) => !same(row, known.get(row.id)))
}
