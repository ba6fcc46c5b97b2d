/** How a cross table is shown: as numbers, as shares, and in which order. Pure. */
import type { Pivot, PivotCell, PivotLine } from './types'
import { show } from './values'

/** What lies along an edge. */
export type Axis = 'units' | 'periods' | 'numbers'

/** The edges by their words. */
export const AXES: Record<Axis, string> = { units: '工会', periods: '报告期', numbers: '指标' }

/** What the cells say: the numbers, or their share of the line's or the column's sum. */
export type Says = 'value' | 'of_line' | 'of_column'

/** The other two, so that both edges always differ. */
export const others = (axis: Axis): Axis[] => (Object.keys(AXES) as Axis[]).filter((one) => one !== axis)

/** The share of a part in a whole; nothing where there is no whole. */
export function share(part: number | null, whole: number | null | undefined): string {
  return part === null || !whole ? '' : `${((part / whole) * 100).toFixed(1)}%`
}

/** Which shares a table can say: those of sums that it has. */
export const sayable = (table: Pivot): Says[] => ['value', ...(table.summed ? (['of_line'] as const) : []), ...(table.sums.length > 0 ? (['of_column'] as const) : [])]

/** What a cell says. */
export function said(table: Pivot, cells: readonly PivotCell[], column: number, says: Says): string {
  const cell = cells[column]
  if (!cell) return ''
  if (says === 'of_line' && table.summed) return share(cell.value, cells.at(-1)?.value)
  if (says === 'of_column' && table.sums.length > 0) return share(cell.value, table.sums[column]?.value)
  return show(cell.kind, cell.value)
}

/** The lines in the order of a column, the greatest first; as they come where none is named. The union on top stays there. */
export function ordered(table: Pivot, column: number | null): PivotLine[] {
  if (column === null) return [...table.lines]
  const top = table.corner === AXES.units ? table.lines.filter(({ level }) => level === 0) : []
  const value = (line: PivotLine): number => line.cells[column]?.value ?? Number.NEGATIVE_INFINITY
  return [...top, ...table.lines.filter((line) => !top.includes(line)).sort((one, other) => value(other) - value(one))]
}

/** The lines that say anything. */
export const withNumbers = (lines: readonly PivotLine[]): PivotLine[] => lines.filter((line) => line.cells.some(({ value }) => value !== null))
