/** What a guided act is: its words, its fields, the command that carries it out. One declaration makes a dialog. */
import type { QueryClient } from '@tanstack/vue-query'
import { Refusal } from '../../api/call'
import type { Commands, Fault, Json, RecordName, Written } from '../../api/generated'
import { write, type Writing } from '../../api/queries'
import type { Described, Field } from '../../records/describe'
import type { Row } from '../../records/keys'

export type { Row }

/** What was filled in, by the names of the act's fields, in the wire's form: fen, minutes, days, ids, words. */
export type Values = Readonly<Record<string, Json>>

/** A field of an act. Its label, kind and limits are those of a record's field, as the core describes it. */
export interface ActField {
  /** Its name in the act's values. */
  name: string
  /** The record's field that it is like, `change.day`; a field of no record describes itself in `own`. */
  like?: `${RecordName}.${string}`
  own?: Pick<Field, 'label' | 'kind'> & Partial<Field>
  /** Another label than the record's. */
  label?: string
  required?: boolean
  /** A sentence under the field. */
  hint?: string
  /** What it holds at first; `today` stands for the day at the office. */
  start?: Json | 'today' | ((rows: readonly Row[]) => Json)
  /** When it shows; a field that does not show is empty. */
  when?: (values: Values, rows: readonly Row[]) => boolean
}

/** A number that people should see before they decide. */
export interface Fact {
  label: string
  text: string
}

/** What the core says of an act before it is decided. */
export interface Before {
  /** Rows that it would be refused for, each with the whole sentence of the refusal. */
  unfit: { row: Row; why: string }[]
  facts: Fact[]
  /** Words one of which is typed first, where what is done cannot be taken back; none where nothing is asked. */
  words: string[]
}

/** What an act is told of the page. */
export interface Told {
  client: QueryClient
  /** The words of a field's value. */
  word(name: string): string
  /** What people call a row. */
  title(row: Row): string
}

/** A row that an act was refused for. */
export interface Left {
  row: Row
  refusal: Refusal
}

/** What an act did. */
export interface Outcome {
  /** The steps to take back, the first one first. */
  steps: number[]
  /** A sentence. */
  said: string
  warnings: Fault[]
  left: Left[]
  /** Whether the dialog stays open, because the user changed their mind. */
  stays?: boolean
}

/** A guided act. */
export interface Act {
  title: string
  /** The words of the button that does it. */
  button: string
  fields: readonly ActField[]
  /** Whether the chosen rows are what one act is about, not one act each. */
  together?: true
  /** Whether it cannot be taken back. */
  danger?: true
  /** Asks the core, before anything is decided, for which rows it would be refused. */
  before?: (rows: readonly Row[]) => Promise<Before>
  /** Says why a chosen row is left out; empty where it is not. */
  unfit?: (row: Row) => string
  /** Numbers to see before deciding, asked anew when these fields change. */
  facts?: { of: readonly string[]; ask: (values: Values, rows: readonly Row[]) => Promise<Fact[]> }
  /** The sentence of what will happen. */
  tells: (values: Values, rows: readonly Row[], told: Told) => string
  /** Says what is wrong before anything is sent, by the field's name. */
  judge?: (values: Values, rows: readonly Row[]) => Record<string, string>
  run: (values: Values, rows: readonly Row[], told: Told) => Promise<Outcome>
}

type Payload<K extends Writing> = Commands[K]['payload']
type Value<K extends Writing> = Commands[K]['answer'] extends Written<infer V> ? V : never

const stepsOf = (written: Written<unknown>): number[] => (written.step === null ? [] : [written.step])

/** Runs one command for all rows together. */
export function once<K extends Writing>(
  command: K,
  payload: (values: Values, rows: readonly Row[]) => Payload<K>,
  said: (value: Value<K>, values: Values, rows: readonly Row[], told: Told) => string,
): Act['run'] {
  return async (values, rows, told) => {
    const written = (await write(told.client, command, payload(values, rows))) as Written<Value<K>>
    return { steps: stepsOf(written), said: said(written.value, values, rows, told), warnings: warningsOf(written.value), left: [] }
  }
}

function warningsOf(value: unknown): Fault[] {
  const found = typeof value === 'object' && value !== null && 'warnings' in value ? value.warnings : []
  return Array.isArray(found) ? (found as Fault[]) : []
}

/** Runs one command for each row, as one step; rows that are refused are told, the others are done. A single row's refusal stands at its fields. */
export function each<K extends Writing>(
  command: K,
  payload: (values: Values, row: Row) => Payload<K>,
  said: (done: number) => string,
): Act['run'] {
  return async (values, rows, told) => {
    const written = await write(told.client, 'step.together', { command, payloads: rows.map((row) => payload(values, row) as Json) })
    const left = written.value.flatMap(({ at, report }) => (rows[at] ? [{ row: rows[at], refusal: new Refusal(report) }] : []))
    if (rows.length === 1 && left[0]) throw left[0].refusal
    const done = rows.length - left.length
    return { steps: stepsOf(written), said: done > 0 ? said(done) : '', warnings: [], left }
  }
}

/** Gives the description of an act's field. */
export function fieldOf(act: ActField, records: readonly Described[]): Field {
  const [record = '', name = ''] = (act.like ?? '').split('.')
  const like = records.find((one) => one.name === record)?.fields.find((field) => field.name === name)
  const plain: Field = { name: act.name, label: act.name, help: '', kind: 'text', of: null, required: false, max: null, section: '', listed: false, filter: false, search: false, secret: false }
  const found = { ...plain, ...like, ...act.own, name: act.name }
  return { ...found, label: act.label ?? found.label, required: act.required ?? false }
}

/** The id in a value. */
export const id = (value: Json | undefined): number => (typeof value === 'number' ? value : 0)
/** The id in a value, or nothing. */
export const idOrNone = (value: Json | undefined): number | null => (typeof value === 'number' ? value : null)
/** The text in a value; nothing where it is empty. */
export const text = (value: Json | undefined): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)
/** The day in a value, or the empty text, which the core refuses. */
export const day = (value: Json | undefined): string => text(value) ?? ''
/** The codes in a value. */
export const list = (value: Json | undefined): string[] => (Array.isArray(value) ? value.map(String) : [])
/** Whether a value is yes. */
export const yes = (value: Json | undefined): boolean => value === true
