/** The workbook as it looks on screen: headings, numbers, periods. Pure. */
import type { MonthlyBook, MonthlyColumn, MonthlyLine, MonthlySheet } from '../api/generated'
import { hours, yuan } from '../fields/look'

/** A heading above columns. */
export interface Group {
  heading: string
  /** The first column and how many. */
  from: number
  span: number
}

/** Gives the headings above the columns. */
export function groupsOf(columns: readonly MonthlyColumn[]): Group[] {
  const groups: Group[] = []
  for (const [at, { heading }] of columns.entries()) {
    const last = groups.at(-1)
    if (last && last.heading === heading) last.span += 1
    else groups.push({ heading, from: at, span: 1 })
  }
  return groups
}

/** Writes a number in its measure: minutes as hours, fen as yuan. */
export function figure(measure: MonthlyColumn['measure'], value: number): string {
  if (measure === 'minutes') return Number(hours(value)).toLocaleString('en-US', { maximumFractionDigits: 2 })
  return measure === 'money' ? yuan(value) : value.toLocaleString('en-US')
}

const measures: Record<MonthlyColumn['measure'], string> = { people: '人', times: '人次', events: '场', things: '个', minutes: '小时', money: '元' }

/** The word of a measure. */
export const measureWord = (measure: MonthlyColumn['measure']): string => measures[measure]

/** Writes a column's label; what cannot be added up is marked, as in the workbook. */
export const labelOf = (column: MonthlyColumn): string => (column.additive ? column.label : `${column.label}（去重）`)

/** Writes a column's label with the words above it. */
export const fullLabel = (column: MonthlyColumn): string => (column.heading && column.heading !== column.label ? `${column.heading}：${labelOf(column)}` : labelOf(column))

/** Gives a number of a sheet. */
export const cellOf = (sheet: MonthlySheet, row: number, column: number): number => sheet.cells[row * sheet.columns.length + column] ?? 0

/** How deep a row is indented, in ems. */
export const indent = (line: MonthlyLine): number => Math.max(0, line.level - 1) * 1.2

/** The kinds of periods. */
export type PeriodKind = 'month' | 'quarter' | 'half' | 'year' | 'union'

/** The kinds of periods with their words. */
export const kinds: readonly (readonly [PeriodKind, string])[] = [['month', '月'], ['quarter', '季度'], ['half', '半年'], ['year', '年'], ['union', '工会统计年度']]

const parts = (key: string): [number, number] => {
  const found = /^(\d{4})(?:-[QH]?(\d{1,2}))?/.exec(key)
  return [Number(found?.[1] ?? 0), Number(found?.[2] ?? 1)]
}

/** The kind of a period's key. */
export function kindOf(key: string): PeriodKind {
  if (key.includes('Q')) return 'quarter'
  if (key.includes('H')) return 'half'
  if (key.endsWith('-U')) return 'union'
  return key.includes('-') ? 'month' : 'year'
}

const made = (kind: PeriodKind, year: number, at: number): string =>
  ({ month: `${year}-${String(at).padStart(2, '0')}`, quarter: `${year}-Q${at}`, half: `${year}-H${at}`, year: String(year), union: `${year}-U` })[kind]
const many: Record<PeriodKind, number> = { month: 12, quarter: 4, half: 2, year: 1, union: 1 }

/** Gives the period of a kind that a month is in. */
export function periodOf(kind: PeriodKind, month: string): string {
  const [year, at] = parts(month)
  return made(kind, year, Math.ceil((at * many[kind]) / 12))
}

/** Gives the period so many further on. */
export function periodBy(key: string, by: number): string {
  const kind = kindOf(key)
  const [year, at] = parts(key)
  const place = year * many[kind] + (kind === 'year' || kind === 'union' ? 0 : at - 1) + by
  return made(kind, Math.floor(place / many[kind]), (place % many[kind]) + 1)
}

/** Writes a period. */
export function periodWords(key: string): string {
  const [year, at] = parts(key)
  const words: Record<PeriodKind, string> = { month: `${year} 年 ${at} 月`, quarter: `${year} 年第${'一二三四'[at - 1] ?? ''}季度`, half: `${year} 年${at === 1 ? '上' : '下'}半年`, year: `${year} 年`, union: `${year} 年工会统计年度` }
  return words[kindOf(key)]
}

/** Proposes a file's name; after one that cannot be written, with a number. */
export function fileName(book: Pick<MonthlyBook, 'unit' | 'period_label'>, kind: PeriodKind, again = 0): string {
  const word = kind === 'month' ? '月报' : kind === 'quarter' ? '季报' : kind === 'half' ? '半年报' : '年报'
  return `${book.unit}${book.period_label}${word}${again > 0 ? `（${again + 1}）` : ''}.xlsx`.replace(/[\\/:*?"<>|]/g, '')
}
