import { expect, it } from 'vitest'
import { beside, derived, formOf, step, type Blank, type ValueAt } from './form'
import type { ReportSheet, ReportTable } from './types'

const table: ReportTable = {
  sheet: '表1',
  cells: [{ at: 'B2', label: '填报单位', holds: { fact: 'unit' }, kind: 'text' }, { at: 'C9', label: '合计', holds: { formula: '=SUM(C5:C6)' }, kind: 'count' }],
  block: { header_row: 4, first_row: 5, reserved: 2, each: 'units', columns: [{ at: 'B', label: '名称', holds: { fact: 'unit' }, kind: 'text' }, { at: 'C', label: '人数', holds: { indicator: { code: 'm' } }, kind: 'count' }] },
}
const cell = (at: string, text: string) => ({ at, text, formula: null, framed: true })
const blank: Blank = { sheet: '表1', rows: 12, columns: 3, grid: [cell('A1', '会员统计表'), cell('A2', '单位'), cell('B4', '名称'), cell('C4', '人数'), cell('A9', '合计')], merges: ['A1:C1'], widths: [8, 20, 10] }
const values: ReportSheet = { cells: { B2: '县总', C9: 6 }, lines: [{ key: '01', values: ['甲', 1] }, { key: '02', values: ['乙', 2] }, { key: '03', values: ['丙', 3] }] }
const form = formOf(blank, table, values)
const text = form.rows.map((row) => row.map((one) => one.text || one.value?.value || ''))

it('a form has the blank’s words, merges and values in their places, and rows put in for the block', () => {
  expect(text, 'three rows stand where two were reserved; what is below moved down; empty rows at the end are cut').toEqual([
    ['会员统计表'], ['单位', '县总', ''], ['', '', ''], ['', '名称', '人数'], ['', '甲', 1], ['', '乙', 2], ['', '丙', 3], ['', '', ''], ['', '', ''], ['合计', '', 6],
  ])
  expect(form.rows[0]?.[0]?.across, 'the title lies over all columns').toBe(3)
  expect(form.rows[6]?.[2]?.value, 'a row’s value has the address of its union').toMatchObject({ address: '表1!C:03', spot: '表1!C#2', label: '人数' })
  expect(form.rows[9]?.[2]?.value?.address, 'a single cell has the blank’s address, wherever it moved').toBe('表1!C9')
})

it('only so many rows of a block show at once', () => {
  const cut = formOf(blank, table, values, 1)
  expect([cut.hidden, cut.rows.length], 'two rows wait').toEqual([2, 8])
})

it('without a blank the labels stand at the left of their cells', () => {
  const made = derived({ title: '月报' }, table)
  expect(made.grid.map((one) => `${one.at} ${one.text}`), 'labels, headings, title').toEqual(['A2 填报单位', 'B9 合计', 'B4 名称', 'C4 人数', 'A1 月报'])
})

it('keys lead from value to value and skip words', () => {
  const ways = [['表1!B2', 'down', '表1!B#0'], ['表1!B#0', 'right', '表1!C#0'], ['表1!C#2', 'down', '表1!C9'], ['表1!C9', 'up', '表1!C#2'], ['表1!B#0', 'next', '表1!C#0'], ['表1!B2', 'previous', '表1!B2'], ['表1!B2', 'last', '表1!C9']] as const
  for (const [from, way, to] of ways) expect(step(form, from, way), `${from} ${way}`).toBe(to)
})

it('another return’s row is found by its union, not by its place', () => {
  const other: ReportSheet = { cells: { C9: 5 }, lines: [{ key: '03', values: ['丙', 9] }] }
  const at = (row: number) => form.rows[row]?.[2]?.value as ValueAt
  expect([beside(at(6), table, values, other), beside(at(4), table, values, other), beside(at(9), table, values, other)], 'the third union, a union that was not there, the single cell').toEqual([9, undefined, 5])
})
