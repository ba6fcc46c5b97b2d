import { expect, it } from 'vitest'
import { shownIn, typed } from '../sheet/cells'
import { changedCells, columnsOf, dayWords, daysOf, footOf, groupsOf, monthBy, rowsOf } from './month'

const entry = (code: string, parent: string | null = null) => ({ code, name: code, aliases: [], parent, note: '' })
const entries = [entry('outdoor'), entry('courier', 'outdoor'), entry('guard', 'outdoor'), entry('other')]

it('a month has its days, leap years too', () => {
  expect(daysOf('2024-02').length, 'a leap February').toBe(29)
  expect([monthBy('2026-12', 1), monthBy('2026-01', -1)], 'over the year').toEqual(['2027-01', '2025-12'])
  expect(dayWords('2026-11-22'), 'with its day of the week').toBe('22 日（日）')
})

it('a group that others count in has no column, unless something was counted for it', () => {
  expect(groupsOf(entries, []).map(({ code }) => code), 'leaves alone').toEqual(['courier', 'guard', 'other'])
  expect(groupsOf(entries, [{ day: '2026-10-01', visitor: 'outdoor', count: 1 }]).map(({ code }) => code), 'nothing that is stored is hidden').toContain('outdoor')
})

it('sums at the edges follow what is typed, and only changed cells are sent', () => {
  const groups = groupsOf(entries, [])
  const columns = columnsOf(groups, '2026-10-05')
  const before = rowsOf('2026-10', [{ day: '2026-10-01', visitor: 'courier', count: 3 }, { day: '2026-10-02', visitor: 'guard', count: 2 }])
  const column = (key: string) => columns.find((one) => one.key === key) ?? { key, label: '', width: 0 }
  const now = typed({ rows: before, unread: new Map() }, [
    { row: 0, column: column('guard'), text: '4' },
    { row: 1, column: column('guard'), text: '' },
    { row: 9, column: column('guard'), text: '7' },
  ])
  expect(shownIn(column('sum'), now.rows[0] ?? { id: 0 }), 'a day').toBe('7')
  expect(footOf(groups)(now.rows), 'the month').toMatchObject({ courier: 3, guard: 4, other: null })
  expect(now.unread.size, 'a day ahead is refused in its cell').toBe(1)
  expect(changedCells(before, now.rows, groups), 'filled in and emptied').toEqual([{ day: '2026-10-01', visitor: 'guard', count: 4 }, { day: '2026-10-02', visitor: 'guard', count: null }])
})
