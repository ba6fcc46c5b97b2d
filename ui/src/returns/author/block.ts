/** The part of a sheet whose rows are of one kind: where it lies in the blank, and what its columns hold by what makes its rows. Pure. */
import type { CodeEntry, Described } from '../../records/describe'
import type { Each, Proposal, ReportBlock, ReportColumn, ReportKind } from '../types'
import { areaOf, holdsWord, letters, placeOf } from '../values'

type Blank = Pick<Proposal, 'rows' | 'columns' | 'grid' | 'merges'>

/** A column of a record's list as it can stand in a sheet. */
export interface RecordColumn {
  name: string
  label: string
  /** The entries of its list, or the list's word; null where it has none. */
  list: CodeEntry[] | string | null
}

/** What the lists of some records have besides their fields. */
const MORE: Partial<Record<string, RecordColumn[]>> = {
  unit: [{ name: 'staff', label: '职工人数', list: null }, { name: 'members', label: '会员人数', list: null }],
  member: [{ name: 'unit', label: '所在工会', list: null }, { name: 'change_kind', label: '会籍变化类型', list: null }, { name: 'change_day', label: '会籍变化日期', list: null }, { name: 'change_reason', label: '会籍变化原因', list: 'change_reason' }, { name: 'other', label: '对方工会', list: null }],
}

/** Gives what a record's list can put into a sheet: the person's fields where it speaks of one, its own, and what is counted for it. */
export function columnsOf(records: readonly Described[], name: string): RecordColumn[] {
  const record = records.find((one) => one.name === name)
  if (!record) return []
  const pointer = record.fields.find((field) => field.kind === 'ref' && field.of === 'person')
  const person = pointer ? (records.find((one) => one.name === 'person')?.fields ?? []) : []
  const more = MORE[name] ?? []
  const own = record.fields.filter((field) => field !== pointer && [...person, ...more].every((one) => one.name !== field.name))
  return [...[...person, ...own].map(({ name, label, kind, of }) => ({ name, label, list: kind === 'code' || kind === 'term' ? of : null })), ...more]
}

/** Reads a blank's cells, a merged one by its corner. */
function reader(blank: Blank) {
  const cells = new Map(blank.grid.map((cell) => [cell.at, cell]))
  const areas = blank.merges.map(areaOf)
  const areaAt = (row: number, column: number) => areas.find(({ first, last }) => row >= first.row && row <= last.row && column >= first.column && column <= last.column)
  return {
    text(row: number, column: number): string {
      const first = areaAt(row, column)?.first ?? { row, column }
      return cells.get(`${letters(first.column)}${first.row}`)?.text.trim() ?? ''
    },
    framed: (row: number, column: number): boolean => cells.get(`${letters(column)}${row}`)?.framed ?? false,
    wide: (row: number, column: number): number => {
      const area = areaAt(row, column)
      return area ? area.last.column - area.first.column + 1 : 1
    },
  }
}

const plain = (text: string): string => text.replace(/[（(][^）)]*[）)]/g, '').replace(/[\s：:*]/g, '')

const kindOf = (label: string): ReportKind => (/数$|人次|场次|次数|合计/.test(plain(label)) ? 'count' : 'text')

/** The headings above a row, each column's own; merged ones count for all that they lie over. */
export function headings(blank: Blank, header: number): { at: string; label: string }[] {
  const look = reader(blank)
  const all = Array.from({ length: blank.columns }, (_, index) => ({ at: letters(index + 1), label: look.text(header, index + 1) }))
  return all.filter(({ label }) => label !== '')
}

/** Finds the block that begins in a row: the headings stand just above, the note below. Examples that are printed in its rows do not end it. */
export function blockAt(blank: Blank, row: number): ReportBlock {
  const look = reader(blank)
  const first_row = Math.max(2, row)
  const columns = headings(blank, first_row - 1)
  const framed = (at: number): number => columns.filter(({ at: letter }) => look.framed(at, placeOf(`${letter}1`).column)).length
  const isNote = (at: number): boolean => look.wide(at, 1) * 2 > blank.columns && look.text(at, 1) !== ''
  let end = first_row + 1
  while (end <= blank.rows && !isNote(end) && framed(end) * 2 > columns.length) end += 1
  const note_row = [end, end + 1].find((at) => at <= blank.rows && isNote(at)) ?? null
  return { header_row: first_row - 1, first_row, reserved: end - first_row, note_row, each: 'units', columns: made(columns, [], 'units', []) }
}

/** How well a heading speaks of a column of a list; 0 where it does not. */
function fit(heading: string, label: string): number {
  const [said, own] = [plain(heading), plain(label)]
  if (said === '' || own.length < 2) return 0
  if (said === own) return 1000
  if (said.includes(own)) return 100 + own.length
  if (own.includes(said) && said.length > 2) return 50 + said.length
  let at = 0
  for (const letter of said) if (letter === own[at]) at += 1
  return at === own.length && own.length > 5 ? own.length : 0
}

/** Finds for each heading the column of the list that it speaks of: the best fits first, each taken once. */
export function matched(heads: readonly { at: string; label: string }[], list: readonly RecordColumn[]): Map<string, string> {
  const pairs = heads.flatMap((head) => list.map((one) => ({ at: head.at, name: one.name, rate: fit(head.label, one.label) }))).filter(({ rate }) => rate > 0).sort((a, b) => b.rate - a.rate)
  const found = new Map<string, string>()
  const taken = new Set<string>()
  for (const { at, name } of pairs) {
    if (found.has(at) || taken.has(name)) continue
    found.set(at, name)
    taken.add(name)
  }
  return found
}

const NUMBER = /^(序号|编号$|No)/i
const NAMES = /名称|单位$|工会$|姓名/

/** Gives what the columns hold when rows are made by something: what was chosen and still may stand stays; the rest is guessed by the headings. */
export function made(heads: readonly { at: string; label: string }[], before: readonly ReportColumn[], each: Each, list: readonly RecordColumn[]): ReportColumn[] {
  const kept = new Map(before.filter((column) => mayStand(column, each, list)).map((column) => [column.at, column]))
  const fields = matched(heads.filter(({ at }) => !kept.has(at)), list)
  const name = each === 'units' && kept.size === 0 ? heads.find(({ label }) => NAMES.test(plain(label)))?.at : undefined
  return heads.flatMap((head): ReportColumn[] => {
    const own = kept.get(head.at)
    if (own) return [own]
    if (NUMBER.test(head.label)) return [{ ...head, kind: 'count', holds: 'number' }]
    if (head.at === name) return [{ ...head, kind: 'text', holds: { fact: 'unit' } }]
    if (typeof each !== 'object') return [{ ...head, kind: kindOf(head.label), holds: 'typed' }]
    const field = fields.get(head.at)
    return field === undefined ? [] : [{ ...head, kind: 'text', holds: { field } }]
  })
}

function mayStand(column: ReportColumn, each: Each, list: readonly RecordColumn[]): boolean {
  const word = holdsWord(column.holds)
  if (word === 'number' || word === 'formula') return true
  if (typeof each === 'object') return word === 'field' && list.some(({ name }) => typeof column.holds === 'object' && 'field' in column.holds && column.holds.field === name)
  return each === 'units' ? word === 'indicator' || word === 'opening' || word === 'fact' : false
}
