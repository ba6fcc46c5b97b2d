/** The names that values point at: entries of open lists, kept while the program runs; titles of rows, as answers bring them. */
import { useQueries } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../api/call'
import type { TermEntry, TermList } from '../api/generated'
import type { Described } from '../records/describe'
import type { Names } from './look'
import { target } from './look'

/** Titles as answers bring them: by record, then by id. */
export type Titles = Record<string, Record<string, string>>

/** The open lists that a record's fields need. */
const listsOf = (record: Described | undefined): string[] =>
  [...new Set((record?.fields ?? []).filter((field) => field.kind === 'term' || field.kind === 'terms').map(target))]

/** Gives the open lists of a record's fields by their keys. */
export function useLists(record: () => Described | undefined): ComputedRef<Map<string, TermList>> {
  const found = useQueries({
    queries: computed(() => listsOf(record()).map((list) => ({ queryKey: ['term.list', [], { list }], queryFn: () => call('term.list', { list }) }))),
  })
  return computed(() => new Map(found.value.flatMap(({ data }) => (data ? [[data.key, data] as const] : []))))
}

/** Looks names up in lists, and titles in what answers brought. */
export function namesOf(lists: ReadonlyMap<string, TermList>, titles: Titles | ((record: string, id: number) => string)): Names {
  const byCode = new Map([...lists].map(([key, list]) => [key, new Map(list.entries.map((entry) => [entry.code, entry.name]))]))
  return {
    term: (list, code) => byCode.get(list)?.get(code) ?? code,
    title: typeof titles === 'function' ? titles : (record, id) => titles[record]?.[String(id)] ?? '',
  }
}

/** Finds entries by a part of their name, another spelling or the beginning of their code; those that begin with it first. */
export function entriesLike(entries: readonly TermEntry[], text: string): TermEntry[] {
  const sought = text.trim().toLowerCase()
  if (sought === '') return [...entries]
  const called = (entry: TermEntry): string[] => [entry.name, ...entry.aliases].map((name) => name.toLowerCase())
  const fits = entries.filter((entry) => entry.code.toLowerCase().startsWith(sought) || called(entry).some((name) => name.includes(sought)))
  const first = fits.filter((entry) => called(entry).some((name) => name.startsWith(sought)))
  return [...first, ...fits.filter((entry) => !first.includes(entry))]
}
