/** What the home page says: the month's work, figures with their months, the last backup. */
import type { RouteLocationRaw } from 'vue-router'
import type { Filter, HomeFigure, Item, RecordName } from '../api/generated'
import { hours, yuan } from '../fields/look'

/** The last steps that the home page tells. */
export const LATEST = { limit: 6 }

const units: Record<HomeFigure['measure'], string> = { people: '人', times: '人次', events: '场', things: '个', minutes: '小时', money: '元' }

/** The unit that a figure is told in. */
export const unitOf = (figure: HomeFigure): string => units[figure.measure]

/** Writes a figure's number in its unit. */
export function told(measure: HomeFigure['measure'], amount: number): string {
  if (measure === 'minutes') return Number(hours(amount)).toLocaleString('en-US', { maximumFractionDigits: 1 })
  return measure === 'money' ? yuan(amount) : amount.toLocaleString('en-US')
}

/** Writes what a figure was in the month before; empty where there is none. */
export function before(figure: HomeFigure): string {
  const last = figure.trend.at(-2)
  return last === undefined ? '' : `上月 ${told(figure.measure, last)}`
}

const list = (record: RecordName, filters: Filter[]): RouteLocationRaw => ({ path: `/records/${record}`, query: filters.length > 0 ? { filters: JSON.stringify(filters) } : {} })

/** The list that an item or a figure was counted from. */
export const listOf = (item: Item): RouteLocationRaw => list(item.record, item.filters)

/** The list behind a figure, of the month that it is told for where it counts what happened; null where it has none. */
export function listBehind(figure: HomeFigure): RouteLocationRaw | null {
  const since: Filter = { field: 'day', op: 'at_least', value: `${figure.months.at(-1) ?? ''}-01` }
  switch (figure.code) {
    case 'members':
      return list('member', [{ field: 'state', op: 'in', value: ['active', 'retained'] }])
    case 'joined':
      return list('change', [{ field: 'kind', op: 'in', value: ['joined'] }, since])
    case 'activities':
      return list('activity', [{ field: 'state', op: 'in', value: ['held'] }, since])
    case 'volunteers':
      return list('volunteer', [{ field: 'ended', op: 'empty' }])
    default:
      return null
  }
}

/** Writes a month: 2026年10月. */
export const monthWord = (month: string): string => {
  const [year = '', of = ''] = month.split('-')
  return `${year}年${Number(of)}月`
}

/** Writes a day: 12月10日. */
export const dayWord = (day: string): string => {
  const [, month = '', date = ''] = day.split('-')
  return `${Number(month)}月${Number(date)}日`
}

/** How a day stands to today: 还有 3 天, 就在今天, 已过 2 天. */
export function dueWord(due: string, today: string): { words: string; late: boolean } {
  const days = Math.round((Date.parse(`${due}T00:00:00Z`) - Date.parse(`${today}T00:00:00Z`)) / 86_400_000)
  if (days === 0) return { words: '就在今天', late: false }
  return days > 0 ? { words: `还有 ${days} 天`, late: false } : { words: `已过 ${-days} 天`, late: true }
}

/** How old the last backup is, and whether it is too old: more than a week. */
export function backupWord(at: number | null, now: number): { words: string; old: boolean } {
  if (at === null) return { words: '在这台电脑上还没有备份过', old: true }
  const age = Math.max(0, Math.round((startOf(now) - startOf(at)) / 86_400))
  return { words: age === 0 ? '今天备份过' : age === 1 ? '昨天备份过' : `上次备份在 ${age} 天前`, old: age > 7 }
}
/** The unix second at which a moment's day begins here; a day of summer time is an hour shorter, which rounding forgives. */
const startOf = (at: number): number => new Date(at * 1000).setHours(0, 0, 0, 0) / 1000

/** Lays a trend out as the points of a line in a box; one number is a level line. Pure. */
export function points(trend: readonly number[], width: number, height: number): string {
  const [low, high] = [Math.min(...trend), Math.max(...trend)]
  const step = trend.length > 1 ? width / (trend.length - 1) : 0
  const up = (value: number): number => (high === low ? height / 2 : height - ((value - low) / (high - low)) * height)
  const shown = trend.length > 1 ? trend : [...trend, ...trend]
  return shown.map((value, at) => `${round(at * (step || width))},${round(up(value))}`).join(' ')
}
const round = (number: number): number => Math.round(number * 10) / 10
