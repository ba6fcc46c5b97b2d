/** What was typed into an act's fields, as the wire has it. Pure. */
import type { Json } from '../../api/generated'
import type { Field } from '../../records/describe'

/** A value, or why it is none. */
export type Settled = { value: Json } | { fault: string }

/** Full-width digits and signs, narrowed; commas between digits left out. */
const plain = (text: string): string => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll(',', '').trim()

/** What a number is multiplied by to be stored: yuan to fen, hours to minutes. */
const scale: Partial<Record<Field['kind'], number>> = { int: 1, money: 100, minutes: 60 }
const measure: Partial<Record<Field['kind'], string>> = { int: '整数', money: '金额（元）', minutes: '时长（小时）' }

/** Gives a typed text as the number that is stored: fen, minutes, or the number itself. */
export function amount(kind: Field['kind'], text: string): Settled {
  const by = scale[kind] ?? 1
  const typed = Number(plain(text))
  const stored = Math.round(typed * by)
  const exact = Math.abs(stored - typed * by) < 1e-6
  if (!Number.isFinite(typed) || typed < 0 || !exact) return { fault: `“${text.trim()}”不是${measure[kind] ?? '数'}` }
  return { value: stored }
}

const isChosen = (field: Field): boolean => ['code', 'term', 'terms', 'ref'].includes(field.kind)
const isDay = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`)
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)
}

/** Gives what a field holds as the wire has it. */
export function settled(field: Field, value: Json | undefined): Settled {
  if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) {
    return field.required && field.kind !== 'bool' ? { fault: `${isChosen(field) ? '请选择' : '请填写'}${field.label}` } : { value: field.kind === 'bool' ? false : null }
  }
  if (Array.isArray(value) && value.length === 0 && field.required) return { fault: `请选择${field.label}` }
  if (typeof value !== 'string') return { value }
  if (field.kind in scale) return amount(field.kind, value)
  if (field.kind === 'day' && !isDay(value)) return { fault: `“${value}”不是日期，请写作 2026-10-08 这样` }
  return { value: value.trim() }
}
