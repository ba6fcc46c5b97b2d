/** Finding the people that pasted lines name. */
import { call } from '../../api/call'
import type { Row } from '../act/declare'
import { meant, type Candidate, type Line } from './lines'

/** Someone who was found, with words that tell him from others. */
export interface Known extends Candidate {
  note: string
}

/** A line and whom it may mean: one is found, none or several are asked about. */
export interface Match {
  line: Line
  found: Known[]
}

/** How many lines are sought at once, and how many people of one name are looked at. */
const AT_ONCE = 6
const MOST = 50

const known = (row: Row): Known => ({
  id: Number(row.id),
  name: String(row.name ?? ''),
  numbers: [String(row.id_number ?? ''), String(row.phone ?? '')].filter(Boolean),
  note: [row.birth, row.id_number, row.phone, row.employer].filter(Boolean).map(String).join(' · '),
})

/** Finds people by a name, or by a number where there is no name. */
export async function people(text: string): Promise<Known[]> {
  const { rows } = await call('record.list', { record: 'person', search: text, limit: MOST })
  return (rows as Row[]).map(known)
}

async function match(line: Line): Promise<Match> {
  const named = await people(line.name || line.number)
  return { line, found: line.name ? meant(line, named) : named }
}

/** Adds the union that each of several people of one name belongs to. */
async function told(one: Match): Promise<Match> {
  if (one.found.length < 2) return one
  const { rows, refs } = await call('record.list', { record: 'member', filters: [{ field: 'person', op: 'in', value: one.found.map(({ id }) => id) }], limit: 100 })
  const unions = new Map((rows as Row[]).map((row) => [Number(row.person), refs.unit?.[String(row.unit)] ?? '']))
  return { ...one, found: one.found.map((person) => ({ ...person, note: [unions.get(person.id), person.note].filter(Boolean).join(' · ') })) }
}

/** Finds whom each line means; `count` is told how many were looked up. */
export async function matches(lines: readonly Line[], count: (done: number) => void): Promise<Match[]> {
  const found: Match[] = []
  for (let at = 0; at < lines.length; at += AT_ONCE) {
    found.push(...(await Promise.all(lines.slice(at, at + AT_ONCE).map(async (line) => told(await match(line))))))
    count(found.length)
  }
  return found
}
