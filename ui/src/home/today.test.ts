import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { HomeFigure } from '../api/generated'
import { backupWord, before, dueWord, listBehind, monthWord, points, told } from './today'

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
  it('say what it was the month before', () => {
    expect(before(figure(10, [7, 10])), 'people').toBe('上月 7')
    expect(before(figure(60, [180, 60], 'minutes')), 'in hours').toBe('上月 3')
    expect(before(figure(5, [5])), 'nothing to compare with').toBe('')
  })
  it('lead to the list that was counted', () => {
    const joined = { ...figure(3, [1, 3]), code: 'joined', months: ['2026-10', '2026-11'] }
    expect(listBehind(joined), 'those of this month').toEqual({
      path: '/records/change',
      query: { filters: '[{"field":"kind","op":"in","value":["joined"]},{"field":"day","op":"at_least","value":"2026-11-01"}]' },
    })
    expect(listBehind({ ...joined, code: 'other' }), 'a figure of a newer core').toBeNull()
  })
  it('warn of a backup that is more than a week old or was never made', () => {
    const at = (day: string): number => new Date(day).getTime() / 1000
    const now = at('2026-11-22T00:10')
    expect(backupWord(null, now).old, 'never').toBe(true)
    expect(backupWord(at('2026-11-21T23:50'), now), 'twenty minutes ago is another day').toEqual({ words: '昨天备份过', old: false })
    expect([backupWord(at('2026-11-15T09:00'), now).old, backupWord(at('2026-11-14T09:00'), now).old], '7 and 8 days').toEqual([false, true])
    expect(backupWord(at('2026-11-23T09:00'), now).words, 'a clock that was set back').toBe('今天备份过')
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
