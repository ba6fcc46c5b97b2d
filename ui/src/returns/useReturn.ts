/** One return on the screen: what it says, its forms, what stands beside, what is typed. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { refusalOf, type Refusal } from '../api/call'
import { useAnswer, write } from '../api/queries'
import { tell } from '../shell/notices'
import { beside, derived, formOf, ROWS, spotOf, type Blank, type Form, type ValueAt } from './form'
import { TABLES } from './scope'
import { isFrozen } from './states'
import { valueOnWire, type BrokenCheck, type ReportSheet, type ReportTable, type ReportValue, type ReportValues, type ReturnView } from './types'
import { lockOf, read } from './values'
import { may, whyNot } from '../shell/rights'

/** What stands beside each value. */
export type Beside = '' | 'last' | 'year_ago' | 'today'

/** The choices of what stands beside, in words. */
export const BESIDE: readonly (readonly [Beside, string])[] = [['', '不对照'], ['last', '上期'], ['year_ago', '去年同期'], ['today', '今天的数']]

/** A text that could not be taken, with the reason. */
export interface Unread {
  text: string
  fault: string
}

/** A return. */
export interface ReturnState {
  view: ShallowRef<ReturnView | null>
  refusal: ComputedRef<Refusal | null>
  sheet: Ref<number>
  table: ComputedRef<ReportTable | undefined>
  own: ComputedRef<ReportSheet | undefined>
  form: ComputedRef<Form | null>
  most: Ref<number>
  compare: Ref<Beside>
  /** Whether the numbers of a roster's people are shown in full, which the log of disclosures has each time. */
  reveal: Ref<boolean>
  /** Whether there are such numbers. */
  hasSecrets: ComputedRef<boolean>
  /** The checks that do not hold, by the cells that they concern. */
  broken: ComputedRef<Map<string, BrokenCheck[]>>
  unread: Ref<Map<string, Unread>>
  besideOf(cell: ValueAt, which: Exclude<Beside, ''>): ReportValue | undefined
  lock(cell: ValueAt): string
  commit(cell: ValueAt, text: string): Promise<boolean>
  typeValue(cell: ValueAt, value: ReportValue): Promise<boolean>
}

/** The cells of the return itself that checks concern. */
export function concerned(broken: readonly BrokenCheck[]): Map<string, BrokenCheck[]> {
  const found = new Map<string, BrokenCheck[]>()
  for (const check of broken) {
    for (const place of check.places.filter(({ of }) => of === 'now')) {
      const spot = spotOf(place.sheet, place.at, place.line)
      found.set(spot, [...(found.get(spot) ?? []), check])
    }
  }
  return found
}

/** Whether a sheet's lines have numbers that are masked: three digits or more under stars. */
export const hidesNumbers = (sheet: ReportSheet): boolean => (sheet.lines ?? []).some((line) => line.values.some((value) => typeof value === 'string' && value.includes('***')))

/** Watches a return. */
export function useReturn(id: () => number): ReturnState {
  const client = useQueryClient()
  const compare = ref<Beside>('')
  const reveal = ref(false)
  const sheet = ref(0)
  const most = ref(ROWS)
  const unread = ref(new Map<string, Unread>())
  const view = shallowRef<ReturnView | null>(null)
  const ask = computed(() => ({ id: id(), today: compare.value === 'today', reveal: reveal.value }))
  const { data, error } = useAnswer('return.view', ask, TABLES)
  const form_ask = computed(() => ({ key: view.value?.task.key ?? '', version: view.value?.task.version ?? null }))
  const { data: blanks } = useAnswer('task.form', form_ask, ['task'], () => view.value !== null)
  watch(data, (now) => now && (view.value = now), { immediate: true })
  watch(id, () => {
    view.value = null
    reveal.value = false
    unread.value = new Map()
    ;[sheet.value, most.value] = [0, ROWS]
  })
  const table = computed(() => view.value?.task.tables[sheet.value])
  const own = computed(() => view.value?.content.values.sheets[sheet.value])
  const blank = computed<Blank | null>(() => (table.value && view.value ? (blanks.value?.find((one) => one.sheet === table.value?.sheet) ?? derived(view.value.task, table.value)) : null))
  const form = computed(() => (blank.value && table.value ? formOf(blank.value, table.value, own.value, most.value, isFrozen(view.value?.state ?? '') ? 0 : 1) : null))
  const hasSecrets = computed(() => reveal.value || (view.value?.content.values.sheets ?? []).some(hidesNumbers))
  const other = (which: Exclude<Beside, ''>): ReportValues | null | undefined => view.value?.[which]

  async function store(work: Promise<unknown>): Promise<boolean> {
    return work.then(() => true, (failure) => (tell(failure), false))
  }
  function typeValue(cell: ValueAt, value: ReportValue): Promise<boolean> {
    if (cell.address !== '') return store(write(client, 'return.type_in', { id: id(), at: cell.address, value: valueOnWire(value) }))
    const width = table.value?.block?.columns.length ?? 0
    const rows = (own.value?.lines ?? []).map((line) => [...line.values])
    while (rows.length <= (cell.line ?? 0)) rows.push(Array<ReportValue>(width).fill(null))
    const row = rows[cell.line ?? 0]
    if (row) row[cell.at] = value
    const kept = rows.filter((one, at) => one.some((each) => each !== null) || at < rows.length - 1)
    return store(write(client, 'return.type_rows', { id: id(), sheet: cell.sheet, rows: kept.map((one) => one.map(valueOnWire)) }))
  }
  function lock(cell: ValueAt): string {
    if (!view.value) return '正在读取。'
    if (!may('enter')) return whyNot('enter')
    if (isFrozen(view.value.state)) return `这份报表${view.value.state_label}，不再改变；数有变动时请用“更正”另做一版。`
    const rows = cell.line !== null && cell.address === '' && table.value?.block?.each !== 'typed'
    return rows ? '这一行来自台账，请在台账里修改。' : lockOf(cell.holds)
  }
  async function commit(cell: ValueAt, text: string): Promise<boolean> {
    const meant = read(cell.kind, text)
    const now = new Map(unread.value)
    if ('fault' in meant) {
      unread.value = now.set(cell.spot, { text, fault: meant.fault })
      return false
    }
    now.delete(cell.spot)
    unread.value = now
    return meant.value === cell.value ? true : typeValue(cell, meant.value)
  }
  return {
    view, sheet, table, own, form, most, compare, reveal, hasSecrets, unread, lock, commit, typeValue,
    refusal: computed(() => (error.value ? refusalOf(error.value) : null)),
    broken: computed(() => concerned(view.value?.audit.broken ?? [])),
    besideOf: (cell, which) => (table.value ? beside(cell, table.value, own.value, other(which)?.sheets[sheet.value]) : undefined),
  }
}
