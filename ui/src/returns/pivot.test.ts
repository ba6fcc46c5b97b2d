import { expect, it } from 'vitest'
import { ordered, said, sayable, share, withNumbers } from './pivot'
import type { Pivot, PivotLine } from './types'

const line = (label: string, level: number, ...values: (number | null)[]): PivotLine => ({ label, level, cells: values.map((value) => ({ value, kind: 'count', id: null })) })
const table: Pivot = {
  title: '', corner: '工会', heads: ['9月', '10月', '合计'], summed: true, total: '下级合计',
  lines: [line('县总', 0, 30, 40, 70), line('甲厂', 1, 10, 30, 40), line('乙厂', 1, 20, null, 20), line('丙厂', 1, null, null, null)],
  sums: line('', 0, 30, 30, 60).cells,
}

it('a cell says its number, or its share of what its line or its column comes to', () => {
  const cells = table.lines[1]?.cells ?? []
  expect((['value', 'of_line', 'of_column'] as const).map((says) => said(table, cells, 1, says)), '30 of 40 in the line, of 30 in the column').toEqual(['30', '75.0%', '100.0%'])
  expect([share(null, 5), share(3, 0), share(3, null)], 'no share of nothing').toEqual(['', '', ''])
  expect(sayable({ ...table, summed: false, sums: [] }), 'without sums there are no shares').toEqual(['value'])
})

it('lines are put in the order of a column, the union on top apart', () => {
  expect(ordered(table, 0).map(({ label }) => label), 'by September').toEqual(['县总', '乙厂', '甲厂', '丙厂'])
  expect(ordered(table, null).map(({ label }) => label), 'as they come').toEqual(['县总', '甲厂', '乙厂', '丙厂'])
  expect(ordered({ ...table, corner: '报告期' }, 0)[0]?.label, 'periods have no top').toBe('县总')
})

it('lines without a number can be left out', () => {
  expect(withNumbers(table.lines).map(({ label }) => label), 'nobody sent for the third').toEqual(['县总', '甲厂', '乙厂'])
})
