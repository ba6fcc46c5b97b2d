import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Field, KindWord } from '../records/describe'
import { day, degrees, edited, hours, noNames, sent, shown, sum, yuan, type Names } from './look'

const field = (kind: KindWord, of: Field['of'] = null): Field => ({
  name: 'x',
  label: '某栏',
  help: '',
  kind,
  of,
  required: false,
  max: null,
  section: '',
  listed: true,
  filter: false,
  search: false,
  secret: false,
})
const names: Names = { term: (list, code) => `${list}/${code}`, title: (record, id) => `${record}#${id}` }

describe('values as people read them', () => {
  it('follow their kind', () => {
    expect(shown(field('money'), 123_456_789, names), 'fen as yuan').toBe('1,234,567.89')
    expect(shown(field('minutes'), 150, names), 'minutes as hours').toBe('2.5')
    expect(shown(field('degrees'), 103_000_056, names), 'millionths of a degree').toBe('103.000056')
    expect(shown(field('bool'), false, names), 'no').toBe('否')
    expect(shown(field('code', [{ word: 'active', label: '在会' }]), 'active', names), 'a closed list').toBe('在会')
    expect(shown(field('term', 'sex'), '1', names), 'an open list').toBe('sex/1')
    expect(shown(field('terms', 'skill'), ['a', 'b'], names), 'several').toBe('skill/a、skill/b')
    expect(shown(field('ref', 'person'), 7, names), 'another record').toBe('person#7')
    expect(shown(field('int'), 0, names), 'nought is a number').toBe('0')
    expect(shown(field('text'), null, names), 'nothing').toBe('')
    expect(shown(field('entered'), 0, names), 'a moment that is not yet').toBe('')
  })
  it('are typed on without the commas', () => {
    expect(edited(field('money'), 123_456, noNames), 'plain').toBe('1234.56')
  })
  it('keep every fen, signs included', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 1e12 }), (fen) => {
        expect(Math.round(Number(yuan(fen, false)) * 100), 'there and back').toBe(fen)
      }),
    )
    expect(yuan(-5), 'less than a yuan, below nought').toBe('-0.05')
  })
  it('keep every millionth of a degree', () => {
    fc.assert(fc.property(fc.integer({ min: -180e6, max: 180e6 }), (micro) => Math.round(Number(degrees(micro)) * 1e6) === micro))
  })
  it('are added up in their own measure', () => {
    expect([sum(field('money'), 150.4), sum(field('minutes'), 90), sum(field('int'), 12345)], 'yuan, hours, a number').toEqual(['1.50', '1.5', '12,345'])
    expect(hours(100), 'two decimals').toBe('1.67')
  })
})

describe('what is typed', () => {
  it('reads days in the ways offices write them', () => {
    for (const text of ['20260701', '2026.7.1', '2026/07/01', '2026-7-1', '2026年7月1日', '２０２６．７．１', ' 2026 年 7 月 1 日 ']) {
      expect(day(text), text).toBe('2026-07-01')
    }
    expect(day('去年'), 'left for the core to refuse').toBe('去年')
  })
  it('is sent as it stands where the core reads it', () => {
    expect(sent(field('text'), ' 张 三 '), 'a text is left to the record’s own rules').toBe(' 张 三 ')
    expect(sent(field('int'), '１２'), 'full-width digits').toBe('12')
    expect(sent(field('money'), '12.5'), 'yuan').toBe('12.5')
    expect(sent(field('term'), '  '), 'nothing').toBeNull()
  })
})
