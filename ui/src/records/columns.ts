/** The grid's columns for a record's fields. */
import type { Json } from '../api/generated'
import { edited, isAmount, shown, sum, type Names } from '../fields/look'
import type { Column, Row as GridRow } from '../grid/columns'
import type { Described, Field } from './describe'
import { lockOf } from './keys'
import type { View } from './view'

/** Widths at 100 % by kind, in CSS pixels. */
const widths: Record<Field['kind'], number> = {
  text: 150,
  int: 84,
  bool: 72,
  day: 100,
  money: 104,
  minutes: 84,
  degrees: 104,
  entered: 136,
  code: 96,
  term: 120,
  terms: 180,
  ref: 150,
}

const LETTER = 13.5
const WIDEST = 220

/** As wide as the kind needs, the heading shows whole, and a long text has some room. */
function widthOf(field: Field): number {
  const heading = field.label.length * LETTER + 28
  const text = field.kind === 'text' && field.max !== null ? Math.min(WIDEST, Math.max(80, field.max * 4)) : widths[field.kind]
  const unit = field.kind === 'ref' && field.of === 'unit' ? WIDEST : text
  const person = field.kind === 'ref' && (field.of === 'person' || field.of === 'member') ? 120 : unit
  return Math.round(Math.max(heading, person))
}

/** Why what is veiled is not changed. */
const VEILED = '已封存，只保存、不使用；确需修改的，请先“解除封存”。'

const aligned = (field: Field): Column['align'] => (isAmount(field) || field.kind === 'degrees' ? 'right' : field.kind === 'bool' ? 'center' : 'left')

/** Gives the columns of a view. */
export function columnsOf(record: Described, view: View, names: Names): Column[] {
  return view.columns.flatMap((name, at) => {
    const place = record.fields.findIndex((field) => field.name === name)
    const field = record.fields[place]
    const locked = view.veiled ? VEILED : lockOf(record, place)
    return field ? [column(field, locked, at === 0, view.widths[name] ?? widthOf(field), names)] : []
  })
}

function column(field: Field, locked: string, leads: boolean, width: number, names: Names): Column {
  const value = (row: GridRow): Json => row[field.name] as Json
  const amount = (row: GridRow): number | null => {
    const given = value(row)
    return typeof given === 'number' ? given : null
  }
  return {
    key: field.name,
    label: field.label,
    help: field.help,
    width,
    align: aligned(field),
    sortable: true,
    leads,
    locked,
    text: (row) => shown(field, value(row), names).replaceAll('\n', ' '),
    edited: (row) => edited(field, value(row), names),
    amount: isAmount(field) ? amount : null,
    sum: (total) => sum(field, total),
  }
}
