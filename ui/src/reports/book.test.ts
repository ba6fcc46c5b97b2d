import { expect, it } from 'vitest'
import type { MonthlyColumn } from '../api/generated'
import { figure, fileName, groupsOf, kindOf, labelOf, periodBy, periodOf, periodWords } from './book'

const column = (heading: string, label: string, additive = true): MonthlyColumn => ({ heading, label, code: 'x', part: null, measure: 'people', additive, across: [] })

it('columns that stand under one heading are grouped, and only neighbours', () => {
  expect(groupsOf([column('甲', '1'), column('甲', '2'), column('乙', '3'), column('甲', '4')]), 'the last one is a group of its own').toEqual([
    { heading: '甲', from: 0, span: 2 },
    { heading: '乙', from: 2, span: 1 },
    { heading: '甲', from: 3, span: 1 },
  ])
})

it('numbers are written in their measure', () => {
  expect(figure('minutes', 5550), 'minutes as hours').toBe('92.5')
  expect(figure('minutes', 60 * 1234 + 20), 'two decimals at most').toBe('1,234.33')
  expect(figure('money', 4818300), 'fen as yuan').toBe('48,183.00')
  expect(figure('people', 5604), 'people as they are').toBe('5,604')
  expect(labelOf(column('', '参加人数', false)), 'a distinct count says so').toBe('参加人数（去重）')
})

it('periods follow one another within their kind', () => {
  const steps: [string, number, string][] = [['2026-12', 1, '2027-01'], ['2026-01', -1, '2025-12'], ['2026-Q1', -1, '2025-Q4'], ['2026-H2', 1, '2027-H1'], ['2026', -1, '2025'], ['2026-U', 1, '2027-U']]
  for (const [from, by, to] of steps) expect(periodBy(from, by), `${from} ${by}`).toBe(to)
  for (const [key] of steps) expect(periodBy(periodBy(key, 5), -5), `${key} there and back`).toBe(key)
})

it('a month lies in a period of every kind', () => {
  expect((['month', 'quarter', 'half', 'year'] as const).map((kind) => periodOf(kind, '2026-10')), 'October').toEqual(['2026-10', '2026-Q4', '2026-H2', '2026'])
  expect(['2026-10', '2026-Q4', '2026-H2', '2026', '2026-U'].map(kindOf), 'the key tells its kind').toEqual(['month', 'quarter', 'half', 'year', 'union'])
  expect(periodWords('2026-Q3'), 'in words').toBe('2026 年第三季度')
})

it('a file that is open elsewhere leads to another name', () => {
  expect(fileName({ unit: '甲/乙', period_label: '2026年10月' }, 'month', 1), 'numbered, and fit for every file system').toBe('甲乙2026年10月月报（2）.xlsx')
})
