/** Values of returns as people read and write them, and the places they stand at. Pure. */
import type { Holds, ReportKind, ReportValue } from './types'

/** How many of what is stored make one of what is shown; 0 for a text. */
export const divisor = (kind: ReportKind): number => ({ count: 1, distinct: 1, minutes: 60, money: 100, rate: 100, text: 0 })[kind]

/** How many decimals a kind shows. */
const decimals: Record<ReportKind, number> = { count: 0, distinct: 0, minutes: 1, money: 2, rate: 2, text: 0 }

/** Writes a value for reading: hours and yuan with their decimals. */
export function show(kind: ReportKind, value: ReportValue | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  const digits = decimals[kind]
  return (value / (divisor(kind) || 1)).toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: kind === 'minutes' ? 2 : digits })
}

/** Writes a value as the text that typing goes on from. */
export const edited = (kind: ReportKind, value: ReportValue | undefined): string => show(kind, value).replaceAll(',', '')

/** Writes by how much a value is more or less than another; nothing where there is nothing to compare. */
export function difference(kind: ReportKind, now: ReportValue | undefined, other: ReportValue | undefined): string {
  if (kind === 'text' || typeof now !== 'number' || typeof other !== 'number' || now === other) return ''
  return `${now > other ? '+' : '−'}${show(kind, Math.abs(now - other))}`
}

const narrow = (text: string): string => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ').trim()

const wants: Record<ReportKind, string> = { count: '整数', distinct: '整数', minutes: '小时数，如 12.5', money: '金额（元），最多两位小数', rate: '数，最多两位小数', text: '文字' }

/** A value, or why a text is none. */
export type Meant = { value: ReportValue } | { fault: string }

/** Reads a typed text. Refuses half a person, and a number with words (“2000万”). */
export function read(kind: ReportKind, text: string): Meant {
  const plain = narrow(text)
  if (plain === '') return { value: null }
  if (kind === 'text') return { value: text.trim() }
  const bare = plain.replaceAll(/[,\s]/g, '')
  const clock = kind === 'minutes' ? /^(\d+):([0-5]\d)$/.exec(bare) : null
  if (clock) return { value: Number(clock[1]) * 60 + Number(clock[2]) }
  const exact = Number(bare) * divisor(kind)
  const stored = Math.round(exact)
  const off = Math.abs(stored - exact)
  const sound = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(bare) && Math.abs(stored) < 9e15 && off <= (kind === 'minutes' ? 0.5 : 1e-6 * Math.max(1, Math.abs(stored)))
  return sound ? { value: stored } : { fault: `“${text.trim()}”不能填在这里，请填${wants[kind]}。` }
}

/** A column's letters, from 1. */
export function letters(column: number): string {
  let [rest, word] = [column, '']
  while (rest > 0) {
    word = String.fromCharCode(65 + ((rest - 1) % 26)) + word
    rest = Math.floor((rest - 1) / 26)
  }
  return word
}

/** The number of a column's letters, from 1. */
export const columnOf = (word: string): number => [...word].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)

/** A place in a sheet, from 1. */
export interface Place {
  row: number
  column: number
}

/** Reads `C6`. */
export function placeOf(text: string): Place {
  const found = /^([A-Z]+)(\d+)$/.exec(text)
  return { column: columnOf(found?.[1] ?? ''), row: Number(found?.[2] ?? 0) }
}

/** An area of places. */
export interface Area {
  first: Place
  last: Place
}

/** Reads `A1:F1`, or one place. */
export function areaOf(text: string): Area {
  const [first = '', last = first] = text.split(':')
  return { first: placeOf(first), last: placeOf(last) }
}

/** The parts of an address: `表1!D6`, `分单位!C:000102`. */
export function addressOf(text: string): { sheet: string; at: string; key: string | null } {
  const cut = text.lastIndexOf('!')
  const [at = '', ...rest] = text.slice(cut + 1).split(':')
  return { sheet: text.slice(0, cut), at, key: rest.length > 0 ? rest.join(':') : null }
}

/** The words of what a cell holds. */
export type HoldsWord = 'indicator' | 'formula' | 'opening' | 'typed' | 'fact' | 'field' | 'number'

/** What a cell holds, as one word. */
export const holdsWord = (holds: Holds): HoldsWord => (typeof holds === 'string' ? holds : (Object.keys(holds)[0] as HoldsWord))

/** What a cell holds, in words. */
export const HOLDS: Record<HoldsWord, string> = { indicator: '指标', formula: '公式', opening: '期初', typed: '手填', fact: '报表信息', field: '字段', number: '序号' }

/** What is known of the return itself, in words. */
export const FACTS = { unit: '填报单位', code: '组织编号', period: '报告期', until: '截止日期', head: '单位负责人', clerk: '填表人', day: '上报日期' } as const

/** The kinds in words. */
export const KINDS: Record<ReportKind, string> = { count: '数', distinct: '去重人数', minutes: '小时', money: '元', rate: '比率（两位小数）', text: '文字' }

/** Says why a cell may not be typed into; empty where it may. */
export function lockOf(holds: Holds): string {
  switch (holdsWord(holds)) {
    case 'formula':
      return '这一格由公式得出，不能填写；请改它所依据的格子。'
    case 'opening':
      return '期初数取自上期封存的报表，不能填写；上期的数不对，请更正上期的报表。'
    case 'fact':
    case 'number':
      return '这一格由程序填写，请在相应的台账里修改。'
    default:
      return ''
  }
}
