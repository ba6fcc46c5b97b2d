/** The rows behind a number of the workbook, with what people call them. */
import { call } from '../api/call'
import type { Counted, RecordName, TermList } from '../api/generated'
import { shown, type Names } from '../fields/look'
import { namesOf, type Titles } from '../fields/names'
import { noteOf, titleOf } from '../fields/titles'
import { keyOf, type Row } from '../records/keys'
import type { Described } from '../records/describe'

/** A row behind a number. */
export interface Behind {
  record: RecordName
  id: Counted['id']
  amount: number
  title: string
  note: string
}

/** How many rows are asked for together. */
const AT_ONCE = 200

/** The open lists that the words of some records need. */
async function listsOf(records: readonly Described[]): Promise<Map<string, TermList>> {
  const fields = records.flatMap((record) => record.fields.filter((field) => field.listed && (field.kind === 'term' || field.kind === 'terms')))
  const keys = [...new Set(fields.map((field) => String(field.of)))]
  const lists = await Promise.all(keys.map((list) => call('term.list', { list })))
  return new Map(lists.map((list) => [list.key, list]))
}

/** A link is called by its second end, the person; its first end, the event, tells it from others. */
function linkWords(record: Described, row: Row, names: Names): { title: string; note: string } {
  const words = record.fields.filter((field) => ['ref', 'code', 'text'].includes(field.kind)).map((field) => shown(field, row[field.name], names))
  const [event = '', person = '', ...rest] = words
  return { title: person, note: [event, ...rest].filter(Boolean).join(' · ') }
}

/** Gives the titles of some rows; a row that has no id of its own is asked for by its pair. */
export async function entitled(counted: readonly Counted[], all: readonly Described[]): Promise<Behind[]> {
  const records = [...new Set(counted.map((one) => one.record))].flatMap((name) => all.filter((record) => record.name === name))
  const lists = await listsOf(records)
  const words = new Map<string, { title: string; note: string }>()
  for (const record of records) {
    const own = counted.filter((one) => one.record === record.name)
    for (const { row, refs } of record.link ? await pairs(record, own) : await byIds(record, own)) {
      const names = namesOf(lists, refs)
      words.set(`${record.name}:${String(keyOf(record, row))}`, record.link ? linkWords(record, row, names) : { title: titleOf(record, row, names), note: noteOf(record, row, names) })
    }
  }
  return counted.map(({ record, id, amount }) => ({ record: record as RecordName, id, amount, ...(words.get(`${record}:${String(id)}`) ?? { title: '', note: '' }) }))
}

async function byIds(record: Described, counted: readonly Counted[]): Promise<{ row: Row; refs: Titles }[]> {
  const found: { row: Row; refs: Titles }[] = []
  for (let at = 0; at < counted.length; at += AT_ONCE) {
    const value = counted.slice(at, at + AT_ONCE).map((one) => Number(one.id))
    const page = await call('record.list', { record: record.name, filters: [{ field: 'id', op: 'in', value }], limit: AT_ONCE })
    found.push(...page.rows.map((row) => ({ row: row as Row, refs: page.refs })))
  }
  return found
}

const pairs = (record: Described, counted: readonly Counted[]): Promise<{ row: Row; refs: Titles }[]> =>
  Promise.all(counted.map(async ({ id }) => call('record.get', { record: record.name, id }).then(({ row, refs }) => ({ row: row as Row, refs }))))
