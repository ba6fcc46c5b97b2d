/** A sheet on the screen: the grid's rows, what keys and pastes do to them, steps back before it is stored. */
import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Blocks } from '../../grid/blocks'
import type { Column, Pending, Row } from '../../grid/columns'
import type { Block, Cell } from '../../grid/selection'
import { cleared, filled, pasted, placeOf, shownIn, typed, type Sheet, type SheetColumn, type SheetRow, type Typed } from './cells'

/** A sheet. */
export interface SheetState {
  sheet: ShallowRef<Sheet>
  columns: ComputedRef<Column[]>
  blocks: Blocks
  /** How many cells hold text that is no value. */
  wrong: ComputedRef<number>
  pending(row: Row, key: string): Pending | undefined
  commit(at: number, column: Column, text: string): void
  paste(at: Cell, cells: string[][]): void
  fill(block: Block): void
  clear(block: Block): void
  /** The sums of whole columns, without the row of sums. */
  totalOf(keys: readonly string[]): Promise<Record<string, number>>
  undo(): void
  redo(): void
  /** Changes the rows by something else than typing; it can be taken back too. */
  set(rows: readonly SheetRow[]): void
  /** Begins anew with rows from the store. */
  start(rows: readonly SheetRow[]): void
}

/** What the grid of a sheet needs of it. */
export type Shown = Omit<SheetState, 'sheet' | 'wrong' | 'set' | 'start'>

/** What stands below the rows, and which row a text beyond the end makes. */
export interface SheetMore {
  /** A row of sums under the others; it cannot be typed into. */
  foot?: (rows: readonly SheetRow[]) => SheetRow
  /** Rows for texts pasted beyond the end. */
  grow?: (rows: readonly SheetRow[]) => SheetRow
}

const STEPS = 200

/** Makes a sheet. */
export function useSheet(given: () => readonly SheetColumn[], more: SheetMore = {}): SheetState {
  const sheet = shallowRef<Sheet>({ rows: [], unread: new Map() })
  const [total, version, failure] = [shallowRef<number | null>(null), shallowRef(0), shallowRef<unknown>(null)]
  let past: Sheet[] = []
  let future: Sheet[] = []
  let foot: SheetRow | null = null

  function show(next: Sheet): void {
    sheet.value = next
    foot = more.foot?.(next.rows) ?? null
    total.value = next.rows.length + (foot ? 1 : 0)
    version.value += 1
  }
  function put(next: Sheet): void {
    past = [...past, sheet.value].slice(-STEPS)
    future = []
    show(next)
  }

  const type = (texts: readonly Typed[]): void => {
    if (texts.length > 0) put(typed(sheet.value, texts))
  }
  const rowAt = (at: number): SheetRow | undefined => sheet.value.rows[at] ?? (foot && at === sheet.value.rows.length ? foot : undefined)
  const columnOf = (column: Column): SheetColumn | undefined => given().find((one) => one.key === column.key)

  function paste(at: Cell, cells: string[][]): void {
    const missing = more.grow ? at.row + cells.length - sheet.value.rows.length : 0
    let grown = sheet.value
    for (let left = missing; left > 0 && more.grow; left -= 1) grown = { ...grown, rows: [...grown.rows, more.grow(grown.rows)] }
    put(typed(grown, pasted(given(), at, cells)))
  }

  function back(from: Sheet[], to: Sheet[]): void {
    const next = from.pop()
    if (!next) return
    to.push(sheet.value)
    show(next)
  }

  const blocks: Blocks = {
    total,
    version,
    failure,
    row: (at) => rowAt(at),
    need: () => undefined,
    rows: (first, end) => Promise.resolve(Array.from({ length: end - first }, (_, by) => rowAt(first + by))),
    renew: () => undefined,
  }
  return {
    sheet,
    blocks,
    columns: computed(() => given().map(columnFor)),
    wrong: computed(() => sheet.value.unread.size),
    pending(row, key) {
      const found = sheet.value.unread.get(placeOf(row, key))
      return found && { text: found.text, state: 'failed', message: found.message }
    },
    commit(at, column, text) {
      const own = columnOf(column)
      if (own) type([{ row: at, column: own, text }])
    },
    paste,
    fill: (block) => type(filled(sheet.value, given(), block)),
    clear: (block) => type(cleared(given(), block)),
    totalOf(keys) {
      const sumOf = (column: SheetColumn | undefined): number => sheet.value.rows.reduce((sum, row) => sum + (column?.amount?.(row) ?? 0), 0)
      return Promise.resolve(Object.fromEntries(keys.map((key) => [key, sumOf(given().find((one) => one.key === key))])))
    },
    undo: () => back(past, future),
    redo: () => back(future, past),
    set: (rows) => put({ ...sheet.value, rows }),
    start(rows) {
      past = []
      future = []
      show({ rows, unread: new Map() })
    },
  }
}

/** Makes the grid's column of a sheet's. */
export function columnFor(column: SheetColumn): Column {
  const text = (row: Row): string => shownIn(column, row as SheetRow)
  return {
    key: column.key,
    label: column.label,
    help: column.help ?? '',
    width: column.width,
    align: column.align ?? 'left',
    sortable: false,
    leads: false,
    locked: column.locked ?? (column.read ? '' : '这一列由程序填写。'),
    text,
    edited: text,
    amount: column.amount ? (row) => column.amount?.(row as SheetRow) ?? null : null,
    sum: column.sum ?? ((total) => total.toLocaleString('en-US')),
  }
}
