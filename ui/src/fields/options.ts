/** What can be chosen for a field, narrowed by what was typed. */
import { call } from '../api/call'
import type { Json, RecordName, TermList } from '../api/generated'
import type { Described, Field } from '../records/describe'
import { codes, target } from './look'
import { entriesLike, namesOf } from './names'
import { noteOf, titleOf, type Row } from './titles'

/** Something that can be chosen. */
export interface Option {
  value: Json
  text: string
  /** Words that tell it from others. */
  note: string
}

/** How many rows of another record are offered. */
const MOST = 20

/** What options are found in. */
export interface Choices {
  records: readonly Described[]
  lists: ReadonlyMap<string, TermList>
}

/** Whether a field's values are chosen rather than written. */
export const isChosen = (field: Field): boolean => ['code', 'term', 'terms', 'ref', 'bool'].includes(field.kind)

/** Finds what can be chosen. */
export async function options(field: Field, text: string, among: Choices): Promise<Option[]> {
  if (field.kind === 'ref') return rows(among, target(field), text)
  if (field.kind === 'bool') return like([{ value: true, text: '是', note: '' }, { value: false, text: '否', note: '' }], text)
  if (field.kind === 'code') return like(codes(field).map(({ word, label }) => ({ value: word, text: label, note: '' })), text)
  return entriesLike(among.lists.get(target(field))?.entries ?? [], text).map(({ code, name, note }) => ({ value: code, text: name, note }))
}

const like = (all: Option[], text: string): Option[] => {
  const found = all.filter((option) => option.text.includes(text.trim()))
  return found.length > 0 ? found : all
}

async function rows({ records, lists }: Choices, name: string, text: string): Promise<Option[]> {
  const record = records.find((one) => one.name === name)
  if (!record) return []
  const page = await call('record.list', { record: name as RecordName, search: text.trim() || null, limit: MOST })
  const names = namesOf(lists, page.refs)
  return page.rows.map((json) => {
    const row = json as Row
    return { value: row.id ?? null, text: titleOf(record, row, names), note: noteOf(record, row, names) }
  })
}

/** Finds the one row of another record that a text names; says why where there is none or more than one. */
export async function resolve(field: Field, text: string, among: Choices): Promise<{ value: Json } | { fault: string }> {
  const found = await rows(among, target(field), text)
  const exact = found.filter((option) => option.text === text.trim())
  const label = among.records.find((one) => one.name === target(field))?.label ?? ''
  if (exact.length === 1 && exact[0]) return { value: exact[0].value }
  if (exact.length > 1) return { fault: `有 ${exact.length} 条“${label}”叫“${text.trim()}”，请从列表里选定一条` }
  return { fault: `没有叫“${text.trim()}”的“${label}”` }
}
