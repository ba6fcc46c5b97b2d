/** What the grid is told of its columns and rows; it knows nothing of records. */

/** A row as the grid sees it. */
export type Row = Readonly<Record<string, unknown>>

/** A column. */
export interface Column {
  key: string
  label: string
  /** A sentence that says what the column holds. */
  help: string
  /** In CSS pixels at 100 %. */
  width: number
  align: 'left' | 'right' | 'center'
  sortable: boolean
  /** Whether it leads to the row's form. */
  leads: boolean
  /** Whether cells may be typed into; a sentence says why not. */
  locked: string
  /** The text shown. */
  text(row: Row): string
  /** The text that typing goes on from. */
  edited(row: Row): string
  /** The number that the status bar adds up. */
  amount: ((row: Row) => number | null) | null
  /** Writes a sum of such numbers. */
  sum(total: number): string
}

/** A column that the rows are ordered by. */
export interface Sort {
  key: string
  down: boolean
}

/** Gives the order after a header was clicked: up, down, none; with `more` the other columns stay. */
export function sorted(order: readonly Sort[], key: string, more: boolean): Sort[] {
  const before = order.find((sort) => sort.key === key)
  const after: Sort[] = !before ? [{ key, down: false }] : before.down ? [] : [{ key, down: true }]
  if (!more) return after
  return before ? order.flatMap((sort) => (sort === before ? after : [sort])) : [...order, ...after]
}

/** Moves a column to another's place. */
export function moved(keys: readonly string[], key: string, to: string): string[] {
  const rest = keys.filter((one) => one !== key)
  const at = keys.indexOf(to)
  return at < 0 || rest.length === keys.length ? [...keys] : [...rest.slice(0, at), key, ...rest.slice(at)]
}

/** The state of a cell whose new text is not stored yet. */
export interface Pending {
  text: string
  /** `saving`, or what went wrong with it. */
  state: 'saving' | 'failed'
  message: string
}
