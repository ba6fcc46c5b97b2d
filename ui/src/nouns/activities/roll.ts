/** The list of those who took part in an activity: what is stored comes in pages as it is looked at, what is not stored yet stands above it. */
import { computed, onScopeDispose, shallowRef, watch, type ComputedRef } from 'vue'
import { call } from '../../api/call'
import { onChanged } from '../../api/queries'
import type { Filter } from '../../api/generated'
import { useBlocks, type Blocks } from '../../grid/blocks'
import type { Span } from '../../grid/geometry'
import { walked } from '../../records/source'
import { tell } from '../../shell/notices'
import type { Row } from '../act/declare'
import type { SheetRow } from '../sheet/cells'

/** A name to put on the list. */
export interface Named {
  id: number
  name: string
  note: string
}

/** What is not stored yet. */
export interface Change {
  added: readonly SheetRow[]
  removed: ReadonlySet<number>
}

const NONE: Change = { added: [], removed: new Set() }

/** Puts names on the list; those who are `there` already stay, or come back where they were to be removed. Pure. */
export function withNames({ added, removed }: Change, some: readonly Named[], there: ReadonlySet<number>): Change {
  const waiting = new Set(added.map((row) => row.id))
  const fresh = some.filter((one, at) => !there.has(one.id) && !waiting.has(one.id) && some.findIndex((other) => other.id === one.id) === at)
  const again = new Set(some.map((one) => one.id))
  return {
    added: [...added, ...fresh.map(({ id, name, note }): SheetRow => ({ id, name, member: null, note, state: 'added' }))],
    removed: new Set([...removed].filter((id) => !again.has(id))),
  }
}

/** Takes rows off the list: those that are not stored vanish, the others are to be removed. Pure. */
export function withoutRows({ added, removed }: Change, rows: readonly SheetRow[]): Change {
  const chosen = new Set(rows.map((row) => row.id))
  const stored = rows.filter((row) => row.state !== 'added').map((row) => row.id)
  return { added: added.filter((row) => !chosen.has(row.id)), removed: new Set([...removed, ...stored]) }
}

/** The list on the screen. */
export interface Roll {
  blocks: Blocks
  change: ComputedRef<Change>
  /** How many names are not stored yet as they stand. */
  changed: ComputedRef<number>
  /** Puts names on the list; gives how many of them were on it. */
  add(some: readonly Named[]): Promise<number>
  drop(rows: readonly SheetRow[]): void
  undo(): void
  redo(): void
  /** Begins anew with what is stored. */
  start(): void
}

/** How many names are looked up together. */
const AT_ONCE = 200
const of = (activity: number): Filter => ({ field: 'activity', op: 'is', value: activity })

/** Which of these people are on an activity's stored list. */
async function onList(activity: number, people: readonly number[]): Promise<Set<number>> {
  const found = new Set<number>()
  for (let at = 0; at < people.length; at += AT_ONCE) {
    const value = people.slice(at, at + AT_ONCE)
    const { rows } = await call('record.list', { record: 'participation', filters: [of(activity), { field: 'person', op: 'in', value }], limit: AT_ONCE })
    for (const row of rows as Row[]) found.add(Number(row.person))
  }
  return found
}

/** Makes the list of an activity. */
export function useRoll(activity: () => number): Roll {
  const names = new Map<number, string>()
  const begin = () =>
    walked({ record: 'participation', filters: [of(activity())] }, ({ person = {} }) => Object.entries(person).forEach(([id, name]) => names.set(Number(id), name)))
  let source = begin()
  const stored = useBlocks((at, limit) => source.fetch(at, limit))
  const change = shallowRef<Change>(NONE)
  let [past, future]: [Change[], Change[]] = [[], []]

  const [total, version] = [shallowRef<number | null>(null), shallowRef(0)]
  watch([stored.total, stored.version, change], () => {
    total.value = stored.total.value === null ? null : stored.total.value + change.value.added.length
    version.value += 1
  }, { immediate: true, flush: 'sync' })

  function rowOf(row: Row | undefined): SheetRow | undefined {
    const id = Number(row?.person)
    return row && { id, name: names.get(id) ?? '', member: row.member ?? null, note: null, state: change.value.removed.has(id) ? 'removed' : 'kept' }
  }
  const above = (): number => change.value.added.length
  const row = (at: number): SheetRow | undefined => change.value.added[at] ?? rowOf(stored.row(at - above()) as Row | undefined)
  const below = (at: number): number => Math.max(0, at - above())
  const need = ({ first, end }: Span): void => stored.need({ first: below(first), end: below(end) })
  async function rows(first: number, end: number): Promise<(SheetRow | undefined)[]> {
    const found = await stored.rows(below(first), below(end))
    return [...change.value.added.slice(first, end), ...found.map((one) => rowOf(one as Row | undefined))]
  }

  function put(next: Change): void {
    past.push(change.value)
    future = []
    change.value = next
  }
  function back(from: Change[], to: Change[]): void {
    const next = from.pop()
    if (!next) return
    to.push(change.value)
    change.value = next
  }
  function renew(): void {
    source = begin()
    stored.renew()
  }
  function start(): void {
    ;[past, future] = [[], []]
    change.value = NONE
    renew()
  }
  async function add(some: readonly Named[]): Promise<number> {
    const there = await onList(activity(), some.map((one) => one.id))
    const before = above()
    put(withNames(change.value, some, there))
    return some.length - (above() - before)
  }

  const changed = computed(() => change.value.added.length + change.value.removed.size)
  onScopeDispose(onChanged((tables) => tables.includes('participation') && renew()))
  watch(activity, start)
  stored.rows(0, 1).catch(tell)
  return {
    blocks: { ...stored, total, version, row, need, rows },
    change: computed(() => change.value),
    changed,
    add,
    drop: (gone) => put(withoutRows(change.value, gone)),
    undo: () => back(past, future),
    redo: () => back(future, past),
    start,
  }
}
