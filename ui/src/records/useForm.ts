/** The form of a row: what it holds, what was changed, what is wrong with it. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, onScopeDispose, provide, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call, refusalOf } from '../api/call'
import type { Fault, Json } from '../api/generated'
import { onChanged, write } from '../api/queries'
import { among } from '../fields/among'
import { sent, type Names } from '../fields/look'
import { namesOf, useLists, type Titles } from '../fields/names'
import type { Choices } from '../fields/options'
import { fullTitleOf } from '../fields/titles'
import { say, tell } from '../shell/notices'
import { startsOf } from './acts'
import type { Described, Field } from './describe'
import type { Row, RowKey } from './keys'

/** A form. */
export interface Form {
  /** The row that is shown; null for a new one. */
  key: Ref<RowKey | null>
  /** What people call it. */
  title: Ref<string>
  /** The same with what else tells it apart. */
  full: ComputedRef<string>
  values: ShallowRef<Row>
  names: ComputedRef<Names>
  /** What is wrong, by field; the empty name is the whole record. */
  faults: ShallowRef<Fault[]>
  /** The row that it belongs to, where that is veiled: kept and no longer used. */
  veiled: Ref<number | null>
  /** The row that it belongs to, where that was emptied: counted as before and no longer changed. */
  emptied: Ref<number | null>
  isChanged: ComputedRef<boolean>
  saving: Ref<boolean>
  reveal: Ref<boolean>
  set(field: Field, value: Json, words: string): void
  isTouched(field: string): boolean
  /** Stores what changed; says whether it was taken. What was typed stays where it was not. */
  save(): Promise<boolean>
  /** Begins a new row. */
  blank(): void
  /** Begins a new row with this one's values, without what tells it apart. */
  duplicate(): Promise<void>
}

/** The values that a new row begins with. */
const startValues = (record: Described): Row => ({
  ...Object.fromEntries(record.fields.filter((field) => field.kind === 'bool' && field.required).map((field) => [field.name, false])),
  ...startsOf(record.name),
})

/** What was typed, in the form that the core reads: full-width digits narrowed, days written out. */
function wired(record: Described, given: Row): Record<string, Json> {
  const wire = (name: string, value: Json): Json => {
    const field = record.fields.find((one) => one.name === name)
    return field && typeof value === 'string' ? sent(field, value) : value
  }
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, wire(name, value)]))
}

/** Makes the form of a row. */
export function useForm(record: Described, all: () => readonly Described[], row: Ref<RowKey | null>): Form {
  const client = useQueryClient()
  const lists = useLists(() => record)
  const key = ref(row.value) as Ref<RowKey | null>
  const [title, saving, reveal] = [ref(''), ref(false), ref(false)]
  const [veiled, emptied] = [ref<number | null>(null), ref<number | null>(null)]
  const [stored, touched, refs] = [shallowRef<Row>(startValues(record)), shallowRef<Record<string, Json>>({}), shallowRef<Titles>({})]
  const faults = shallowRef<Fault[]>([])

  const names = computed(() => namesOf(lists.value, refs.value))
  const full = computed(() => (title.value ? fullTitleOf(record, stored.value, names.value) : ''))
  const values = computed<Row>(() => ({ ...stored.value, ...touched.value }))
  const isChanged = computed(() => Object.keys(touched.value).length > 0)
  provide(among, computed<Choices>(() => ({ records: all(), lists: lists.value })))

  async function read(): Promise<void> {
    if (key.value === null) return
    const found = await call('record.get', { record: record.name, id: key.value, reveal: reveal.value })
    stored.value = found.row as Row
    title.value = found.title
    veiled.value = found.veiled ?? null
    emptied.value = found.emptied ?? null
    refs.value = { ...refs.value, ...found.refs }
  }

  watch([row, reveal], () => {
    key.value = row.value ?? key.value
    touched.value = {}
    faults.value = []
    void read().catch(tell)
  }, { immediate: true })

  /** What an act or an undo changed shows at once; what is being typed stands. */
  onScopeDispose(onChanged((tables) => tables.includes(record.name) && !isChanged.value && !saving.value && void read().catch(tell)))

  function set(field: Field, value: Json, words: string): void {
    const given = value === '' ? null : value
    const before = stored.value[field.name] ?? null
    const others = Object.fromEntries(Object.entries(touched.value).filter(([name]) => name !== field.name))
    touched.value = JSON.stringify(given) === JSON.stringify(before) ? others : { ...others, [field.name]: given }
    faults.value = faults.value.filter((fault) => fault.field !== field.name)
    if (field.kind === 'ref' && typeof given === 'number') remember(String(field.of), given, words)
  }

  const remember = (of: string, id: number, words: string): void => {
    refs.value = { ...refs.value, [of]: { ...refs.value[of], [String(id)]: words } }
  }

  async function save(): Promise<boolean> {
    if (saving.value || (key.value !== null && !isChanged.value)) return !saving.value
    saving.value = true
    const [fresh, given] = [key.value === null, key.value === null ? values.value : touched.value]
    try {
      const { value } = await write(client, 'record.save', { record: record.name, id: key.value, values: wired(record, given) })
      key.value = value.id
      touched.value = {}
      faults.value = value.warnings
      await read()
      say(`已${fresh ? '新增' : '保存'}“${title.value}”。`)
      return true
    } catch (error) {
      const refusal = refusalOf(error)
      faults.value = refusal.faults
      if (refusal.faults.length === 0) tell(refusal)
      return false
    } finally {
      saving.value = false
    }
  }

  function blank(): void {
    key.value = null
    stored.value = startValues(record)
    touched.value = {}
    title.value = ''
    veiled.value = emptied.value = null
  }

  async function duplicate(): Promise<void> {
    if (key.value === null) return
    const found = await call('record.get', { record: record.name, id: key.value, reveal: true })
    const apart = new Set(['id', ...(record.link ? [] : record.key)])
    const skip = record.fields.filter((field) => field.kind === 'entered' || apart.has(field.name)).map((field) => field.name)
    const kept = Object.entries(found.row as Row).filter(([name, value]) => name !== 'id' && value !== null && !skip.includes(name))
    blank()
    touched.value = Object.fromEntries(kept)
  }

  return { key, title, full, values, names, faults, veiled, emptied, isChanged, saving, reveal, set, isTouched: (field) => field in touched.value, save, blank, duplicate }
}
