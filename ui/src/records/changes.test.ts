import { QueryClient } from '@tanstack/vue-query'
import { afterEach, describe, expect, it } from 'vitest'
import type { Edit, Json, TermList } from '../api/generated'
import { useHost, type Host } from '../api/host'
import { noNames } from '../fields/look'
import { changesOf, isSound, judged, readCell, saveRows, type Pasted } from './changes'
import type { Described, Field } from './describe'

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: `栏${name}`,
  help: '',
  kind: 'text',
  of: null,
  required: false,
  max: null,
  section: '',
  listed: true,
  filter: false,
  search: false,
  secret: false,
  ...more,
})
const education: TermList = {
  key: 'education',
  label: '学历',
  source: '',
  entries: [{ code: '31', name: '大学专科毕业', aliases: ['大专'], parent: null, note: '' }],
}
const among = { records: [], lists: new Map([['education', education]]) }
const term = field('education', { kind: 'term', of: 'education' })
const record = { name: 'person', label: '人员', kept: ['state'], link: false, view: false, fields: [field('name', { required: true, max: 4 }), term, field('state')] } as unknown as Described
const rows = [{ id: 1, name: '甲', education: null, state: 'x' }, { id: 2, name: '乙', education: '31', state: 'x' }]
const pasted = (cells: string[][], fields = record.fields): Pasted => ({ record, fields, rows, cells, names: { ...noNames, term: () => '大学专科毕业' }, among, title: (row) => String(row.name) })

afterEach(() => useHost(null))

describe('a text for a field', () => {
  it('is taken in any spelling that the list has', async () => {
    expect(await readCell(term, '大学专科毕业', among), 'the name').toEqual({ value: '31' })
    expect(await readCell(term, '大专', among), 'another spelling, which the core reads').toEqual({ value: '大专' })
    expect(await readCell(term, '胡写', among), 'none').toEqual({ fault: '不在“学历”的选项里' })
  })
  it('is refused before anything is written where it cannot be right', async () => {
    expect(await readCell(field('x', { required: true }), ' ', among), 'required').toEqual({ fault: '不能为空' })
    expect(await readCell(field('x', { max: 2 }), '三个字', among), 'too long').toEqual({ fault: '最多 2 个字，现有 3 个字' })
    expect(await readCell(field('x', { kind: 'day' }), '去年', among), 'no day').toEqual({ fault: '不是有效的日期' })
    expect(await readCell(field('x', { kind: 'int' }), '一二', among), 'no number').toEqual({ fault: '不是整数' })
    expect(await readCell(field('x', { kind: 'day' }), '2026.7.1', among), 'a day').toEqual({ value: '2026-07-01' })
  })
})

describe('a pasted block', () => {
  it('changes only cells that differ', async () => {
    const changes = await changesOf(pasted([['甲', '大专'], ['丙', '大学专科毕业']]))
    expect(changes.map((change) => change.cells.map((cell) => [cell.before, cell.after])), 'the name of the second, the education of the first').toEqual([[['', '大专']], [['乙', '丙']]])
  })
  it('says what is wrong at its cell', async () => {
    const [change] = await changesOf(pasted([['名字太长了', '', '新状态']]))
    expect(change?.cells.map((cell) => cell.fault), 'too long; acts alone write the state').toEqual(['最多 4 个字，现有 5 个字', '“栏state”由办理业务产生，不能直接修改。'])
    expect(change && isSound(change), 'not written').toBe(false)
  })
  it('goes on below the last row as new rows', async () => {
    const changes = await changesOf(pasted([['甲'], ['乙'], ['丁']]))
    expect(changes.map((change) => [change.key, change.title]), 'one new').toEqual([[null, '（新增）']])
  })
  it('passes over columns beyond the last', async () => {
    expect(await changesOf(pasted([['甲', '', 'x', '多余']])), 'no field there').toEqual([])
  })
})

describe('many rows at once', () => {
  const fault = { field: 'name', label: '姓名', weight: 'error', message: '不行', hint: '' }
  let asked: Edit[]
  const core = (faults: Json): void => {
    asked = []
    const rpc = (_: string, payload: unknown): Promise<Json> => {
      asked.push(payload as Edit)
      const done = (payload as Edit).dry ? 0 : (payload as Edit).rows.length
      return Promise.resolve({ value: { done, faults }, step: 9, tables: ['person'] })
    }
    useHost({ rpc } as unknown as Host)
  }

  it('are judged by the core before anything is written, those that cannot be right left out', async () => {
    core([{ at: 0, faults: [fault] }])
    const changes = await changesOf(pasted([['名字太长了'], ['丁']]))
    const seen = await judged(record, changes)
    expect(asked, 'the second row alone, only to be judged').toEqual([{ record: 'person', rows: [{ id: 2, values: { name: '丁' } }], dry: true }])
    expect(seen.map(isSound), 'neither may be written').toEqual([false, false])
    expect(seen.at(-1)?.faults[0]?.message, 'the core’s words').toBe('不行')
  })
  it('are written with their warnings', async () => {
    core([{ at: 1, faults: [{ ...fault, weight: 'warning' }] }])
    const changes = await judged(record, await changesOf(pasted([['丙'], ['丁']])))
    expect(changes.map(isSound), 'a warning forbids nothing').toEqual([true, true])
  })
  it('are one step with a name', async () => {
    core([])
    const applied = await saveRows(new QueryClient(), record, await changesOf(pasted([['丙'], ['丁']])), '粘贴人员')
    expect([applied.saved, asked.length, asked[0]?.name], 'both in one call').toEqual([2, 1, '粘贴人员'])
  })
})
