import { describe, expect, it } from 'vitest'
import type { Line } from '../api/generated'
import { byDay, dayWord, isInEffect, stands, stateWord } from './timeline'

const at = (text: string): number => new Date(text).getTime() / 1000
const line = (step: number, when: string, state = 'done', revocable = true): Line => ({ step, name: '导入', at: at(when), clerk: '王', rows: 3, state, revocable })

describe('the timeline', () => {
  it('names days as people do', () => {
    expect(dayWord('2026-11-22', '2026-11-22'), 'today').toBe('今天 11月22日 星期日')
    expect(dayWord('2026-11-21', '2026-11-22'), 'yesterday').toBe('昨天 11月21日 星期六')
    expect(dayWord('2025-12-31', '2026-01-01'), 'yesterday across the year').toBe('昨天 2025年12月31日 星期三')
    expect(dayWord('2024-02-29', '2026-11-22'), 'another year').toBe('2024年2月29日 星期四')
  })
  it('puts steps under their days and keeps their order', () => {
    const days = byDay([line(4, '2026-11-22T09:00'), line(3, '2026-11-22T08:00'), line(2, '2026-11-20T23:59'), line(1, '2026-11-20T00:00')], '2026-11-22')
    expect(days.map(({ day, lines }) => [day, lines.map(({ step }) => step)]), 'days with their steps').toEqual([['2026-11-22', [4, 3]], ['2026-11-20', [2, 1]]])
  })
  it('offers to take back only what stands', () => {
    expect(['done', 'undone', 'undo', 'redo'].map((state) => stands(line(1, '2026-01-01', state))), 'an undo is taken back by doing again').toEqual([true, false, false, false])
    expect(stands(line(1, '2026-01-01', 'done', false)), 'accounts, keys and sealed files are not taken back').toBe(false)
    expect(['done', 'undone', 'undo', 'redo'].map((state) => isInEffect(line(1, '2026-01-01', state))), 'what was done again is the latest to be taken back').toEqual([true, false, false, true])
    expect([stateWord(line(1, '2026-01-01')), stateWord(line(1, '2026-01-01', 'undone'))], 'nothing to say of the usual').toEqual(['', '已撤销'])
  })
})
