import { describe, expect, it } from 'vitest'
import type { Described } from '../../records/describe'
import { fit, fitting, hitsOf } from './entries'

const entry = (label: string, spell: string) => ({ label, spell })

describe('what the palette finds', () => {
  it('puts the beginning of a name before its pinyin, and that before its middle', () => {
    const found = fitting([entry('月报', 'yuebao yb'), entry('办理入会', 'banliruhui blrh'), entry('入会申请', 'ruhuishenqing rhsq')], '入会')
    expect(found.map(({ label }) => label), 'the better fit first').toEqual(['入会申请', '办理入会'])
  })
  it('knows pinyin and initials from the beginning, and the middle of pinyin from two letters on', () => {
    expect(fit(entry('操作记录', 'caozuojilu czjl'), 'CZ'), 'initials in capitals').toBe(3)
    expect(fit(entry('操作记录', 'caozuojilu czjl'), 'jilu'), 'the middle').toBe(1)
    expect(fit(entry('操作记录', 'caozuojilu czjl'), 'u'), 'one letter in the middle says nothing').toBe(0)
  })
  it('keeps the order where nothing is sought', () => {
    const all = [entry('b', ''), entry('a', '')]
    expect(fitting(all, ' '), 'as they stand').toEqual(all)
  })
})

describe('rows that were found', () => {
  const field = (name: string, kind: string, more: object = {}) => ({ name, label: name, kind, of: null, listed: true, search: false, ...more })
  const member = {
    name: 'member',
    label: '会员',
    key: ['card_number'],
    unit: 'unit',
    fields: [field('person', 'ref', { of: 'person' }), field('unit', 'ref', { of: 'unit' }), field('state', 'code', { of: [{ word: 'active', label: '在会' }] }), field('source', 'term', { of: 'join_source' })],
  } as unknown as Described

  it('are called by what they are a role of, and told apart by their unit', () => {
    const found = hitsOf(member, [{ id: 7, person: 3, unit: 5, state: 'active', source: '1' }], { person: { '3': '王静' }, unit: { '5': '梅塘工会' } })
    expect(found, 'no code of a list, no name twice').toEqual([{ id: 7, title: '王静', note: '梅塘工会 · 在会' }])
  })
  it('are left out where they are none', () => {
    expect(hitsOf(member, [null, 3, [], {}], {}), 'nothing to open').toEqual([])
  })
})
