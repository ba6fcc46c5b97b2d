/** What people call a row: the rule of the core, for rows of a list. Pure. */
import type { Json } from '../api/generated'
import type { Described, Field } from '../records/describe'
import { shown, type Names } from './look'

/** A row as it comes over the wire. */
export type Row = Readonly<Record<string, Json>>

/** The field that a row is called by: the first that is searched, or the first text of its key. */
export function nameField(record: Described): Field | undefined {
  const keys = record.key.map((name) => record.fields.find((field) => field.name === name))
  return [...record.fields.filter((field) => field.search), ...keys].find((field) => field?.kind === 'text')
}

/** Gives what people call a row; the title of what it is a role of where it has no name of its own. */
export function titleOf(record: Described, row: Row, names: Names): string {
  const own = nameField(record)
  const name = own && shown(own, row[own.name], names)
  if (name) return name
  const role = record.fields.find((field) => field.kind === 'ref' && row[field.name] !== null)
  const through = role && shown(role, row[role.name], names)
  return through || `${record.label}${typeof row.id === 'number' ? row.id % 2 ** 40 : ''}`
}

/** Gives a row's title with what else tells it apart: its other names and the rest of its key. */
export function fullTitleOf(record: Described, row: Row, names: Names): string {
  const title = titleOf(record, row, names)
  const [, second] = record.fields.filter((field) => field.search)
  const apart = record.fields.filter((field) => !field.secret && (field === second || record.key.includes(field.name)))
  const words = apart.map((field) => shown(field, row[field.name], names)).filter((word) => word !== '' && word !== title)
  return [title, ...words].join(' ')
}

/** Gives a few words that tell a row from others of the same name. */
export function noteOf(record: Described, row: Row, names: Names): string {
  const own = nameField(record)
  const plain = record.fields.filter((field) => field !== own && !['entered', 'term', 'terms'].includes(field.kind))
  const told = plain.filter((field) => record.key.includes(field.name) || field.listed || field.name === 'unit')
  const words = told.map((field) => shown(field, row[field.name], names)).filter((word) => word !== '' && word !== titleOf(record, row, names))
  return words.slice(0, 3).join(' · ')
}

/** Whether the search box finds anything in a record: its own texts, or those of what it refers to. */
export function isSearched(record: Described, all: readonly Described[], far = 3): boolean {
  if (record.fields.some((field) => field.search)) return true
  const next = record.fields.flatMap((field) => (field.kind === 'ref' ? all.filter((other) => other.name === field.of && other.name !== record.name) : []))
  return far > 0 && next.some((other) => isSearched(other, all, far - 1))
}
