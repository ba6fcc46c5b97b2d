import { describe, expect, it } from 'vitest'
import type { Described } from '../records/describe'
import { FOOT, HOME, isAt, mainPlaces, MONTHLY, morePlaces, RETURNS, withKeys } from './places'

const records = ['unit', 'unit_move', 'member', 'person', 'dues'].map((name) => ({ name, label: name }) as Described)

describe('the navigation', () => {
  it('has the main records in its own order and all others under one head', () => {
    const reversed = [...records].reverse()
    expect(mainPlaces(reversed).map(({ label }) => label), 'in the order of the work').toEqual(['unit', 'member', 'person'])
    expect(morePlaces(records).map(({ to }) => to), 'a new table has its page without a line here').toEqual(['/records/unit_move', '/records/dues'])
  })
  it('has no second entry for what has a page of its own, and none for what is the program’s own', () => {
    const own = ['account', 'merged', 'twin', 'task', 'return', 'delivery', 'correspondent', 'consent'].map((name) => ({ name, label: name }) as Described)
    expect(morePlaces(own).map(({ to }) => to), 'clerks work in the last alone').toEqual(['/records/consent'])
  })
  it('says where one is, on one place alone', () => {
    const all = [HOME, ...mainPlaces(records), ...morePlaces(records), MONTHLY, RETURNS, ...FOOT]
    const at = (path: string): string[] => all.filter((place) => isAt(place, path)).map(({ to }) => to)
    expect(at('/records/unit_move'), 'not the union, too').toEqual(['/records/unit_move'])
    expect([at('/'), at('/units'), at('/members/join'), at('/help/keys')], 'pages of a noun’s own belong to its record').toEqual([['/'], ['/records/unit'], ['/records/member'], ['/help']])
    expect([at('/returns'), at('/returns/12'), at('/returns/author/own'), at('/reports')], 'returns are not the monthly workbook').toEqual([['/returns'], ['/returns'], ['/returns'], ['/reports']])
    expect(at('/print/member/3'), 'what is printed has no place').toEqual([])
  })
  it('gives keys to nine pages at most', () => {
    const keys = withKeys(Array.from({ length: 12 }, () => HOME)).map((place) => place.keys)
    expect([keys[0], keys[8], keys[9]], 'there is no Alt 10').toEqual(['Alt 1', 'Alt 9', undefined])
  })
})
