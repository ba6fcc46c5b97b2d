/** The sheet of an activity's hours: its columns, what is stored of it. Pure. */
import type { Hours, Json } from '../../api/generated'
import { codes, hours } from '../../fields/look'
import type { Field } from '../../records/describe'
import type { SheetColumn, SheetRow } from '../sheet/cells'
import { minutes, oneOf, words } from '../sheet/read'

/** The columns, by the descriptions of the record of service. */
export function columnsOf(fields: readonly Field[]): SheetColumn[] {
  const field = (name: string): Field | undefined => fields.find((one) => one.name === name)
  const label = (name: string): string => field(name)?.label ?? ''
  const source = field('source')
  const entries = source ? codes(source) : []
  return [
    { key: 'name', label: label('person'), width: 120, locked: '要加人，请查找、粘贴名单，或在这一列粘贴姓名。' },
    {
      key: 'minutes',
      label: label('minutes'),
      help: '不含路途；可以写 2.5、2:30 或 2小时30分。清空的，从表上去掉。',
      width: 148,
      align: 'right',
      read: minutes,
      show: (value) => (typeof value === 'number' ? hours(value) : ''),
      amount: (row) => (typeof row.minutes === 'number' ? row.minutes : null),
      sum: hours,
    },
    { key: 'source', label: label('source'), width: 90, align: 'center', read: oneOf(entries, 'signed_in'), show: (value) => entries.find(({ word }) => word === value)?.label ?? '' },
    { key: 'evidence', label: label('evidence'), help: '补录的必须写明依据：签到表、照片、负责人证明等。', width: 220, read: words },
    { key: 'content', label: label('content'), width: 260, read: words },
  ]
}

/** The parts of a row that are stored. */
export const stored = ['minutes', 'source', 'evidence', 'content'] as const

/** Gives what is sent for the rows that changed: one that has no minutes and had none is not sent. */
export function sentRows(before: readonly SheetRow[], changed: readonly SheetRow[]): Hours[] {
  const had = new Set(before.filter((row) => typeof row.minutes === 'number').map((row) => row.id))
  const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null)
  return changed
    .filter((row) => typeof row.minutes === 'number' || had.has(row.id))
    .map((row) => ({
      person: row.id,
      minutes: typeof row.minutes === 'number' ? row.minutes : null,
      source: row.source === 'entered' ? 'entered' : 'signed_in',
      evidence: text(row.evidence),
      content: text(row.content),
    }))
}

/** Says which rows lack the evidence that hours entered later need. */
export const withoutEvidence = (rows: readonly SheetRow[]): SheetRow[] => rows.filter((row) => typeof row.minutes === 'number' && row.source === 'entered' && !row.evidence)
