import { afterEach, describe, expect, it } from 'vitest'
import { useHost, type Host } from '../api/host'
import type { Json } from '../api/generated'
import type { Described, Field } from '../records/describe'
import { noNames, type Names } from './look'
import { entriesLike } from './names'
import { options, resolve } from './options'
import { fullTitleOf, isSearched, noteOf, titleOf } from './titles'
import { titleStore } from './titleStore'

const field = (name: string, more: Partial<Field> = {}): Field => ({
  name,
  label: name,
  help: '',
  kind: 'text',
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
const record = (name: string, fields: Field[], key: string[] = []): Described =>
  ({ name, label: `表${name}`, help: '', order: [], key, unit: '', kept: [], link: false, view: false, fields }) as unknown as Described

const person = record('person', [field('name', { search: true }), field('birth', { listed: true })])
const member = record('member', [field('person', { kind: 'ref', of: 'person' }), field('unit', { kind: 'ref', of: 'unit' })])
const rule = record('star_rule', [field('stars', { kind: 'int' })])
const names: Names = { ...noNames, title: (_, id) => `某人${id}` }

describe('what people call a row', () => {
  it('is its name, or that of what it is a role of, or its number', () => {
    expect(titleOf(person, { id: 1, name: '赵一' }, names), 'its name').toBe('赵一')
    expect(titleOf(member, { id: 1, person: 7, unit: 2 }, names), 'the person’s').toBe('某人7')
    expect(titleOf(rule, { id: 2 ** 40 + 5, stars: 1 }, names), 'the number without the seat').toBe('表star_rule5')
  })
  it('comes with words that tell it from others', () => {
    expect(noteOf(person, { name: '赵一', birth: '1990-01-01' }, names), 'what lists show').toBe('1990-01-01')
  })
  it('comes with the rest of its key where several rows are called alike', () => {
    const count = record('headcount', [field('unit', { kind: 'ref', of: 'unit' }), field('day', { kind: 'day' })], ['unit', 'day'])
    expect(fullTitleOf(count, { id: 1, unit: 3, day: '2026-06-30' }, names), 'the unit and the day').toBe('某人3 2026-06-30')
  })
  it('is searched for through references', () => {
    expect(isSearched(member, [person, member]), 'by the person’s name').toBe(true)
    expect(isSearched(rule, [person, member, rule]), 'nothing to find').toBe(false)
  })
})

describe('entries of a list', () => {
  const entry = (code: string, name: string, aliases: string[] = []) => ({ code, name, aliases, parent: null, note: '' })
  const education = [entry('10', '研究生教育', ['研究生']), entry('11', '博士研究生毕业', ['博士']), entry('31', '大学专科毕业', ['大专'])]
  it('are found by name, other spelling and code, beginnings first', () => {
    expect(entriesLike(education, '研究生').map((found) => found.code), 'beginnings first').toEqual(['10', '11'])
    expect(entriesLike(education, '大专').map((found) => found.code), 'another spelling').toEqual(['31'])
    expect(entriesLike(education, '1').map((found) => found.code), 'the code’s beginning').toEqual(['10', '11'])
    expect(entriesLike(education, ' '), 'all of them').toHaveLength(3)
  })
})

describe('a name that is typed for another record', () => {
  const answer = (rows: Json[]): Host => ({ rpc: () => Promise.resolve({ rows, refs: {}, next: null, total: null, sorted: true }) }) as unknown as Host
  const of = field('person', { kind: 'ref', of: 'person' })
  const among = { records: [person], lists: new Map() }
  afterEach(() => useHost(null))

  it('means the one row that is called so', async () => {
    useHost(answer([{ id: 5, name: '赵一' }, { id: 6, name: '赵一一' }]))
    expect(await resolve(of, '赵一', among), 'only one is called just that').toEqual({ value: 5 })
  })
  it('is refused where several are called so, or none', async () => {
    useHost(answer([{ id: 5, name: '赵一' }, { id: 6, name: '赵一' }]))
    expect(await resolve(of, '赵一', among), 'two').toEqual({ fault: '有 2 条“表person”叫“赵一”，请从列表里选定一条' })
    useHost(answer([]))
    expect(await resolve(of, '钱二', among), 'none').toEqual({ fault: '没有叫“钱二”的“表person”' })
  })
  it('offers all of a short list where nothing fits', async () => {
    const state = field('state', { kind: 'code', of: [{ word: 'a', label: '在会' }, { word: 'b', label: '离会' }] })
    expect((await options(state, '离', among)).map((option) => option.value), 'what fits').toEqual(['b'])
    expect(await options(state, '没有', among), 'what there is').toHaveLength(2)
  })
})

describe('titles that answers brought', () => {
  it('are kept, the latest ones only', () => {
    const store = titleStore(2)
    store.hear({ person: { '1': '赵一', '2': '钱二' } })
    store.hear({ person: { '1': '赵一一' }, unit: { '1': '总工会' } })
    expect([store.title('person', 1), store.title('unit', 1)], 'heard last, renamed').toEqual(['赵一一', '总工会'])
    expect(store.title('person', 2), 'heard first').toBe('')
  })
})
