/** The keys of rows. */
import type { Json } from '../api/generated'
import { may, whyNot } from '../shell/rights'
import type { Described } from './describe'

/** A row's key: its id, or both ends of a link. */
export type RowKey = number | [number, number]

/** A row as it comes over the wire. */
export type Row = Readonly<Record<string, Json>>

/** Gives a row's key. */
export function keyOf(record: Described, row: Row): RowKey {
  if (!record.link) return Number(row.id)
  const [a, b] = record.fields.map((field) => Number(row[field.name]))
  return [a ?? 0, b ?? 0]
}

/** Whether acts alone write a field. */
export const isKept = (record: Described, field: string): boolean => record.kept.includes('*') || record.kept.includes(field)

/** Whether rows may be added by a form: acts add those whose state they keep. */
export const mayAdd = (record: Described): boolean => may('enter') && isAdded(record)

/** Whether a form can add rows at all, whoever fills it in. */
export const isAdded = (record: Described): boolean => !record.view && record.kept.length === 0

/** Whether any of it may be changed by a form. */
export const mayChange = (record: Described): boolean => may('enter') && !record.view && !record.kept.includes('*')

/** Says why a cell may not be typed into; empty where it may. */
export function lockOf(record: Described, at: number): string {
  if (!may('enter')) return whyNot('enter')
  const field = record.fields[at]
  if (!field || record.view) return '这是汇总出来的，请到它的来源记录里修改。'
  if (field.kind === 'entered') return `“${field.label}”由程序填写，不能修改。`
  if (record.link && at < 2) return `“${field.label}”是这条记录的标识，不能修改；请删除后重新添加。`
  return isKept(record, field.name) ? `“${field.label}”由办理业务产生，不能直接修改。` : ''
}
