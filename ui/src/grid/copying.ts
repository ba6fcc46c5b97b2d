/** What a selection gives to the clipboard and to the status bar. */
import type { Blocks } from './blocks'
import { toText } from './clipboard'
import type { Column, Row } from './columns'
import { area, rowCount, rowSpans, type Block } from './selection'

/** The most rows that are copied; more go out by an export. */
export const MOST_COPIED = 100_000
/** The most rows that the status bar adds up. */
export const MOST_SUMMED = 10_000

/** The rows and columns that are copied: blocks of the same columns one below the other, else the block made last. */
export function copied(chosen: readonly Block[]): { spans: [number, number][]; left: number; right: number } {
  const last = chosen.at(-1) ?? { top: 0, left: 0, bottom: -1, right: -1 }
  const alike = chosen.every(({ left, right }) => left === last.left && right === last.right)
  return { spans: rowSpans(alike ? chosen : [last]), left: last.left, right: last.right }
}

/** Gives the text of what is chosen at once, or null where rows are missing. */
export function textHere(blocks: Blocks, columns: readonly Column[], chosen: readonly Block[]): string | null {
  const { spans, left, right } = copied(chosen)
  const shown = columns.slice(left, right + 1)
  const lines: string[][] = []
  for (const [from, to] of spans) {
    for (let at = from; at <= to; at += 1) {
      const row = blocks.row(at)
      if (!row || lines.length > MOST_COPIED) return null
      lines.push(shown.map((column) => column.text(row)))
    }
  }
  return toText(lines)
}

/** Gives the text of what is chosen, fetching what is missing; null where it is too much. */
export async function textOf(blocks: Blocks, columns: readonly Column[], chosen: readonly Block[]): Promise<string | null> {
  if (rowCount(chosen) > MOST_COPIED) return null
  const { spans, left, right } = copied(chosen)
  const shown = columns.slice(left, right + 1)
  const lines: string[][] = []
  for (const [from, to] of spans) {
    for (const row of await blocks.rows(from, to + 1)) if (row) lines.push(shown.map((column) => column.text(row)))
  }
  return toText(lines)
}

/** A column's chosen numbers. */
export interface Sum {
  label: string
  total: string
  /** Empty where empty cells are not told from noughts. */
  mean: string
}

/** What the status bar says of what is chosen. */
export interface Summary {
  rows: number
  cells: number
  sums: Sum[]
}

/** Gives the sums of columns over the whole list. */
export type TotalOf = (keys: string[]) => Promise<Record<string, number>>

/** Adds up the chosen numbers, column by column; those of a whole long list `totalOf` knows. */
export async function summary(blocks: Blocks, columns: readonly Column[], chosen: readonly Block[], totalOf?: TotalOf): Promise<Summary> {
  const rows = rowCount(chosen)
  const cells = chosen.reduce((sum, block) => sum + area(block), 0)
  if (totalOf && rows > MOST_SUMMED && rows === blocks.total.value) return { rows, cells, sums: await whole(rows, columns, chosen, totalOf) }
  if (cells < 2 || rows > MOST_SUMMED) return { rows, cells, sums: [] }
  const sums: Sum[] = []
  for (const [at, column] of columns.entries()) {
    const across = chosen.filter(({ left, right }) => left <= at && at <= right)
    if (!column.amount || across.length === 0) continue
    const amounts: number[] = []
    for (const [from, to] of rowSpans(across)) amounts.push(...amountsOf(await blocks.rows(from, to + 1), column.amount))
    if (amounts.length > 0) sums.push(summed(column, amounts))
  }
  return { rows, cells, sums }
}

/** The sums of columns that are chosen from the first row to the last. */
async function whole(rows: number, columns: readonly Column[], chosen: readonly Block[], totalOf: TotalOf): Promise<Sum[]> {
  const full = columns.filter((column, at) => column.amount && rowCount(chosen.filter(({ left, right }) => left <= at && at <= right)) === rows)
  const totals = full.length > 0 ? await totalOf(full.map((column) => column.key)) : {}
  return full.map((column) => ({ label: column.label, total: column.sum(totals[column.key] ?? 0), mean: '' }))
}

function amountsOf(rows: readonly (Row | undefined)[], amount: (row: Row) => number | null): number[] {
  return rows.map((row) => (row ? amount(row) : null)).filter((one) => one !== null)
}

function summed(column: Column, amounts: readonly number[]): Sum {
  const total = amounts.reduce((sum, one) => sum + one, 0)
  return { label: column.label, total: column.sum(total), mean: column.sum(Math.round((total / amounts.length) * 100) / 100) }
}
