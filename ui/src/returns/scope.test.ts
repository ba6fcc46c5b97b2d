import { expect, it } from 'vitest'
import { asCycle, cycleOf, latest, running } from './scope'

it('a return is made for the period that is over', () => {
  const cases = [['month', '2026-11-22', '2026-10'], ['month', '2026-01-03', '2025-12'], ['quarter', '2026-11-22', '2026-Q3'], ['half', '2026-11-22', '2026-H1'], ['year', '2026-11-22', '2025']] as const
  for (const [cycle, today, period] of cases) expect(latest(cycle, today), `${cycle} on ${today}`).toBe(period)
})

it('a statistical year is over on 30 September', () => {
  expect([latest('union_year', '2026-09-30'), latest('union_year', '2026-10-01')], 'its last day, and the day after').toEqual(['2025-U', '2026-U'])
  expect(running('union_year', '2026-10-01'), 'the next one has begun').toBe('2027-U')
})

it('a period of another kind is the one that the month lies in, unless it has not begun', () => {
  expect([asCycle('quarter', '2026-08', '2026-11-22'), asCycle('year', '2025-08', '2026-11-22'), asCycle('month', '2026-Q3', '2026-11-22')], 'in it; in it; the last month').toEqual(['2026-Q3', '2025', '2026-10'])
  expect(['2026-10', '2026-Q3', '2026-H1', '2026', '2026-U'].map(cycleOf), 'the key tells how often').toEqual(['month', 'quarter', 'half', 'year', 'union_year'])
})
