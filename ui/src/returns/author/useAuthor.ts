/** A task in the making: the draft, where somebody points, what does not hold together yet. */
import { useDebounceFn } from '@vueuse/core'
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call } from '../../api/call'
import { useAnswer } from '../../api/queries'
import { useRecords } from '../../records/describe'
import { tell } from '../../shell/notices'
import { formOf, type Form } from '../form'
import { taskOnWire, type IndicatorLine, type ReportTable, type TaskFlaw } from '../types'
import { allowed, heldAt, labelAt, packed, pointed, put, summary, type Draft, type DraftSheet, type Held, type Pointed } from './author'
import { columnsOf, type RecordColumn } from './block'

/** A task in the making. */
export interface Author {
  draft: ShallowRef<Draft | null>
  sheet: Ref<number>
  current: ComputedRef<DraftSheet | undefined>
  form: ComputedRef<Form | null>
  /** The place in the blank that is pointed at. */
  place: Ref<string>
  at: ComputedRef<Pointed | null>
  held: ComputedRef<Held | undefined>
  /** The words beside the place, for a label. */
  label: ComputedRef<string>
  indicators: ComputedRef<readonly IndicatorLine[]>
  noIndicators: ComputedRef<boolean>
  /** What the record that makes the rows can put into a column. */
  fields: ComputedRef<readonly RecordColumn[]>
  nameOf(code: string): string
  /** What a cell holds, in a few words. */
  said(holds: Held['holds']): string
  flaws: ShallowRef<readonly TaskFlaw[]>
  changed: Ref<boolean>
  start(draft: Draft): void
  hold(held: Held | null): void
  table(change: (table: ReportTable) => ReportTable): void
  task(part: Partial<Draft['task']>): void
  take(taken: boolean): void
  words(word: Held['holds']): boolean
}

const SETTLE = 700

/** Makes it. */
export function useAuthor(): Author {
  const draft = shallowRef<Draft | null>(null)
  const sheet = ref(0)
  const place = ref('')
  const changed = ref(false)
  const flaws = shallowRef<readonly TaskFlaw[]>([])
  const { data, isError } = useAnswer('indicator.list', {}, [])
  const indicators = computed(() => data.value ?? [])
  const names = computed(() => new Map(indicators.value.map(({ code, label }) => [code, label])))
  const current = computed(() => draft.value?.sheets[sheet.value])
  const { records } = useRecords()
  const fields = computed(() => {
    const each = current.value?.table.block?.each
    return typeof each === 'object' ? columnsOf(records.value, each.record) : []
  })
  const nameOf = (code: string): string => names.value.get(code) ?? code
  const form = computed(() => (current.value ? formOf(current.value.blank, current.value.table, { cells: {}, lines: [{ key: '', values: [] }] }) : null))
  const at = computed(() => (current.value && place.value ? pointed(current.value.table, place.value) : null))
  const look = useDebounceFn(async () => {
    if (draft.value) flaws.value = (await call('task.check', { task: taskOnWire(packed(draft.value, false)) }).catch(tell)) ?? []
  }, SETTLE)
  watch(draft, () => void look())
  watch(sheet, () => (place.value = ''), { flush: 'sync' })

  function set(next: Draft): void {
    draft.value = next
    changed.value = true
  }
  function onSheet(change: (now: DraftSheet) => DraftSheet): void {
    const now = draft.value
    if (now) set({ ...now, sheets: now.sheets.map((one, index) => (index === sheet.value ? change(one) : one)) })
  }
  const table: Author['table'] = (change) => onSheet((now) => ({ ...now, taken: true, table: change(now.table) }))
  return {
    draft, sheet, current, form, place, at, indicators, fields, nameOf, flaws, changed, table,
    noIndicators: computed(() => isError.value),
    said: (holds) => summary(holds, nameOf, (name) => fields.value.find((one) => one.name === name)?.label ?? name),
    held: computed(() => (current.value && at.value ? heldAt(current.value.table, at.value) : undefined)),
    label: computed(() => (current.value && at.value ? labelAt(current.value.blank, at.value, current.value.table.block?.header_row ?? 0) : '')),
    start(next) {
      draft.value = next
      sheet.value = Math.max(0, next.sheets.findIndex(({ taken }) => taken))
      place.value = ''
      changed.value = false
    },
    hold: (held) => at.value && table((now) => (at.value ? put(now, at.value, held) : now)),
    task: (part) => draft.value && set({ ...draft.value, task: { ...draft.value.task, ...part } }),
    take: (taken) => onSheet((now) => ({ ...now, taken })),
    words: (word) => at.value !== null && allowed(at.value, current.value?.table.block?.each).includes(typeof word === 'string' ? word : (Object.keys(word)[0] as 'indicator')),
  }
}
