/** What a list shows: search, unit, filters, order, columns. Pure; what is kept of it is plain JSON. */
import type { Filter, Json, List, RecordName } from '../api/generated'
import { nameField } from '../fields/titles'
import type { Sort } from '../grid/columns'
import type { Described, Field } from './describe'

/** What a list shows. */
export interface View {
  search: string
  /** The unit whose subtree it is cut to. */
  unit: number | null
  filters: Filter[]
  /** Whether it shows what is kept and no longer used, and nothing else. */
  veiled?: boolean
  order: Sort[]
  /** The columns that show, from left to right. */
  columns: string[]
  /** The widths that were changed, at 100 %. */
  widths: Record<string, number>
}

/** What is kept of a list between visits. */
export interface Kept {
  columns: string[]
  widths: Record<string, number>
  order: Sort[]
}

/** A view that was given a name. */
export interface SavedView {
  name: string
  view: View
}

/** The columns that show unasked. */
export const listedColumns = (record: Described): string[] => {
  const listed = record.fields.filter((field) => field.listed)
  return (listed.length > 0 ? listed : record.fields.filter((field) => field.kind !== 'entered')).map((field) => field.name)
}

/** The view of a list that nobody changed. */
export const startView = (record: Described): View => ({ search: '', unit: null, filters: [], order: [], columns: listedColumns(record), widths: {} })

/** Leaves out of a view what the record does not have any more. */
export function fitted(record: Described, view: View): View {
  const has = (name: string): boolean => record.fields.some((field) => field.name === name)
  const columns = view.columns.filter(has)
  return {
    ...view,
    columns: columns.length > 0 ? columns : listedColumns(record),
    order: view.order.filter((sort) => has(sort.key)),
    filters: view.filters.filter((filter) => filter.field === 'id' || has(filter.field)),
  }
}

/** Asks for the rows of a view. */
export function asked(record: Described, view: View): List {
  return {
    record: record.name,
    search: view.search.trim() || null,
    unit: isPlaced(record) ? view.unit : null,
    filters: view.filters,
    ...(view.veiled ? { veiled: true } : {}),
    order: view.order.map((sort) => (sort.down ? '-' : '') + sortColumn(record, sort.key)),
  }
}

/** Names are ordered by their pinyin, where the record keeps it: its own name's, or that of whom it is a role of. */
function sortColumn(record: Described, key: string): string {
  const named = nameField(record) ?? record.fields.find((field) => field.kind === 'ref')
  return named?.name === key && record.order.includes(PINYIN) ? PINYIN : key
}
const PINYIN = '_pinyin'

/** Whether a record's rows have a place in the unit tree. */
export const isPlaced = (record: Described): boolean => record.unit !== '' || record.name === 'unit'

/** Whether something is left out of the list. */
export const isNarrowed = (view: View): boolean => view.search.trim() !== '' || view.unit !== null || view.filters.length > 0 || view.veiled === true

/** Whether the veil lies on a record's own rows: what belongs to them is veiled with them. */
export const isVeilRoot = ({ name }: Described): boolean => name === 'person'

/** Whether a record's rows may be kept and no longer used: people, and what belongs to them. */
export const isVeilable = (record: Described, all: readonly Described[], far = 3): boolean =>
  isVeilRoot(record) || (far > 0 && record.name !== 'blocking' && record.fields.some((field) => field.kind === 'ref' && field.required && all.some((one) => one.name === field.of && isVeilable(one, all, far - 1))))

const isObject = (json: Json | undefined): json is { [key: string]: Json } => typeof json === 'object' && json !== null && !Array.isArray(json)

/** So many digits in a text are taken for somebody's number: the last six of an id number, a phone. */
const NUMBER = 6

/**
 * Leaves out of a view what may not lie on the PC, where views are kept readable for everybody: what was sought, and conditions with
 * somebody's name, the value of a secret or a number.
 */
