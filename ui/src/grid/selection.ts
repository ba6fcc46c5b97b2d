/** Which cells are chosen: pure, as in Excel. Rows and columns count from 0. */

/** A cell. */
export interface Cell {
  row: number
  column: number
}

/** How large the grid is. */
export interface Size {
  rows: number
  columns: number
}

/** A block of cells, both ends included. */
export interface Block {
  top: number
  left: number
  bottom: number
  right: number
}

/** What is chosen: blocks from an anchor to a head each; the last one is being made. */
export interface Selection {
  /** The cell that is typed into. */
  active: Cell
  /** The end of the last block that Shift moves. */
  head: Cell
  /** The blocks made before with Ctrl. */
  others: Block[]
}

/** Where a key leads. */
export type Way = 'up' | 'down' | 'left' | 'right' | 'page-up' | 'page-down' | 'row-start' | 'row-end' | 'first' | 'last' | 'top' | 'bottom'

/** Chooses one cell. */
export const only = (cell: Cell): Selection => ({ active: cell, head: cell, others: [] })

/** Keeps a cell inside the grid. */
export function inside(size: Size, { row, column }: Cell): Cell {
  const keep = (at: number, many: number): number => Math.min(Math.max(0, at), Math.max(0, many - 1))
  return { row: keep(row, size.rows), column: keep(column, size.columns) }
}

/** Gives the cell that a way leads to; `page` is how many rows a page has. */
export function go(size: Size, from: Cell, way: Way, page = 1): Cell {
  const { row, column } = from
  const to: Record<Way, Cell> = {
    up: { row: row - 1, column },
    down: { row: row + 1, column },
    left: { row, column: column - 1 },
    right: { row, column: column + 1 },
    'page-up': { row: row - page, column },
    'page-down': { row: row + page, column },
    'row-start': { row, column: 0 },
    'row-end': { row, column: size.columns - 1 },
    top: { row: 0, column },
    bottom: { row: size.rows - 1, column },
    first: { row: 0, column: 0 },
    last: { row: size.rows - 1, column: size.columns - 1 },
  }
  return inside(size, to[way])
}

/** Moves the active cell, or with Shift the other end of the block. */
export function move(selection: Selection, size: Size, way: Way, extend: boolean, page = 1): Selection {
  return extend ? { ...selection, head: go(size, selection.head, way, page) } : only(go(size, selection.active, way, page))
}

/** Goes on to the next cell after typing: Tab to the right and into the next row, Enter down. */
export function advance(selection: Selection, size: Size, way: 'next' | 'previous' | 'down' | 'up'): Selection {
  const { row, column } = selection.active
  if (way === 'down' || way === 'up') return only(go(size, selection.active, way))
  const at = row * size.columns + column + (way === 'next' ? 1 : -1)
  const last = size.rows * size.columns - 1
  const kept = Math.min(Math.max(0, at), Math.max(0, last))
  return only({ row: Math.floor(kept / Math.max(1, size.columns)), column: kept % Math.max(1, size.columns) })
}

/** The block between two cells. */
export function between(one: Cell, other: Cell): Block {
  return {
    top: Math.min(one.row, other.row),
    left: Math.min(one.column, other.column),
    bottom: Math.max(one.row, other.row),
    right: Math.max(one.column, other.column),
  }
}

/** The block that is being made. */
export const block = (selection: Selection): Block => between(selection.active, selection.head)

/** All blocks, the one being made last. */
export const blocks = (selection: Selection): Block[] => [...selection.others, block(selection)]

/** Begins a further block and keeps the others: Ctrl and a click. */
export const add = (selection: Selection, cell: Cell): Selection => ({ active: cell, head: cell, others: blocks(selection) })

/** Chooses whole rows. */
export function rows(size: Size, from: number, to: number, others: Block[] = []): Selection {
  return { active: { row: from, column: 0 }, head: { row: to, column: size.columns - 1 }, others }
}

/** Chooses all cells; the active one stays. */
export function all(size: Size): Selection {
  return rows(size, 0, size.rows - 1)
}

/** Says whether a row's cells are all chosen by one block. */
export const isWholeRows = ({ left, right }: Block, size: Size): boolean => left === 0 && right === size.columns - 1

/** How many cells a block has. */
export const area = (one: Block): number => (one.bottom - one.top + 1) * (one.right - one.left + 1)

/** The columns of a row that are chosen, as spans; empty where none is. */
export function columnsIn(chosen: readonly Block[], row: number): [number, number][] {
  return chosen.filter(({ top, bottom }) => top <= row && row <= bottom).map(({ left, right }) => [left, right])
}

/** The chosen rows as spans in order, each row once. */
export function rowSpans(chosen: readonly Block[]): [number, number][] {
  const spans: [number, number][] = []
  for (const { top, bottom } of [...chosen].sort((a, b) => a.top - b.top)) {
    const last = spans.at(-1)
    if (last && top <= last[1] + 1) last[1] = Math.max(last[1], bottom)
    else spans.push([top, bottom])
  }
  return spans
}

/** How many rows are chosen. */
export const rowCount = (chosen: readonly Block[]): number => rowSpans(chosen).reduce((sum, [from, to]) => sum + to - from + 1, 0)
