import { expect, it } from 'vitest'
import { drawingOf, followable, growth, linesOf, type Followed } from './series'
import type { ReportTask, SeriesPoint } from './types'

const task = {
  tables: [{ sheet: '表1', cells: [
    { at: 'B2', label: '填报单位', holds: { fact: 'unit' }, kind: 'text' },
    { at: 'D6', label: '本期入会', holds: { indicator: { code: 'members.joined' } }, kind: 'count' },
    { at: 'D9', label: '期末会员', holds: { indicator: { code: 'members.closing' } }, kind: 'count' },
    { at: 'D10', label: '时长', holds: 'typed', kind: 'minutes' },
  ] }],
} as unknown as ReportTask
const followed = followable(task, [{ code: 'members.joined', kind_label: '期间' }, { code: 'members.closing', kind_label: '时点' }])
const of = (at: number): Followed => followed[at] as Followed
const point = (label: string, value: number | null, before: number | null, sum: number | null): SeriesPoint => ({ period: label, label, values: [value], year_ago: [before], year_to_date: [sum] })
const points = [point('8月', 10, null, 10), point('9月', 15, 12, 25), point('10月', 12, 0, 37), point('11月', null, 5, null)]

it('only numbers are followed, and only what happens within a period is summed over a year', () => {
  expect(followed.map(({ label, sums }) => [label, sums]), 'members at a moment do not add up').toEqual([['本期入会', true], ['期末会员', false], ['时长', true]])
})

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
