import { expect, it } from 'vitest'
import { drawingOf, growth, linesOf } from './series'
import type { ReportKind, SeriesPoint, TaskNumber } from './types'

const number = (label: string, kind: ReportKind, sums: boolean): TaskNumber => ({ at: `表1!${label}`, label, sheet: '表1', kind, measure: '人', sums })
const followed = [number('本期入会', 'count', true), number('期末会员', 'count', false), number('时长', 'minutes', true)]
const of = (at: number): TaskNumber => followed[at] as TaskNumber
const point = (label: string, value: number | null, before: number | null, sum: number | null): SeriesPoint => ({ period: label, label, values: [value], year_ago: [before], year_to_date: [sum] })
const points = [point('8月', 10, null, 10), point('9月', 15, 12, 25), point('10月', 12, 0, 37), point('11月', null, 5, null)]

it('growth is told with its sign, and not where there is nothing to compare with', () => {
  expect([growth(15, 12), growth(9, 12), growth(12, 12), growth(12, 0), growth(null, 3), growth(3, undefined)], 'more, less, the same; nought, nothing, nothing').toEqual(['+25.0%', '−25.0%', '0.0%', '', '', ''])
})

it('the first line that shows is compared with the one before it', () => {
  const lines = linesOf(points, 0, of(0), 3)
  expect(lines.map((line) => [line.label, line.value, line.before, line.onYear, line.sum]), 'three of four').toEqual([['9月', '15', '+50.0%', '+25.0%', '25'], ['10月', '12', '−20.0%', '', '37'], ['11月', '', '', '', '']])
  expect(linesOf(points, 0, of(1), 1)[0]?.sum, 'no sum of what does not add up').toBe('')
})

it('hours are drawn as hours, and a missing period is a gap', () => {
  const drawing = drawingOf([point('8月', 90, null, 90), point('9月', null, null, null)], 0, of(2), 2, '县总')
  expect(drawing, 'one line where no year before is known').toMatchObject({ kind: 'lines', title: '县总 时长', lines: [{ values: [1.5, null], faint: false }] })
})
