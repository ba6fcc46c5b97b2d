/** What the home page says: the month's work, figures with their months, the last backup. */
import type { Filter, MonthlyColumn, RecordName } from '../api/generated'
import { hours, yuan } from '../fields/look'

/** Something to look into. */
export interface HomeItem {
  key: string
  label: string
  count: number
  hint: string
  record: RecordName
  filters: Filter[]
}

/** A number with how it was in the months before. */
export interface HomeFigure {
  code: string
  label: string
  measure: MonthlyColumn['measure']
  now: number
  trend: number[]
  months: string[]
}

/** What is due, what is incomplete, how things stand. */
export interface HomeToday {
  month: string
  due: string
  items: HomeItem[]
  figures: HomeFigure[]
  backup: { path: string; at: number; age_days: number } | null
}

declare module '../api/generated' {
  interface Commands {
    /** 查看首页 */
    'home.today': { payload: Nothing; answer: HomeToday }
  }
}

const units: Record<HomeFigure['measure'], string> = { people: '人', times: '人次', events: '场', things: '个', minutes: '小时', money: '元' }

/** The unit that a figure is told in. */
export const unitOf = (figure: HomeFigure): string => units[figure.measure]

/** Writes a figure's number in its unit. */
export function told(measure: HomeFigure['measure'], amount: number): string {
  if (measure === 'minutes') return Number(hours(amount)).toLocaleString('en-US', { maximumFractionDigits: 1 })
  return measure === 'money' ? yuan(amount) : amount.toLocaleString('en-US')
}

/** Writes by how much a figure differs from the month before; empty where there is none. */
export function change(figure: HomeFigure): string {
  const before = figure.trend.at(-2)
  if (before === undefined) return ''
  const by = figure.now - before
  return by === 0 ? '与上月相同' : `比上月${by > 0 ? '多' : '少'} ${told(figure.measure, Math.abs(by))}`
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

/** How old the last backup is, and whether it is too old: a week. */
export function backupWord(backup: HomeToday['backup']): { words: string; old: boolean } {
  if (!backup) return { words: '还没有备份过', old: true }
  const { age_days: age } = backup
  return { words: age <= 0 ? '今天备份过' : age === 1 ? '昨天备份过' : `${age} 天前备份的`, old: age > 7 }
}

/** Lays a trend out as the points of a line in a box; one number is a level line. Pure. */
export function points(trend: readonly number[], width: number, height: number): string {
  const [low, high] = [Math.min(...trend), Math.max(...trend)]
  const step = trend.length > 1 ? width / (trend.length - 1) : 0
  const up = (value: number): number => (high === low ? height / 2 : height - ((value - low) / (high - low)) * height)
  const shown = trend.length > 1 ? trend : [...trend, ...trend]
  return shown.map((value, at) => `${round(at * (step || width))},${round(up(value))}`).join(' ')
}
const round = (number: number): number => Math.round(number * 10) / 10
