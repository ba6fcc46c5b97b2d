/** The list of a record's page: its view, its rows, the names that they need. */
import { watchDebounced } from '@vueuse/core'
import { computed, onScopeDispose, provide, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../api/call'
import type { Filter, List } from '../api/generated'
import { useMemory } from '../api/memory'
import { onChanged } from '../api/queries'
import { among } from '../fields/among'
import type { Names } from '../fields/look'
import { namesOf, useLists } from '../fields/names'
import type { Choices } from '../fields/options'
import { fullTitleOf } from '../fields/titles'
import { titleStore, type TitleStore } from '../fields/titleStore'
import { useBlocks, type Blocks } from '../grid/blocks'
import type { Column } from '../grid/columns'
import type { Block } from '../grid/selection'
import { rowCount, rowSpans } from '../grid/selection'
import { columnsOf } from './columns'
import { dependsOn, type Described } from './describe'
import type { Row } from './keys'
import { sourceOf } from './source'
import { asked, fitted, isKept, startView, type Kept, type View } from './view'

/** A record's list. */
export interface RecordList {
  record: Described
  all: ComputedRef<Described[]>
  view: ComputedRef<View>
  ask: ComputedRef<List>
  search: Ref<string>
  unit: Ref<number | null>
  filters: Ref<Filter[]>
  columns: ComputedRef<Column[]>
  blocks: ShallowRef<Blocks>
  names: ComputedRef<Names>
  choices: ComputedRef<Choices>
  titles: TitleStore
  chosen: ShallowRef<Block[]>
  /** Changes columns, widths or order, which are remembered. */
  keep(change: Partial<Kept>): void
  /** Shows another view whole. */
  show(view: View): void
  /** What people call a row, with what tells it from others. */
  titleOf(row: Row): string
  /** The sums of columns over the whole list, as the core adds them up. */
  totalOf(keys: string[]): Promise<Record<string, number>>
  /** The rows that are chosen; null where there are more than `most`. */
  chosenRows(most: number): Promise<Row[] | null>
}

/** How long typing into the search box pauses before it is sought, in milliseconds: the core answers sooner than the next letter comes. */
const PAUSE = 35

/** From so many rows on a list is put in order ahead, and how long it must have stood, in milliseconds. */
const LONG = 20_000
const SETTLED = 700

/** Makes the list of a record. */
export function useList(record: Described, all: ComputedRef<Described[]>, start: Filter[]): RecordList {
  const startKept: Kept = { columns: startView(record).columns, widths: {}, order: [] }
  const kept = useMemory(`list:${record.name}`, { ...startKept } as never, isKept as never) as Ref<Kept>
  const [search, sought, unit] = [ref(''), ref(''), ref<number | null>(null)]
  const filters = shallowRef<Filter[]>(start)
  const veiled = ref(false)
  const view = computed(() => fitted(record, { search: search.value, unit: unit.value, filters: filters.value, veiled: veiled.value, ...kept.value }))
  const ask = computed(() => asked(record, { ...view.value, search: sought.value }))
  watchDebounced(search, (text) => (sought.value = text), { debounce: PAUSE })

  const titles = titleStore()
  const lists = useLists(() => record)
  const names = computed(() => namesOf(lists.value, titles.title))
  const choices = computed<Choices>(() => ({ records: all.value, lists: lists.value }))
  provide(among, choices)
  const columns = computed(() => columnsOf(record, view.value, names.value))

  let source = sourceOf(record, ask.value, titles.hear)
  function newBlocks(): Blocks {
    source = sourceOf(record, ask.value, titles.hear)
    return useBlocks(source.fetch)
  }
  const blocks = shallowRef(newBlocks())
  let coming: (() => void) | null = null
  watch(() => JSON.stringify(ask.value), begin)
  const tables = computed(() => dependsOn(record, all.value))
  onScopeDispose(onChanged((changed) => changed.some((table) => table === '*' || tables.value.has(table)) && renew()))

  /** Shows another list once its first rows are here; what showed before stays until then. */
  function begin(): void {
    const next = newBlocks()
    next.need({ first: 0, end: 1 })
    coming?.()
    coming = watch([next.version, next.failure], () => {
      coming?.()
      blocks.value = next
    })
  }

  function renew(): void {
    source.forget()
    blocks.value.renew()
  }

  let warming: ReturnType<typeof setTimeout> | undefined
  /** The core puts a long list in order once; done before it is asked for, a jump to any row is quick. */
  watch(() => blocks.value.total.value ?? 0, (total) => {
    clearTimeout(warming)
    const warm = (): void => void blocks.value.rows(total - 1, total).catch(() => undefined)
    if (total > LONG && !record.link) warming = setTimeout(warm, SETTLED)
  })
  onScopeDispose(() => clearTimeout(warming))

  const chosen = shallowRef<Block[]>([])
  async function chosenRows(most: number): Promise<Row[] | null> {
    if (rowCount(chosen.value) > most) return null
    const found: Row[] = []
    for (const [from, to] of rowSpans(chosen.value)) {
      for (const row of await blocks.value.rows(from, to + 1)) if (row) found.push(row as Row)
    }
    return found
  }

  async function totalOf(fields: string[]): Promise<Record<string, number>> {
    const { search, unit, filters, veiled } = ask.value
    return (await call('record.sums', { record: record.name, search: search ?? null, unit: unit ?? null, filters: filters ?? [], veiled: veiled ?? false, fields })).sums
  }

  function show(next: View): void {
    const { search: text, unit: place, filters: conditions, columns, widths, order, veiled: hidden } = fitted(record, next)
    veiled.value = hidden ?? false
    search.value = sought.value = text
    unit.value = place
    filters.value = conditions
    kept.value = { columns, widths, order }
  }

  return {
    record,
    all,
    view,
    ask,
    search,
    unit,
    filters,
    columns,
    blocks,
    names,
    choices,
    titles,
    chosen,
    keep: (change) => (kept.value = { ...kept.value, ...change }),
    show,
    titleOf: (row) => fullTitleOf(record, row, names.value),
    totalOf,
    chosenRows,
  }
}
