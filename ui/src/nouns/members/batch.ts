/** Joining of many: what a row says, and what is done with it. */
import type { QueryClient } from '@tanstack/vue-query'
import { call, refusalOf, type Refusal } from '../../api/call'
import { write } from '../../api/queries'
import { codes } from '../../fields/look'
import type { Described, Field } from '../../records/describe'
import type { Row } from '../act/declare'
import type { SheetColumn, SheetRow } from '../sheet/cells'
import { oneOf, words } from '../sheet/read'

/** The fields of a person that a row holds. */
export const personal = ['name', 'id_number', 'sex', 'phone', 'employer', 'job'] as const

/** The columns, by the descriptions of people and members. */
export function columnsOf(records: readonly Described[]): SheetColumn[] {
  const field = (record: string, name: string): Field | undefined => records.find((one) => one.name === record)?.fields.find((one) => one.name === name)
  const sexes = field('person', 'sex')
  const entries = sexes ? codes(sexes) : []
  const widths: Record<string, number> = { name: 110, id_number: 180, sex: 60, phone: 120, employer: 170, job: 90 }
  const own = personal.map((name): SheetColumn => {
    const shared = { key: name, label: field('person', name)?.label ?? name, width: widths[name] ?? 100 }
    return name === 'sex' ? { ...shared, read: oneOf(entries, null), show: (value) => entries.find(({ word }) => word === value)?.label ?? '' } : { ...shared, read: words }
  })
  const card: SheetColumn = { key: 'card_number', label: field('member', 'card_number')?.label ?? '', width: 120, read: words }
  return [...own, card, { key: 'fault', label: '没有办成的原因', width: 420, locked: '由程序填写。' }]
}

/** Whether a row says anything. */
export const isFilled = (row: SheetRow): boolean => [...personal, 'card_number'].some((name) => typeof row[name] === 'string' && row[name] !== '' && name !== 'sex')

/** Says what a row lacks before anything is sent; numbers that stand in two rows are told at the second. */
export function lacks(rows: readonly SheetRow[]): Map<number, string> {
  const found = new Map<number, string>()
  const seen = new Set<string>()
  for (const row of rows.filter(isFilled)) {
    const number = typeof row.id_number === 'string' ? row.id_number.toUpperCase() : ''
    if (!row.name) found.set(row.id, '没有填写姓名')
    else if (number !== '' && seen.has(number)) found.set(row.id, '这个证件号码在表里出现了两次')
    if (number !== '') seen.add(number)
  }
  return found
}

/** What joins them all. */
export interface Joining {
  unit: number
  day: string
  source: string | null
}

/** Finds the person of a row by the id number; several of one number cannot be. */
async function personOf(row: SheetRow): Promise<number | null> {
  if (typeof row.id_number !== 'string' || row.id_number === '') return null
  const { rows } = await call('record.list', { record: 'person', filters: [{ field: 'id_number', op: 'is', value: row.id_number }], limit: 2 })
  const [found] = rows as Row[]
  return found ? Number(found.id) : null
}

/** Lets one row's person join; gives the steps that did it, or why it was not done. A person who was entered for it goes again where it was refused. */
export async function joinOne(client: QueryClient, row: SheetRow, { unit, day, source }: Joining): Promise<{ steps: number[] } | { refusal: Refusal }> {
  const steps: number[] = []
  try {
    let person = await personOf(row)
    if (person === null) {
      const given = personal.map((name) => [name, row[name] ?? null] as const).filter(([, value]) => value !== null)
      const entered = await write(client, 'record.save', { record: 'person', values: Object.fromEntries(given) })
      person = Number(entered.value.id)
      if (entered.step !== null) steps.push(entered.step)
    }
    const card = typeof row.card_number === 'string' ? row.card_number : null
    const { step } = await write(client, 'members.join', { person, unit, day, source, card_number: card, kind: 'full' })
    return { steps: step === null ? steps : [...steps, step] }
  } catch (error) {
    for (const step of steps) await write(client, 'step.undo', { step })
    return { refusal: refusalOf(error) }
  }
}

/** Writes why a row was not taken. */
export const whyNot = ({ message, faults }: Refusal): string => (faults.length > 0 ? faults.map((fault) => `${fault.label}：${fault.message}`).join('；') : message)
