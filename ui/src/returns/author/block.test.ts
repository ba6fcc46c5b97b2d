import { expect, it } from 'vitest'
import type { Described } from '../../records/describe'
import { blockAt, columnsOf, headings, made, matched } from './block'

const WORDS = ['序号', '单位名称', '单位法人和其他组织统一社会信用代码', '单位所在政区', '单位所属行业', '职工人数', '工会名称', '工会法人和其他组织统一社会信用代码', '上级工会名称', '建会日期（格式：yyyy/MM/dd）', '会员人数', '工会负责人\n(法定代表人)', '备注栏']
const at = (column: number, row: number): string => `${String.fromCharCode(65 + column)}${row}`
const cell = (place: string, text: string) => ({ at: place, text, formula: null, framed: true })
const blank = {
  rows: 9,
  columns: WORDS.length,
  merges: ['A1:M1', 'A2:A3', 'B2:F2', 'G2:M2', 'A9:M9'],
  grid: [
    cell('A1', '采集表'), cell('A2', '序号'), cell('B2', '所在单位信息'), cell('G2', '工会组织信息'),
    ...WORDS.slice(1).map((word, index) => cell(at(index + 1, 3), word)),
    ...[4, 5, 6, 7].flatMap((row) => WORDS.map((_, column) => cell(at(column, row), row < 6 ? '11' : ''))),
    cell('A9', '填表说明：必填'),
  ],
}
const field = (name: string, label: string, more = {}) => ({ name, label, kind: 'text', of: null, ...more })
const records = [
  { name: 'person', fields: [field('name', '姓名'), field('phone', '手机号码')] },
  { name: 'member', fields: [field('person', '人员', { kind: 'ref', of: 'person' }), field('unit', '工会', { kind: 'ref', of: 'unit' }), field('joined', '入会日期')] },
  { name: 'unit', fields: [field('name', '工会名称'), field('parent', '上级工会'), field('union_code', '工会统一社会信用代码'), field('head', '工会负责人'), field('opened', '建会日期'), field('employer', '单位名称'), field('employer_code', '单位统一社会信用代码'), field('industry', '所属行业'), field('division', '所在政区')] },
] as unknown as Described[]
const units = columnsOf(records, 'unit')
const heads = headings(blank, 3)

it('a block begins where one points: headings just above, merged ones too, examples inside, the note below', () => {
  const block = blockAt(blank, 4)
  expect([block.header_row, block.first_row, block.reserved, block.note_row], 'its rows').toEqual([3, 4, 4, 9])
  expect(block.columns.map(({ label }) => label), 'every heading is a column').toEqual(WORDS)
})

it('headings find the fields that they speak of, each once', () => {
  expect([...matched(heads, units).entries()].sort(), 'long official names, bracketed hints, line breaks').toEqual([
    ['B', 'employer'], ['C', 'employer_code'], ['D', 'division'], ['E', 'industry'], ['F', 'staff'], ['G', 'name'], ['H', 'union_code'], ['I', 'parent'], ['J', 'opened'], ['K', 'members'], ['L', 'head'],
  ])
})

it('rows of a record take its fields, others lose them; what is not matched stays open', () => {
  const roster = made(heads, blockAt(blank, 4).columns, { record: 'unit' }, units)
  expect(roster.map(({ at: letter }) => letter).join(''), 'all but the last, of which nothing is known').toBe('ABCDEFGHIJKL')
  expect([roster[0]?.holds, roster[6]?.holds], 'the number; the name').toEqual(['number', { field: 'name' }])
  const own = roster.map((column) => (column.at === 'B' ? { ...column, holds: { field: 'name' } } : column))
  expect(made(heads, own, { record: 'unit' }, units).find((column) => column.at === 'B')?.holds, 'what was chosen stays').toEqual({ field: 'name' })
  expect(made(heads, roster, 'typed', []).map(({ holds }) => holds).slice(0, 2), 'no field in typed rows').toEqual(['number', 'typed'])
})

it('a list of people has the person’s fields, and what a list adds', () => {
  expect(columnsOf(records, 'member').map(({ name }) => name).slice(0, 4), 'the pointer itself is none').toEqual(['name', 'phone', 'joined', 'unit'])
  expect(units.slice(-2).map(({ label }) => label), 'counts of a union').toEqual(['职工人数', '会员人数'])
})
