/** Days of a month as a calendar shows them: weeks from Monday on. Pure; days are ISO texts. */

/** A day of the sheet. */
export interface SheetDay {
  /** 2026-07-01. */
  day: string
  /** The number in its month. */
  number: number
  /** Whether it belongs to the month shown. */
  own: boolean
}

const iso = (date: Date): string => date.toISOString().slice(0, 10)
const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)

/** Whether a text is a day that exists. */
export const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text).getTime()) && iso(utc(text)) === text

/** Gives the day so many days later. */
export function plusDays(day: string, many: number): string {
  const date = utc(day)
  date.setUTCDate(date.getUTCDate() + many)
  return iso(date)
}

/** Gives the same day so many months later, or the month's last where it has no such day. */
export function plusMonths(day: string, many: number): string {
  const date = utc(day)
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth() + many
  const last = new Date(Date.UTC(Math.floor(months / 12), (months % 12) + 1, 0)).getUTCDate()
  return iso(new Date(Date.UTC(Math.floor(months / 12), months % 12, Math.min(date.getUTCDate(), last))))
}

/** The six weeks that hold a day's month. */
export function sheet(day: string): SheetDay[][] {
  const first = `${day.slice(0, 8)}01`
  const before = (utc(first).getUTCDay() + 6) % 7
  const start = plusDays(first, -before)
  const one = (at: number): SheetDay => {
    const found = plusDays(start, at)
    return { day: found, number: Number(found.slice(8)), own: found.slice(0, 7) === day.slice(0, 7) }
  }
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (_, at) => one(week * 7 + at)))
}

/** Gives the day that a key leads to from another; null where it leads nowhere. */
export function dayByKey(day: string, key: string): string | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }
  if (key === 'PageUp' || key === 'PageDown') return plusMonths(day, key === 'PageUp' ? -1 : 1)
  return steps[key] === undefined ? null : plusDays(day, steps[key])
}
