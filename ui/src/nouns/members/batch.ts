/** Joining of many: what a row says, and what is done with it. */
import type { QueryClient } from '@tanstack/vue-query'
import { Refusal } from '../../api/call'
import type { Commands, Json } from '../../api/generated'
import { write } from '../../api/queries'
import { codes } from '../../fields/look'
import type { Described, Field } from '../../records/describe'
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

/** What one row asks for. */
function enrolled(row: SheetRow, { unit, day, source }: Joining): Commands['members.enroll']['payload'] {
  const said = (name: string): string | null => (typeof row[name] === 'string' && row[name] !== '' ? row[name] : null)
  const newcomer = { ...Object.fromEntries(personal.map((name) => [name, said(name)])), name: said('name') ?? '' }
  return { newcomer: newcomer as Commands['members.enroll']['payload']['newcomer'], unit, day, source, card_number: said('card_number'), kind: 'full' }
}

/** Lets the rows' people join as one step; gives the step, and why some were not taken, by their rows. */
export async function joinAll(client: QueryClient, rows: readonly SheetRow[], joining: Joining): Promise<{ step: number | null; why: Map<number, string> }> {
  const { step, value } = await write(client, 'step.together', { command: 'members.enroll', payloads: rows.map((row) => enrolled(row, joining) as unknown as Json) })
  const told = value.flatMap(({ at, report }) => (rows[at] ? [[rows[at].id, whyNot(new Refusal(report))] as const] : []))
  return { step, why: new Map(told) }
}

/** Writes why a row was not taken. */
export const whyNot = ({ message, faults }: Refusal): string => (faults.length > 0 ? faults.map((fault) => `${fault.label}：${fault.message}`).join('；') : message)
