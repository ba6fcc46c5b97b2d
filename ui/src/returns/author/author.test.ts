import { expect, it } from 'vitest'
import { formOf } from '../form'
import type { IndicatorLine, Proposal } from '../types'
import { allowed, around, begin, found, fresh, heldAt, kindOf, labelAt, newCheck, packed, placeIn, pointed, put, reopen } from './author'

const cell = (at: string, text: string) => ({ at, text, formula: null, framed: true })
const sheet: Proposal = {
  sheet: '附表1', title: '工会组织情况月报表', rows: 9, columns: 3, merges: ['A1:C1'], widths: [10, 10, 10],
  grid: [cell('A1', '工会组织情况月报表'), cell('A2', '填报单位'), cell('A3', '会员数'), cell('B3', ''), cell('A5', '序号'), cell('B5', '工会名称'), cell('C5', '会员数')],
  cells: [{ at: 'B2', label: '填报单位', formula: null, fact: 'unit', kind: 'text' }, { at: 'B3', label: '会员数', formula: 'SUM(C6:C8)', fact: null, kind: 'count' }],
  block: { header_row: 5, first_row: 6, reserved: 3, note_row: null, columns: [{ at: 'A', label: '序号', kind: 'count' }, { at: 'B', label: '工会名称', kind: 'text' }, { at: 'C', label: '会员数', kind: 'count' }] },
}
const draft = begin([sheet, { ...sheet, sheet: '说明', cells: [], block: null }], 'QUJD', '2026-11-22')
const table = (draft.sheets[0] as (typeof draft.sheets)[number]).table
const indicator = (code: string, label: string, more: Partial<IndicatorLine> = {}): IndicatorLine => ({ code, label, measure: 'people', measure_label: '人', kind_label: '时点', definition: '', additive: true, splits: [], ...more })

it('a blank gives a first draft: facts, formulas, numbers, names; the rest is typed', () => {
  expect(table.cells.map(({ holds }) => holds), 'the fact and the formula').toEqual([{ fact: 'unit' }, { formula: '=SUM(C6:C8)' }])
  expect(table.block?.columns.map(({ holds }) => holds), 'number, name, typed').toEqual(['number', { fact: 'unit' }, 'typed'])
  expect([draft.task.title, draft.task.key, draft.sheets[1]?.taken], 'a sheet with nothing to fill is left out').toEqual(['工会组织情况', 'own-20261122', false])
  expect(begin([sheet], '', '2026-11-22', ['own-20261122', 'own-20261122-2']).task.key, 'the third task of a day').toBe('own-20261122-3')
})

it('pointing finds a cell, or in the block its column, and puts something there', () => {
  expect([pointed(table, 'B3'), pointed(table, 'C7')], 'a cell; a column').toEqual([{ kind: 'cell', at: 'B3' }, { kind: 'column', at: 'C' }])
  const held = { at: 'C', label: '会员数', holds: { indicator: { code: 'members.closing' } }, kind: 'count' as const }
  const now = put(table, { kind: 'column', at: 'C' }, held)
  expect([heldAt(now, { kind: 'column', at: 'C' })?.holds, now.block?.columns.map(({ at }) => at)], 'it stands in its order').toEqual([held.holds, ['A', 'B', 'C']])
  expect(put(table, { kind: 'cell', at: 'B3' }, null).cells.length, 'and is taken away').toBe(1)
  expect([labelAt(sheet, { kind: 'cell', at: 'B3' }, 5), labelAt(sheet, { kind: 'column', at: 'C' }, 5)], 'the words beside it').toEqual(['会员数', '会员数'])
})

it('a package has only the sheets that are asked for; the blank goes with the whole', () => {
  expect(packed(draft, false), 'looked through without the blank').not.toHaveProperty('blank')
  expect([packed(draft, true).blank, packed(draft, true).tables.map(({ sheet }) => sheet)], 'saved with it').toEqual(['QUJD', ['附表1']])
  expect(reopen(packed(draft, true), [sheet]).task.version, 'a change makes the next version').toBe(2)
})

it('what may stand where depends on what makes the rows', () => {
  expect(allowed({ kind: 'cell', at: 'A1' }, 'units'), 'no record’s field in a single cell').not.toContain('field')
  expect(allowed({ kind: 'column', at: 'A' }, { record: 'member' }), 'no indicator in a record’s row').not.toContain('indicator')
  expect(fresh('opening', { indicator: { code: 'members.joined' } }), 'an opening goes on from the indicator').toEqual({ opening: { of: '', first: { code: 'members.joined' } } })
})

it('the indicator that a label speaks of comes first', () => {
  const all = [indicator('a', '活动场次'), indicator('b', '女会员'), indicator('c', '本期入会', { definition: '本期办理入会的人数' })]
  expect(found(all, '', '其中：女会员')[0]?.code, 'by its label').toBe('b')
  expect(found(all, '入会', '').map(({ code }) => code), 'by what is sought').toEqual(['c'])
  expect([kindOf(indicator('d', '', { additive: false })), kindOf(indicator('e', '', { measure: 'money' }))], 'distinct people; yuan').toEqual(['distinct', 'money'])
})

it('checks have keys of their own, flaws lead to their place', () => {
  expect(newCheck([{ ...newCheck([], null), key: 'c2' }], null).key, 'not one that is used').toBe('c3')
  expect([placeIn('表1!D6'), placeIn('分单位!C列'), placeIn('任务名称')], 'cell, column, none').toEqual([{ sheet: '表1', at: { kind: 'cell', at: 'D6' } }, { sheet: '分单位', at: { kind: 'column', at: 'C' } }, null])
})

it('arrows lead over words and empty cells too', () => {
  const form = formOf(sheet, table, { cells: {}, lines: [{ key: '', values: [] }] })
  expect([around(form, 'A3', 'ArrowRight')?.place, around(form, 'A2', 'ArrowUp')?.place, around(form, 'B3', 'ArrowDown')?.place, around(form, 'A1', 'ArrowLeft')?.place], 'right, up to the title, down, no further').toEqual(['B3', 'A1', 'B4', undefined])
})
