/** A table of a return as its form looks: the words of the blank, the values in their places, rows put in where there are more. Pure. */
import type { BlankCell, Holds, Proposal, ReportColumn, ReportKind, ReportSheet, ReportTable, ReportTask, ReportValue } from './types'
import { areaOf, columnOf, letters, placeOf } from './values'

/** A blank's sheet as a grid. */
export type Blank = Pick<Proposal, 'sheet' | 'rows' | 'columns' | 'grid' | 'merges' | 'widths'>

/** A value's cell: what it is, and where it stands for the core. */
export interface ValueAt {
  /** The name of the cell within the return: `表1!D6`, `分单位!C#3` for the fourth row. */
  spot: string
  /** The address that commands take; empty for a row that is typed. */
  address: string
  sheet: string
  label: string
  holds: Holds
  kind: ReportKind
  value: ReportValue
  /** The row of the block, from 0, and the column in it; null for a single cell. */
  line: number | null
  at: number
}

/** A cell of the form. */
export interface FormCell {
  /** Where it stands on screen, from 1. */
  row: number
  column: number
  across: number
  down: number
  text: string
  framed: boolean
  value: ValueAt | null
  /** Where it stands in the blank. */
  place: string
}

/** A form. */
export interface Form {
  rows: FormCell[][]
  /** The widths of the columns, in characters. */
  widths: number[]
  /** How many rows of the block are not shown. */
  hidden: number
}

/** How many rows of a block are shown at first. */
export const ROWS = 200

/** The name of a value's cell. */
export const spotOf = (sheet: string, at: string, line: number | null): string => (line === null ? `${sheet}!${at}` : `${sheet}!${at.replace(/\d+$/, '')}#${line}`)

/** A grid derived from a table alone, where the blank is not known: labels at the left of their cells. */
export function derived(task: Pick<ReportTask, 'title'>, table: ReportTable): Blank {
  const taken = new Set(table.cells.map((cell) => cell.at))
  const grid: BlankCell[] = []
  const put = (at: string, text: string): void => {
    if (taken.has(at) || text === '') return
    taken.add(at)
    grid.push({ at, text, formula: null, framed: true })
  }
  for (const cell of table.cells) {
    const { row, column } = placeOf(cell.at)
    if (column > 1) put(`${letters(column - 1)}${row}`, cell.label)
  }
  for (const column of table.block?.columns ?? []) put(`${column.at}${table.block?.header_row ?? 1}`, column.label)
  const places = [...taken].map(placeOf)
  const columns = Math.max(1, ...places.map(({ column }) => column))
  const block = table.block
  const rows = Math.max(1, ...places.map(({ row }) => row), block ? block.first_row + block.reserved - 1 : 1)
  put('A1', table.draw?.title || task.title)
  return { sheet: table.sheet, rows, columns, grid, merges: columns > 1 ? [`A1:${letters(columns)}1`] : [], widths: [] }
}

interface Spans {
  /** The area that begins at a place. */
  from: Map<string, { across: number; down: number }>
  covered: Set<string>
}

function spans(merges: readonly string[]): Spans {
  const found: Spans = { from: new Map(), covered: new Set() }
  for (const { first, last } of merges.map(areaOf)) {
    found.from.set(`${letters(first.column)}${first.row}`, { across: last.column - first.column + 1, down: last.row - first.row + 1 })
    for (let row = first.row; row <= last.row; row += 1) {
      for (let column = first.column; column <= last.column; column += 1) if (row !== first.row || column !== first.column) found.covered.add(`${letters(column)}${row}`)
    }
  }
  return found
}

