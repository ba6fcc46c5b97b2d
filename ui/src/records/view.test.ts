import { describe, expect, it } from 'vitest'
import type { Json } from '../api/generated'
import type { Described, Field, KindWord } from './describe'
import { asked, filterOf, fitted, isKept, isSaved, opsOf, startView, type View } from './view'

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
