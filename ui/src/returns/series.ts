/** Numbers of returns over time: growth, what stands beside, what is drawn. Pure. */
import type { Drawing } from '../charts/drawing'
import type { SeriesPoint, TaskNumber } from './types'
import { divisor, show } from './values'

/** Most numbers that a briefing speaks of. */
export const MOST_BRIEFED = 12

/** By how much a number grew, in hundredths with a sign; nothing where there is nothing to compare with. */
export function growth(now: number | null | undefined, before: number | null | undefined): string {
  if (now === null || now === undefined || before === null || before === undefined || before === 0) return ''
  const by = ((now - before) / Math.abs(before)) * 100
  return `${by > 0 ? '+' : by < 0 ? '−' : ''}${Math.abs(by).toFixed(1)}%`
}

/** A line of the table. */
export interface SeriesLine {
  label: string
  value: string
  before: string
  yearAgo: string
  onYear: string
  sum: string
}

/** How many periods are asked for, so that the first one shown has its year's sum and the one before it. */
export const askedFor = (shown: number): number => Math.min(60, shown * 2)

/** The lines of one cell, the latest `shown` periods. */
export function linesOf(points: readonly SeriesPoint[], at: number, followed: TaskNumber, shown: number): SeriesLine[] {
  const { kind } = followed
  const from = Math.max(0, points.length - shown)
  return points.slice(from).map((point, by) => ({
    label: point.label,
    value: show(kind, point.values[at]),
    before: growth(point.values[at], points[from + by - 1]?.values[at]),
    yearAgo: show(kind, point.year_ago[at]),
    onYear: growth(point.values[at], point.year_ago[at]),
    sum: followed.sums ? show(kind, point.year_to_date[at]) : '',
  }))
}

/** One cell as lines: this year's numbers and those of a year before. */
export function drawingOf(points: readonly SeriesPoint[], at: number, followed: TaskNumber, shown: number, unit: string): Drawing {
  const latest = points.slice(-shown)
  const by = divisor(followed.kind) || 1
  const scaled = (value: number | null | undefined): number | null => (typeof value === 'number' ? value / by : null)
  const before = latest.map((point) => scaled(point.year_ago[at]))
  const own = { name: followed.label, values: latest.map((point) => scaled(point.values[at])), faint: false }
  return {
    kind: 'lines',
    title: `${unit} ${followed.label}`.trim(),
    names: latest.map(({ label }) => label),
    lines: before.some((value) => value !== null) ? [own, { name: '去年同期', values: before, faint: true }] : [own],
    words: (value) => value.toLocaleString('en-US', { maximumFractionDigits: 2 }),
  }
}