/** Builds the form of a table; of a block the first `most` rows, and where rows are typed, `spare` empty ones. */
export function formOf(blank: Blank, table: ReportTable, values: ReportSheet | undefined, most = ROWS, spare = 0): Form {
  const words = new Map(blank.grid.map((cell) => [cell.at, cell]))
  const merged = spans(blank.merges)
  const cells = new Map(table.cells.map((cell) => [cell.at, cell]))
  const { block } = table
  const lines = values?.lines ?? []
  const many = Math.min(lines.length + (block?.each === 'typed' ? spare : 0), most)
  const last = Math.max(blank.rows, ...table.cells.map((cell) => placeOf(cell.at).row))
  const wide = Math.max(blank.columns, ...table.cells.map((cell) => placeOf(cell.at).column), ...(block?.columns ?? []).map((column) => columnOf(column.at)))
  const rows: FormCell[][] = []

  const single = (place: string): ValueAt | null => {
    const cell = cells.get(place)
    if (!cell) return null
    const spot = spotOf(table.sheet, place, null)
    return { spot, address: spot, sheet: table.sheet, label: cell.label, holds: cell.holds, kind: cell.kind, value: values?.cells[place] ?? null, line: null, at: 0 }
  }
  function plain(row: number): FormCell[] {
    const found: FormCell[] = []
    for (let column = 1; column <= wide; column += 1) {
      const place = `${letters(column)}${row}`
      if (merged.covered.has(place)) continue
      const { across, down } = merged.from.get(place) ?? { across: 1, down: 1 }
      const word = words.get(place)
      const value = single(place)
      found.push({ row: rows.length + 1, column, across, down, text: value ? '' : (word?.text ?? ''), framed: value !== null || (word?.framed ?? false), value, place })
    }
    return found
  }
  function line(at: number): FormCell[] {
    const columns = new Map((block?.columns ?? []).map((column, index) => [columnOf(column.at), { column, index }]))
    return Array.from({ length: wide }, (_, by) => {
      const own = columns.get(by + 1)
      const place = `${letters(by + 1)}${block?.first_row ?? 0}`
      const framed = own !== undefined || (words.get(place)?.framed ?? false)
      return { row: rows.length + 1, column: by + 1, across: 1, down: 1, text: '', framed, value: own ? inLine(table.sheet, own.column, own.index, lines[at], at) : null, place }
    })
  }

  const end = block ? block.first_row + block.reserved : 0
  for (let row = 1; row <= last; row += 1) {
    if (!block || row < block.first_row || row >= end) rows.push(plain(row))
    else if (row === block.first_row) for (let at = 0; at < many; at += 1) rows.push(line(at))
  }
  return { rows: trimmed(rows), widths: Array.from({ length: wide }, (_, at) => blank.widths[at] || 0), hidden: Math.max(0, lines.length - many) }
}

function inLine(sheet: string, column: ReportColumn, index: number, line: { key: string; values: ReportValue[] } | undefined, at: number): ValueAt {
  const key = line?.key ?? ''
  return { spot: spotOf(sheet, column.at, at), address: key === '' ? '' : `${sheet}!${column.at}:${key}`, sheet, label: column.label, holds: column.holds, kind: column.kind, value: line?.values[index] ?? null, line: at, at: index }
}

/** Without the empty rows at the end. */
function trimmed(rows: FormCell[][]): FormCell[][] {
  let end = rows.length
  const empty = (row: FormCell[] | undefined): boolean => row?.every((cell) => cell.value === null && cell.text === '' && !cell.framed) ?? true
  while (end > 0 && empty(rows[end - 1])) end -= 1
  return rows.slice(0, end)
}

/** Finds another return's value for a cell: a single cell by its place, a row's by its key. */
export function beside(cell: ValueAt, table: ReportTable, own: ReportSheet | undefined, other: ReportSheet | undefined): ReportValue | undefined {
  if (!other) return undefined
  if (cell.line === null) return other.cells[cell.spot.slice(cell.sheet.length + 1)]
  const key = own?.lines?.[cell.line]?.key
  return key && table.block ? other.lines?.find((line) => line.key === key)?.values[cell.at] : undefined
}

/** A way through the form. */
export type Way = 'up' | 'down' | 'left' | 'right' | 'next' | 'previous' | 'first' | 'last'

/** The next cell that holds a value in a direction; the same where there is none. */
export function step(form: Form, from: string, way: Way): string {
  const all = form.rows.flat().filter((cell) => cell.value !== null)
  const at = all.findIndex((cell) => cell.value?.spot === from)
  const here = all[at]
  const name = (cell: FormCell | undefined): string => cell?.value?.spot ?? from
  if (way === 'first') return name(all[0])
  if (way === 'last') return name(all.at(-1))
  if (!here) return name(all[0])
  if (way === 'next') return name(all[at + 1])
  if (way === 'previous') return name(all[at - 1])
  const near = (list: FormCell[]): FormCell | undefined => [...list].sort((a, b) => Math.abs(a.row - here.row) - Math.abs(b.row - here.row) || Math.abs(a.column - here.column) - Math.abs(b.column - here.column))[0]
  switch (way) {
    case 'up':
      return name(near(all.filter((cell) => cell.row < here.row)))
    case 'down':
      return name(near(all.filter((cell) => cell.row > here.row)))
    case 'left':
      return name(all.filter((cell) => cell.row === here.row && cell.column < here.column).at(-1))
    case 'right':
      return name(all.find((cell) => cell.row === here.row && cell.column > here.column))
  }
}
