/** Changes of many rows at once: what each would write, what is wrong with it before anything is written, and the writing. */
import type { QueryClient } from '@tanstack/vue-query'
import { call, refusalOf } from '../api/call'
import type { Edit, Edited, Fault, Json } from '../api/generated'
import { write } from '../api/queries'
import { sent, shown, type Names } from '../fields/look'
import { options, resolve, type Choices } from '../fields/options'
import type { Described, Field } from './describe'
import { keyOf, lockOf, type Row, type RowKey } from './keys'

/** One cell that would change. */
export interface CellChange {
  field: Field
  before: string
  after: string
  value: Json
  /** What is wrong with it; empty where nothing is. */
  fault: string
}

/** A row that would change or come. */
export interface RowChange {
  /** Null for a new row. */
  key: RowKey | null
  title: string
  cells: CellChange[]
  /** What the core says of it, once it refused. */
  faults: Fault[]
}

/** Reads a text that was typed or pasted for a field; says what is wrong with it. */
export async function readCell(field: Field, text: string, among: Choices): Promise<{ value: Json } | { fault: string }> {
  const value = sent(field, text)
  if (value === null) return field.required ? { fault: '不能为空' } : { value: null }
  if (field.kind === 'ref') return resolve(field, text, among)
  if (field.kind === 'text' && field.max !== null && text.length > field.max) return { fault: `最多 ${field.max} 个字，现有 ${text.length} 个字` }
  if (field.kind === 'day' && !/^\d{4}-\d{2}-\d{2}$/.test(String(value))) return { fault: '不是有效的日期' }
  if (field.kind === 'int' && !/^-?[\d,]+(\.0+)?$/.test(String(value))) return { fault: '不是整数' }
  if (field.kind === 'term' || field.kind === 'code') return chosen(field, String(value), among)
  return { value }
}

/** A name is taken where the list has it in any spelling; which entry it is, the core says. */
async function chosen(field: Field, text: string, among: Choices): Promise<{ value: Json } | { fault: string }> {
  const found = await options(field, text, among)
  const exact = found.find((option) => option.text === text || option.value === text)
  if (exact) return { value: exact.value }
  const list = among.lists.get(String(field.of))
  const alias = list?.entries.some((entry) => entry.aliases.includes(text))
  return alias || field.kind === 'code' ? { value: text } : { fault: `不在“${list?.label ?? field.label}”的选项里` }
}

/** What a block of texts would change from a row on. */
export interface Pasted {
  record: Described
  /** The fields of the columns that the block covers. */
  fields: readonly (Field | undefined)[]
  rows: readonly (Row | undefined)[]
  cells: readonly (readonly string[])[]
  names: Names
  among: Choices
  title: (row: Row) => string
}

/** Says what a block would change; cells that stay as they are are left out. */
export async function changesOf({ record, fields, rows, cells, names, among, title }: Pasted): Promise<RowChange[]> {
  const found: RowChange[] = []
  for (const [at, texts] of cells.entries()) {
    const row = rows[at]
    const changes = await Promise.all(texts.map((text, by) => cellChange(record, fields[by], row, text, names, among)))
    const real = changes.filter((change) => change !== null)
    if (real.length > 0) found.push({ key: row ? keyOf(record, row) : null, title: row ? title(row) : '（新增）', cells: real, faults: [] })
  }
  return found
}

async function cellChange(record: Described, field: Field | undefined, row: Row | undefined, text: string, names: Names, among: Choices): Promise<CellChange | null> {
  if (!field) return null
  const before = row ? shown(field, row[field.name], names) : ''
  if (text === before || (text === '' && before === '')) return null
  const lock = row || record.link ? lockOf(record, record.fields.indexOf(field)) : ''
  const read = lock && row ? { fault: lock } : await readCell(field, text, among)
  const value = 'value' in read ? read.value : null
  const after = value === null || typeof value === 'string' ? text : shown(field, value, names) || text
  return { field, before, after, value, fault: 'fault' in read ? read.fault : '' }
}

/** Whether a change may be written; a warning forbids nothing. */
export const isSound = (change: RowChange): boolean =>
  change.cells.every((cell) => cell.fault === '') && change.faults.every((fault) => fault.weight === 'warning')

/** What the writing of many rows came to. */
export interface Applied {
  saved: number
  /** The step; none where nothing changed. */
  step: number | null
  /** The rows with what the core says of each. */
  rows: RowChange[]
}

const asked = (record: Described, changes: readonly RowChange[]): Edit => ({
  record: record.name,
  rows: changes.map(({ key, cells }) => ({ id: key, values: Object.fromEntries(cells.map((cell) => [cell.field.name, cell.value])) })),
})

const told = (changes: readonly RowChange[], edited: Edited): RowChange[] => {
  const faults = new Map(edited.faults.map((row) => [row.at, row.faults]))
  return changes.map((change, at) => ({ ...change, faults: faults.get(at) ?? [] }))
}

/** Lets the core judge many rows under the rules of a single change; nothing is written. */
export async function judged(record: Described, changes: readonly RowChange[]): Promise<RowChange[]> {
  const fit = changes.filter(isSound)
  if (fit.length === 0) return [...changes]
  const { value } = await call('record.edit', { ...asked(record, fit), dry: true })
  return [...changes.filter((change) => !isSound(change)), ...told(fit, value)]
}

/** Writes many rows as one step, all or none. Every way of changing many rows ends here. */
export async function saveRows(client: QueryClient, record: Described, changes: readonly RowChange[], name: string): Promise<Applied> {
  const { value, step } = await write(client, 'record.edit', { ...asked(record, changes), name })
  return { saved: value.done, step, rows: told(changes, value) }
}

/** What an error says, as faults. */
export function faultsOf(error: unknown): Fault[] {
  const { faults, message, hint } = refusalOf(error)
  return faults.length > 0 ? faults : [{ field: '', label: '', weight: 'error', message, hint }]
}
