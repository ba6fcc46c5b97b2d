/** Readers of typed cells. Pure. */
import type { Json } from '../../api/generated'
import { amount, type Settled } from '../act/values'
import type { CodeEntry } from '../../records/describe'

const empty: Settled = { value: null }

/** Reads a whole number from nought on; nothing where the cell is empty. */
export const whole = (text: string): Settled => (text.trim() === '' ? empty : amount('int', text))

/** Reads hours as minutes: `2.5`, `2小时30分`, `150分`, `2:30`. */
export function minutes(text: string): Settled {
  const plain = text.trim().replace('：', ':')
  if (plain === '') return empty
  const parts = /^(?:(\d+)\s*(?:小时|时|h))?\s*(?:(\d+)\s*(?:分钟|分|min))?$/i.exec(plain) ?? /^(\d+):(\d{2})$/.exec(plain)
  if (parts && (parts[1] !== undefined || parts[2] !== undefined)) return { value: Number(parts[1] ?? 0) * 60 + Number(parts[2] ?? 0) }
  return amount('minutes', plain)
}

/** Reads a text. */
export const words = (text: string): Settled => ({ value: text.trim() === '' ? null : text.trim() })

/** Reads a word of a closed list by its label, or its first sign. */
export function oneOf(entries: readonly CodeEntry[], otherwise: Json): (text: string) => Settled {
  return (text) => {
    const sought = text.trim()
    if (sought === '') return { value: otherwise }
    const found = entries.find(({ label, word }) => label === sought || word === sought) ?? entries.find(({ label }) => label.startsWith(sought))
    return found ? { value: found.word } : { fault: `只能填 ${entries.map(({ label }) => label).join('、')}` }
  }
}
