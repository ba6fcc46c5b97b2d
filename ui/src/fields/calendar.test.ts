import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayByKey, isDay, plusDays, plusMonths, sheet } from './calendar'

const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10))

describe('the calendar', () => {
  it('shows every day of the month once, in weeks from Monday on', () => {
    fc.assert(
      fc.property(days, (day) => {
        const weeks = sheet(day)
        const own = weeks.flat().filter((one) => one.own)
        expect(own.map((one) => one.number), 'from the first to the last').toEqual(own.map((_, at) => at + 1))
        expect(own.some((one) => one.day === day), 'the day itself').toBe(true)
        expect(weeks.every((week) => new Date(`${week[0]?.day}T00:00:00Z`).getUTCDay() === 1), 'Mondays first').toBe(true)
      }),
    )
  })
  it('goes there and back by days', () => {
    fc.assert(fc.property(days, fc.integer({ min: -5000, max: 5000 }), (day, many) => plusDays(plusDays(day, many), -many) === day))
  })
  it('stays in the month where it has no such day', () => {
    expect(plusMonths('2026-01-31', 1), 'February').toBe('2026-02-28')
    expect(plusMonths('2024-03-31', -1), 'a leap year').toBe('2024-02-29')
    expect(plusMonths('2026-01-15', -1), 'into the year before').toBe('2025-12-15')
  })
  it('knows days that do not exist', () => {
    expect([isDay('2026-02-28'), isDay('2026-02-30'), isDay('2026-2-3'), isDay('')], 'only the first').toEqual([true, false, false, false])
  })
  it('is walked by keys', () => {
    expect([dayByKey('2026-07-01', 'ArrowUp'), dayByKey('2026-07-01', 'PageDown'), dayByKey('2026-07-01', 'x')], 'a week, a month, nowhere').toEqual(['2026-06-24', '2026-08-01', null])
  })
})
