import { expect, it } from 'vitest'
import type { SheetRow } from '../sheet/cells'
import { withNames, withoutRows, type Change } from './roll'

const none: Change = { added: [], removed: new Set() }
const named = (id: number) => ({ id, name: `甲${id}`, note: '' })
const stored = (id: number): SheetRow => ({ id, name: `甲${id}`, member: true, note: null, state: 'kept' })

it('a name is put on the list once, and not where it is stored already', () => {
  const first = withNames(none, [named(1), named(2), named(2), named(3)], new Set([3]))
  expect(first.added.map(({ id }) => id), 'the stored one and the double are left out').toEqual([1, 2])
  expect(withNames(first, [named(2), named(4)], new Set()).added.map(({ id }) => id), 'what waits is not added again').toEqual([1, 2, 4])
})

it('one who was to be removed comes back when named again', () => {
  const without = withoutRows(none, [stored(7), stored(8)])
  expect([...without.removed], 'both').toEqual([7, 8])
  expect([...withNames(without, [named(8)], new Set([8])).removed], 'one is back').toEqual([7])
})

it('a name that was never stored vanishes when it is taken off', () => {
  const added = withNames(none, [named(1), named(2)], new Set())
  const left = withoutRows(added, added.added.slice(0, 1))
  expect([left.added.map(({ id }) => id), [...left.removed]], 'nothing to remove from the store').toEqual([[2], []])
})
