/** One row of a record with its titles, for a page about it. */
import { computed, type ComputedRef } from 'vue'
import { call } from '../../api/call'
import { useAnswer } from '../../api/queries'
import type { Filter, RecordName } from '../../api/generated'
import type { Titles } from '../../fields/names'
import type { Row } from '../act/declare'

/** A row for a page. */
export interface FoundRow {
  row: ComputedRef<Row | null>
  title: ComputedRef<string>
  refs: ComputedRef<Titles>
  failed: ComputedRef<unknown>
}

/** Asks for a row and keeps it fresh; an id of nought is not known yet. */
export function useFound(record: RecordName, id: () => number, reveal = false): FoundRow {
  const { data, error } = useAnswer('record.get', computed(() => ({ record, id: id(), reveal })), [record], () => id() > 0)
  return { row: computed(() => (data.value?.row as Row | undefined) ?? null), title: computed(() => data.value?.title ?? ''), refs: computed(() => data.value?.refs ?? {}), failed: computed(() => error.value) }
}

/** How many rows a list has. */
export const countRows = async (record: RecordName, filters: Filter[]): Promise<number> => (await call('record.list', { record, filters, limit: 1, count: true })).total ?? 0

/** All rows of a list that is known to be short, page after page, with their titles. */
export async function allRows(record: RecordName, filters: Filter[], order: string[] = []): Promise<{ rows: Row[]; refs: Titles }> {
  const found: { rows: Row[]; refs: Titles } = { rows: [], refs: {} }
  let after: string | null = null
  do {
    const page: Awaited<ReturnType<typeof ask>> = await ask(after)
    found.rows.push(...(page.rows as Row[]))
    for (const [of, titles] of Object.entries(page.refs)) found.refs[of] = { ...found.refs[of], ...titles }
    after = page.next
  } while (after !== null)
  return found

  function ask(from: string | null) {
    return call('record.list', { record, filters, order, after: from, limit: 1000 })
  }
}
