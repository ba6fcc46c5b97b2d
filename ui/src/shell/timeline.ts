/** The steps of the office, by days. Pure. */
import type { Line } from '../api/generated'
import { moment } from '../fields/look'

/** The steps of one day. */
export interface Day {
  /** 2026-11-22 */
  day: string
  /** 今天, 昨天 or the day with its weekday. */
  label: string
  lines: Line[]
}

const weekdays = ['日', '一', '二', '三', '四', '五', '六']

/** Names a day as people do. */
export function dayWord(day: string, today: string): string {
  const [at, now] = [new Date(`${day}T00:00:00Z`), new Date(`${today}T00:00:00Z`)]
  const ago = Math.round((now.getTime() - at.getTime()) / 86_400_000)
  const [year = '', month = '', date = ''] = day.split('-')
  const named = `${year === today.slice(0, 4) ? '' : `${year}年`}${Number(month)}月${Number(date)}日 星期${weekdays[at.getUTCDay()] ?? ''}`
  return ago === 0 ? `今天 ${named}` : ago === 1 ? `昨天 ${named}` : named
}

/** Puts steps, the latest first, under their days. */
export function byDay(lines: readonly Line[], today: string): Day[] {
  const days: Day[] = []
  for (const line of lines) {
    const day = moment(line.at).slice(0, 10)
    const last = days.at(-1)
    if (last?.day === day) last.lines.push(line)
    else days.push({ day, label: dayWord(day, today), lines: [line] })
  }
  return days
}

const states: Record<string, string> = { undone: '已撤销', undo: '撤销', redo: '重做' }

/** What is said of a step besides its name. */
export const stateWord = (line: Line): string => states[line.state] ?? ''

/** Whether what a line did stands: there is something to take back. */
export const isInEffect = ({ state }: Line): boolean => state === 'done' || state === 'redo'

/** Whether a step's effect stands and may be taken back. */
export const stands = (line: Line): boolean => line.state === 'done' && line.revocable
