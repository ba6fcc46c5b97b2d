import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Json } from '../api/generated'
import type { Described, Field, KindWord } from './describe'
import { asked, filterOf, fitted, isKept, isSaved, keepable, opsOf, startView, unkept, type View } from './view'

const field = (name: string, kind: KindWord = 'text', more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  help: '',
  kind,
  of: null,
  required: false,
  max: null,
  section: '',
  listed: false,
  filter: false,
  search: false,
  secret: false,
  ...more,
})
const record = {
  name: 'member',
  label: '会员',
  unit: 'unit',
  key: ['person'],
  order: ['_pinyin', 'person'],
  fields: [field('person', 'ref', { listed: true }), field('joined', 'day', { listed: true }), field('note'), field('phone', 'text', { secret: true })],
} as unknown as Described

describe('a view of a list', () => {
  it('begins with the listed columns and nothing left out', () => {
    expect(startView(record), 'the start').toEqual({ search: '', unit: null, filters: [], order: [], columns: ['person', 'joined'], widths: {} })
  })
  it('is asked for in the core’s words', () => {
    const view: View = { ...startView(record), search: ' 王 ', unit: 3, order: [{ key: 'joined', down: true }, { key: 'person', down: false }] }
    expect(asked(record, view), 'the payload').toEqual({ record: 'member', search: '王', unit: 3, filters: [], order: ['-joined', '_pinyin'] })
    expect(asked({ ...record, unit: '' }, view).unit, 'a record that has no place in the tree').toBeNull()
  })
  it('orders names by pinyin only where the record keeps it', () => {
    const view: View = { ...startView(record), order: [{ key: 'person', down: true }] }
    expect(asked(record, view).order, 'a role is ordered as its person is').toEqual(['-_pinyin'])
    expect(asked({ ...record, order: ['joined'] }, view).order, 'no pinyin').toEqual(['-person'])
  })
  it('loses what a newer program does not have any more', () => {
    const old: View = { ...startView(record), columns: ['gone', 'note'], order: [{ key: 'gone', down: false }], filters: [{ field: 'gone', op: 'empty' }] }
    const now = fitted(record, old)
    expect([now.columns, now.order, now.filters], 'only what there is').toEqual([['note'], [], []])
    expect(fitted(record, { ...old, columns: ['gone'] }).columns, 'never no column at all').toEqual(['person', 'joined'])
  })
  it('is not taken from something else that was remembered', () => {
    const wrong: Json[] = [null, 3, [], {}, { columns: 'a', widths: {}, order: [] }]
    for (const json of wrong) expect(isKept(json), JSON.stringify(json)).toBe(false)
    expect(isKept({ columns: [], widths: {}, order: [] }), 'what was kept').toBe(true)
    expect([isSaved([{ name: 'a', view: {} }]), isSaved([{ name: 1, view: {} }])], 'named views').toEqual([true, false])
  })
})

/** The columns of a person, as far as views tell them apart. */
const person = {
  name: 'person',
  label: '人员',
  unit: '',
  key: ['id_number'],
  order: ['_pinyin'],
  fields: [field('name', 'text', { label: '姓名', search: true, listed: true }), field('id_number', 'text', { label: '证件号码', secret: true }), field('phone', 'text', { label: '移动电话', secret: true }), field('employer'), field('note', 'text', { label: '备注' }), field('born', 'day')],
} as unknown as Described

/** A view with all that may lie in the file alone, with what the row `plain` of the trust table looks for. */
const shown: View = {
  ...startView(person),
  search: '欧阳娜娜',
  unit: 3,
  filters: [
    { field: 'id_number', op: 'is', value: '000000198105050773' },
    { field: 'phone', op: 'not_empty' },
    { field: 'name', op: 'contains', value: '赵小明' },
    { field: 'employer', op: 'contains', value: '甲厂' },
    { field: 'note', op: 'contains', value: '电话１３８ ０000 1000' },
    { field: 'born', op: 'between', value: ['1981-05-05', '1991-05-05'] },
  ],
}

describe('what is kept of a view on this PC', () => {
  const kept = keepable(person, [person], shown)
  it('holds nothing that was sought, no secret, no name and no number', () => {
    expect(kept.filters.map((filter) => [filter.field, filter.op]), 'the conditions that tell of nobody').toEqual([['phone', 'not_empty'], ['employer', 'contains'], ['born', 'between']])
    expect([kept.search, kept.unit, kept.columns], 'the search goes, the rest stays').toEqual(['', 3, ['name']])
    expect(unkept(person, [person], shown), 'and it is said').toEqual(['查找的文字', '“证件号码”的条件', '“姓名”的条件', '“备注”的条件'])
    expect(unkept(person, [person], kept), 'what was kept once is kept').toEqual([])
  })
  it('is what the trust row about plain text lays into a settings folder', () => {
    const laid = JSON.parse(readFileSync('../tests/fixtures/saved-views.json', 'utf8')) as Json
    expect(JSON.parse(JSON.stringify([{ name: '甲厂的', view: kept }])), 'tests/trust/plain.rs').toEqual(laid)
  })
  it('keeps names where they are not those of people', () => {
    const unit = { ...person, name: 'station', fields: [field('name', 'text', { search: true })] } as unknown as Described
    const view: View = { ...startView(unit), filters: [{ field: 'name', op: 'contains', value: '驿站' }] }
    expect(keepable(unit, [unit], view).filters, 'a station').toEqual(view.filters)
  })
})

describe('filters', () => {
  it('offer comparisons that fit the kind', () => {
    expect(opsOf(field('x', 'day')), 'a day').toEqual(['between', 'at_least', 'at_most', 'is', 'empty', 'not_empty'])
    expect(opsOf(field('x', 'code', { required: true })), 'what is never empty').toEqual(['in'])
    expect(opsOf(field('x', 'text', { secret: true })), 'a secret is found whole or not at all').toEqual(['is', 'empty', 'not_empty'])
  })
  it('take a range with one open end', () => {
    const day = field('joined', 'day')
    expect(filterOf(day, 'between', ['2026-01-01', '']), 'from').toEqual({ field: 'joined', op: 'at_least', value: '2026-01-01' })
    expect(filterOf(day, 'between', ['', '2026-01-01']), 'to').toEqual({ field: 'joined', op: 'at_most', value: '2026-01-01' })
    expect(filterOf(day, 'between', ['', '']), 'neither').toBeNull()
    expect(filterOf(day, 'between', ['a', 'b']), 'both').toEqual({ field: 'joined', op: 'between', value: ['a', 'b'] })
  })
  it('need what they compare with', () => {
    expect(filterOf(field('note'), 'empty', []), 'nothing to compare with').toEqual({ field: 'note', op: 'empty' })
    expect(filterOf(field('note'), 'contains', ['']), 'a text that is missing').toBeNull()
    expect(filterOf(field('state', 'code'), 'in', []), 'no entry chosen').toBeNull()
  })
})
