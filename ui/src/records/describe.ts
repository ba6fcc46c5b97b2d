/** What the core says of its records: labels, fields, kinds. Every form, grid and filter is drawn from it. */
import { computed, type ComputedRef } from 'vue'
import { useAnswer } from '../api/queries'
import type { RecordName } from '../api/generated'

/** The kinds of fields. */
export type KindWord = 'text' | 'int' | 'bool' | 'day' | 'money' | 'minutes' | 'degrees' | 'entered' | 'code' | 'term' | 'terms' | 'ref'

/** An entry of a closed list. */
export interface CodeEntry {
  word: string
  label: string
}

/** A field of a record. */
export interface Field {
  name: string
  label: string
  /** A sentence that helps to fill it in. */
  help: string
  kind: KindWord
  /** The entries of a closed list, the key of an open list, or the record that is referred to. */
  of: CodeEntry[] | string | null
  required: boolean
  /** The longest text, in characters. */
  max: number | null
  /** The form's section. */
  section: string
  /** Whether the grid shows it unasked. */
  listed: boolean
  /** Whether the filter bar offers it first. */
  filter: boolean
  search: boolean
  /** Whether it is masked unless asked for. */
  secret: boolean
}

/** A record. */
export interface Described {
  name: RecordName
  label: string
  help: string
  order: string[]
  key: string[]
  /** The field that places it in the unit tree, or empty. */
  unit: string
  /** The fields that acts alone write; `*` stands for all of them. */
  kept: string[]
  /** Whether its key is its first two fields instead of an id. */
  link: boolean
  view: boolean
  fields: Field[]
}

/** Gives all records, in the order of the modules. */
export function useRecords(): { records: ComputedRef<Described[]>; failed: ComputedRef<unknown> } {
  const { data, error } = useAnswer('record.describe', {}, [])
  return { records: computed(() => (data.value ?? []) as unknown as Described[]), failed: computed(() => error.value) }
}

/** Gives one record's description once it is known. */
export function useDescribed(name: () => string): ComputedRef<Described | undefined> {
  const { records } = useRecords()
  return computed(() => records.value.find((record) => record.name === name()))
}

/** The tables that what a list shows comes from: its own, and those that its references lead to. */
export function dependsOn(record: Described, all: readonly Described[]): Set<string> {
  const found = new Set<string>([record.name])
  for (const name of found) {
    const fields = all.find((one) => one.name === name)?.fields ?? []
    for (const field of fields) if (field.kind === 'ref') found.add(String(field.of))
  }
  return found
}

/** The fields of other records that refer to a record. */
export function childrenOf(record: Described, all: readonly Described[]): { record: Described; field: Field }[] {
  return all.flatMap((child) => child.fields.filter((field) => field.kind === 'ref' && field.of === record.name).map((field) => ({ record: child, field })))
}
