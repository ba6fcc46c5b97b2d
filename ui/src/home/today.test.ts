import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backupWord, change, dueWord, monthWord, points, told, type HomeFigure } from './today'

const figure = (now: number, trend: number[], measure: HomeFigure['measure'] = 'people'): HomeFigure => ({ code: 'x', label: 'x', measure, now, trend, months: [] })

describe('the words of the home page', () => {
  it('say how far a day is', () => {
    expect(dueWord('2026-12-05', '2026-11-22'), 'ahead, across the month').toEqual({ words: '还有 13 天', late: false })
    expect(dueWord('2026-11-22', '2026-11-22'), 'today').toEqual({ words: '就在今天', late: false })
    expect(dueWord('2026-11-20', '2026-11-22'), 'behind').toEqual({ words: '已过 2 天', late: true })
  })
  it('say numbers in their unit', () => {
    expect([told('people', 12345), told('minutes', 90), told('money', 123450)], 'people, hours, yuan').toEqual(['12,345', '1.5', '1,234.50'])
    expect(monthWord('2026-03'), 'a month').toBe('2026年3月')
  })
  it('say what changed since the month before', () => {
    expect(change(figure(10, [7, 10])), 'more').toBe('比上月多 3')
    expect(change(figure(60, [180, 60], 'minutes')), 'fewer, in hours').toBe('比上月少 2')
    expect([change(figure(5, [5, 5])), change(figure(5, [5]))], 'the same, and nothing to compare with').toEqual(['与上月相同', ''])
  })
  it('warn of a backup that is a week old or was never made', () => {
    expect([backupWord(null).old, backupWord({ path: '', at: 0, age_days: 8 }).old, backupWord({ path: '', at: 0, age_days: 7 }).old], 'never, 8 days, 7 days').toEqual([true, true, false])
  })
})

describe('a trend’s line', () => {
  it('goes from the lowest at the bottom to the highest at the top', () => {
    expect(points([0, 10, 5], 100, 20), 'three months').toBe('0,20 50,0 100,10')
  })
  it('is level where nothing changes, for one month too', () => {
    expect([points([4, 4], 100, 20), points([4], 100, 20)], 'in the middle').toEqual(['0,10 100,10', '0,10 100,10'])
  })
  it('never leaves its box', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 1, maxLength: 24 }), (trend) =>
        points(trend, 100, 20).split(' ').every((point) => {
          const [x = -1, y = -1] = point.split(',').map(Number)
          return x >= 0 && x <= 100 && y >= 0 && y <= 20
        }),
      ),
    )
  })
})
