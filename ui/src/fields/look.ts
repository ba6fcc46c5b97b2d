/** Values as people read and write them; what a value means is looked up in lists and titles given from outside. Pure. */
import type { Json } from '../api/generated'
import type { CodeEntry, Field } from '../records/describe'

/** Where names stand that values point at. */
export interface Names {
  /** The name of an entry of an open list. */
  term(list: string, code: string): string
  /** The title of another record's row. */
  title(record: string, id: number): string
}

/** A list whose names are its codes; for fields that point at nothing. */
export const noNames: Names = { term: (_, code) => code, title: (_, id) => String(id) }

/** Writes fen as yuan: `1,234.50`, or without commas. */
export function yuan(fen: number, grouped = true): string {
  const whole = Math.trunc(Math.abs(fen) / 100)
  const cents = String(Math.round(Math.abs(fen) % 100)).padStart(2, '0')
  return `${fen < 0 ? '-' : ''}${grouped ? whole.toLocaleString('en-US') : whole}.${cents}`
}

/** Writes minutes as hours, at most two decimals: `2.5`. */
export const hours = (minutes: number): string => String(Math.round((minutes / 60) * 100) / 100)

/** Writes millionths of a degree: `103.123456`. */
export const degrees = (micro: number): string => `${micro < 0 ? '-' : ''}${Math.trunc(Math.abs(micro) / 1e6)}.${String(Math.abs(micro) % 1e6).padStart(6, '0')}`

/** Writes unix seconds in the computer's own time: `2026-11-22 09:05`. */
export function moment(seconds: number): string {
  const at = new Date(seconds * 1000)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

/** The entries of a closed list. */
export const codes = (field: Field): CodeEntry[] => (Array.isArray(field.of) ? field.of : [])

/** The key of the open list, or the record that a field points at. */
export const target = (field: Field): string => (typeof field.of === 'string' ? field.of : '')

/** Writes a value for reading. */
export function shown(field: Field, value: Json | undefined, names: Names): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (Array.isArray(value)) return value.map((code) => names.term(target(field), String(code))).join('、')
  if (typeof value === 'number') return shownNumber(field, value, names)
  if (field.kind === 'code') return codes(field).find((entry) => entry.word === value)?.label ?? String(value)
  return field.kind === 'term' ? names.term(target(field), String(value)) : String(value)
}

function shownNumber(field: Field, value: number, names: Names): string {
  switch (field.kind) {
    case 'money':
      return yuan(value)
    case 'minutes':
      return hours(value)
    case 'degrees':
      return degrees(value)
    case 'entered':
      return value === 0 ? '' : moment(value)
    case 'ref':
      return names.title(target(field), value)
    default:
      return String(value)
  }
}

/** Writes a value as the text that typing goes on from. */
export const edited = (field: Field, value: Json | undefined, names: Names): string =>
  field.kind === 'money' && typeof value === 'number' ? yuan(value, false) : shown(field, value, names)

/** Full-width digits and signs as they stand on a Chinese keyboard, narrowed. */
const narrow = (text: string): string => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ')

/** Reads a day in the ways people write it: `20260701`, `2026.7.1`, `2026/7/1`, `2026年7月1日`; gives the text as it is where it is none. */
export function day(text: string): string {
  const plain = narrow(text).trim()
  const found = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?$/.exec(plain)
  if (!found) return text.trim()
  const [, year = '', month = '', date = ''] = found
  return `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

/** Gives what is sent for a typed text: nothing, a day in its written form, or the text, which the core reads by the field's kind. */
export function sent(field: Field, text: string): Json {
  if (text.trim() === '') return null
  if (field.kind === 'day') return day(text)
  return field.kind === 'text' ? text : narrow(text).trim()
}

/** Whether a text may have several lines, as the core sees it. */
export const hasLines = (field: Field): boolean => field.kind === 'text' && (field.max ?? 0) >= 500

/** Whether a field's numbers are worth adding up. */
export const isAmount = (field: Field): boolean => field.kind === 'int' || field.kind === 'money' || field.kind === 'minutes'

/** Writes a sum of a field's numbers. */
export function sum(field: Field, total: number): string {
  if (field.kind === 'money') return yuan(Math.round(total))
  return field.kind === 'minutes' ? hours(total) : total.toLocaleString('en-US')
}
