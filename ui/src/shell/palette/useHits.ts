/** Rows found as one types: each record is asked at once, and each answer shows as soon as it is there. */
import { onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import { call } from '../../api/call'
import type { RecordName } from '../../api/generated'
import type { Described } from '../../records/describe'
import { hitsOf, type Hit } from './entries'

/** The records that are searched, in the order in which their hits show. */
export const SEARCHED: readonly RecordName[] = ['member', 'person', 'unit', 'volunteer', 'station', 'activity']

/** How many hits of each record show. */
const MOST = 5

/** The hits of one record. */
export interface Found {
  record: Described
  hits: Hit[]
}

/** Searches rows for what is typed; the answers to what was typed before are dropped. */
export function useHits(text: Ref<string>, records: Ref<Described[]>): { found: Ref<Found[]>; busy: Ref<boolean> } {
  const found = shallowRef<Found[]>([])
  const busy = shallowRef(false)
  let round = 0

  async function ask(record: Described, search: string, mine: number): Promise<void> {
    const page = await call('record.list', { record: record.name, search, limit: MOST }).catch(() => null)
    if (mine !== round) return
    const hits = page ? hitsOf(record, page.rows, page.refs) : []
    found.value = ordered([...found.value.filter((one) => one.record.name !== record.name), ...(hits.length > 0 ? [{ record, hits }] : [])])
  }
  async function search(typed: string): Promise<void> {
    const mine = (round += 1)
    const sought = typed.trim()
    if (sought === '') found.value = []
    busy.value = sought !== ''
    if (sought === '') return
    await Promise.all(records.value.filter(({ name }) => SEARCHED.includes(name)).map((record) => ask(record, sought, mine)))
    if (mine === round) busy.value = false
  }

  watch(text, (typed) => void search(typed))
  onScopeDispose(() => (round += 1))
  return { found, busy }
}

const ordered = (all: Found[]): Found[] => all.sort((a, b) => SEARCHED.indexOf(a.record.name) - SEARCHED.indexOf(b.record.name))
