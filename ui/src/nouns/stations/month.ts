/** The month grid of a station's visits: days by groups of people, with sums at the edges. Pure. */
import type { TermEntry, VisitCell } from '../../api/generated'
import type { SheetColumn, SheetRow } from '../sheet/cells'
import { whole } from '../sheet/read'

/** A visit as it is stored. */
export interface Visited {
  day: string
  visitor: string
  count: number
}

/** The days of a month, `2026-10`. */
export function daysOf(month: string): string[] {
  const [year = 0, at = 1] = month.split('-').map(Number)
  const many = new Date(Date.UTC(year, at, 0)).getUTCDate()
  return Array.from({ length: many }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`)
}

/** The month so many months on. */
export function monthBy(month: string, by: number): string {
  const [year = 0, at = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, at - 1 + by, 1)).toISOString().slice(0, 7)
}

const week = ['日', '一', '二', '三', '四', '五', '六']
/** Writes a day: `3 日（六）`. */
export const dayWords = (day: string): string => `${Number(day.slice(8))} 日（${week[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? ''}）`

/** The groups that are counted: those that others are not counted in, and those that were counted though. */
export function groupsOf(entries: readonly TermEntry[], visits: readonly Visited[]): TermEntry[] {
  const parents = new Set(entries.map((entry) => entry.parent))
  const used = new Set(visits.map((visit) => visit.visitor))
  return entries.filter((entry) => !parents.has(entry.code) || used.has(entry.code))
}

const countIn = (row: SheetRow, codes: readonly string[]): number => codes.reduce((sum, code) => sum + (typeof row[code] === 'number' ? Number(row[code]) : 0), 0)
const figure = (value: unknown): string => (typeof value === 'number' ? value.toLocaleString('en-US') : '')

/** The columns: the day, its sum, a column a group. */
export function columnsOf(groups: readonly TermEntry[], today: string): SheetColumn[] {
  const codes = groups.map((group) => group.code)
  const read: SheetColumn['read'] = (text, row) => (String(row.day) > today && text.trim() !== '' ? { fault: '这一天还没有到' } : whole(text))
  const group = ({ code, name }: TermEntry): SheetColumn => ({
    key: code, label: name, width: Math.max(64, name.length * 14 + 18), align: 'right', read, show: figure, amount: (row) => (typeof row[code] === 'number' ? Number(row[code]) : null),
  })
  const sum: SheetColumn = { key: 'sum', label: '合计', width: 84, align: 'right', locked: '合计由程序计算。', show: (_, row) => figure(countIn(row, codes) || null), amount: (row) => countIn(row, codes) }
  return [{ key: 'day', label: '日期', width: 104, locked: '每天一行。', show: (value) => (String(value).includes('-') ? dayWords(String(value)) : String(value)) }, sum, ...groups.map(group)]
}

/** The rows of a month, a day each. */
export function rowsOf(month: string, visits: readonly Visited[]): SheetRow[] {
  return daysOf(month).map((day, at) => ({ id: at + 1, day, ...Object.fromEntries(visits.filter((visit) => visit.day === day).map(({ visitor, count }) => [visitor, count])) }))
}

/** The row of sums under the days. */
export function footOf(groups: readonly TermEntry[]): (rows: readonly SheetRow[]) => SheetRow {
  return (rows) => ({ id: 0, day: '合计', ...Object.fromEntries(groups.map(({ code }) => [code, rows.reduce((sum, row) => sum + countIn(row, [code]), 0) || null])) })
}

/** The cells that were filled in, changed or emptied. */
export function changedCells(before: readonly SheetRow[], now: readonly SheetRow[], groups: readonly TermEntry[]): VisitCell[] {
  return now.flatMap((row, at) =>
    groups.flatMap(({ code }) => {
      const [old, fresh] = [before[at]?.[code] ?? null, row[code] ?? null]
      return old === fresh ? [] : [{ day: String(row.day), visitor: code, count: typeof fresh === 'number' ? fresh : null }]
    }),
  )
}
