/** Where rows stand in a list that may be higher than any element can be: pure arithmetic, in CSS pixels. */

/** The highest element that all engines lay out truly; the strictest of them stops near 17,800,000. */
export const TALLEST = 12_000_000

/** What a scrolled list is made of. */
export interface Extent {
  /** How many rows it has. */
  rows: number
  /** How high a row is. */
  rowHeight: number
  /** How high the part is that shows. */
  viewport: number
}

/** The list's true height. */
export const fullHeight = ({ rows, rowHeight }: Extent): number => rows * rowHeight

/** The height of the element that is scrolled in its place. */
export const scrolledHeight = (extent: Extent): number => Math.min(fullHeight(extent), TALLEST)

/** Whether the scrolled element is shorter than the list, so that its positions are scaled. */
export const isScaled = (extent: Extent): boolean => fullHeight(extent) > TALLEST

/** How far down the list can be scrolled. */
export const lastTop = (extent: Extent): number => Math.max(0, fullHeight(extent) - extent.viewport)

/** How far down the element can be scrolled. */
const lastScroll = (extent: Extent): number => Math.max(0, scrolledHeight(extent) - extent.viewport)

/** Keeps a position inside the list. */
export const clampTop = (extent: Extent, top: number): number => Math.min(Math.max(0, top), lastTop(extent))

/** Gives the list's position for the element's. */
export function topOf(extent: Extent, scroll: number): number {
  const last = lastScroll(extent)
  return last === 0 ? 0 : clampTop(extent, (scroll / last) * lastTop(extent))
}

/** Gives the element's position for the list's. */
export function scrollOf(extent: Extent, top: number): number {
  const last = lastTop(extent)
  return last === 0 ? 0 : (clampTop(extent, top) / last) * lastScroll(extent)
}

/** Rows from the first to the one before `end`. */
export interface Span {
  first: number
  end: number
}

/** Gives the rows that show at a position, and some beyond on both sides. */
export function visible(extent: Extent, top: number, beyond = 0): Span {
  const first = Math.floor(top / extent.rowHeight) - beyond
  const end = Math.ceil((top + extent.viewport) / extent.rowHeight) + beyond
  return { first: Math.max(0, first), end: Math.max(0, Math.min(extent.rows, end)) }
}

/** Gives the position nearest to the present one at which a row shows whole. */
export function topToShow(extent: Extent, top: number, row: number): number {
  const above = row * extent.rowHeight
  const below = above + extent.rowHeight - extent.viewport
  return clampTop(extent, above < top ? above : below > top ? below : top)
}

/** How many whole rows show: the step of Page Up and Page Down. */
export const pageRows = ({ viewport, rowHeight }: Extent): number => Math.max(1, Math.floor(viewport / rowHeight) - 1)

/** Gives the left edge of each column and, last, the right edge of all. */
export function lefts(widths: readonly number[]): number[] {
  const edges = [0]
  for (const width of widths) edges.push((edges.at(-1) ?? 0) + width)
  return edges
}

/** Gives the horizontal position nearest to the present one at which a column shows beside the frozen part. */
export function leftToShow(edges: readonly number[], column: number, frozen: number, left: number, viewport: number): number {
  const [from, to] = [edges[column] ?? 0, edges[column + 1] ?? 0]
  if (from < frozen) return left
  if (from - frozen < left) return from - frozen
  return to > left + viewport ? Math.min(to - viewport, from - frozen) : left
}