export function keepable(record: Described, all: readonly Described[], view: View): View {
  const names = isVeilable(record, all)
  const tells = (filter: Filter): boolean => {
    const field = record.fields.find((one) => one.name === filter.field)
    const values = valuesOf(filter)
    return field !== undefined && values.length > 0 && (field.secret || (names && field.search) || (field.kind === 'text' && values.some(isNumber)))
  }
  return { ...view, search: '', filters: view.filters.filter((filter) => !tells(filter)) }
}
const isNumber = (value: Json): boolean => (String(value).normalize('NFKC').match(/\d/g)?.length ?? 0) >= NUMBER

/** Says which parts of a view are not kept with it, by their names; nothing where all is. */
export function unkept(record: Described, all: readonly Described[], view: View): string[] {
  const kept = keepable(record, all, view).filters
  const left = view.filters.filter((filter) => !kept.includes(filter)).map((filter) => record.fields.find((field) => field.name === filter.field)?.label ?? filter.field)
  return [...(view.search.trim() ? ['查找的文字'] : []), ...new Set(left.map((label) => `“${label}”的条件`))]
}

/** Reads what was kept of a list. */
export function isKept(json: Json): json is Json & { columns: string[]; widths: Record<string, number>; order: { key: string; down: boolean }[] } {
  return isObject(json) && Array.isArray(json.columns) && isObject(json.widths) && Array.isArray(json.order)
}

/** Reads the views that were given names. */
export const isSaved = (json: Json): json is Json[] => Array.isArray(json) && json.every((one) => isObject(one) && typeof one.name === 'string' && isObject(one.view))

/** How a filter may compare. */
export type Op = Filter['op']

const words: Partial<Record<Op, string>> = {
  is: '等于',
  is_not: '不等于',
  contains: '包含',
  at_least: '不小于',
  at_most: '不大于',
  between: '介于',
  in: '是',
  empty: '为空',
  not_empty: '不为空',
}
const dayWords: Partial<Record<Op, string>> = { is: '在', at_least: '从', at_most: '到', between: '介于' }

/** The comparisons that a field offers, the usual one first. */
export function opsOf(field: Field): Op[] {
  const may: Op[] = field.required ? [] : ['empty', 'not_empty']
  if (field.secret) return ['is', ...may]
  switch (field.kind) {
    case 'text':
      return ['contains', 'is', 'is_not', ...may]
    case 'bool':
      return ['is', ...may]
    case 'code':
    case 'term':
    case 'terms':
      return ['in', ...may]
    case 'ref':
      return ['is', ...may]
    case 'entered':
      return ['between', 'at_least', 'at_most']
    default:
      return ['between', 'at_least', 'at_most', 'is', ...may]
  }
}

/** The word of a comparison. */
export const opWord = (field: Field, op: Op): string =>
  (field.kind === 'day' || field.kind === 'entered' ? dayWords[op] : undefined) ?? words[op] ?? op

/** How many values a comparison takes: none, one, two, or a list. */
export const arity = (op: Op): 0 | 1 | 2 | 'list' => (op === 'empty' || op === 'not_empty' ? 0 : op === 'between' ? 2 : op === 'in' ? 'list' : 1)

/** Makes the filter of what was filled in; null where something lacks. One open end of a range is left out. */
export function filterOf(field: Field, op: Op, values: readonly Json[]): Filter | null {
  const given = values.map((value) => (value === '' ? null : value))
  const many = arity(op)
  if (many === 0) return { field: field.name, op }
  if (many === 'list') return given.length > 0 ? { field: field.name, op, value: [...given] } : null
  if (many === 1) return given[0] === null || given[0] === undefined ? null : { field: field.name, op, value: given[0] }
  const [from = null, to = null] = given
  if (from === null && to === null) return null
  if (from === null) return { field: field.name, op: 'at_most', value: to }
  return to === null ? { field: field.name, op: 'at_least', value: from } : { field: field.name, op, value: [from, to] }
}

/** The values of a filter as a list. */
export const valuesOf = (filter: Filter): Json[] => (Array.isArray(filter.value) ? filter.value : filter.value === undefined ? [] : [filter.value])

/** Reads a record's name out of an address. */
export const asRecord = (name: string): RecordName => name as RecordName
