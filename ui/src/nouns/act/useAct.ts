/** An act in its dialog: what is filled in, what is wrong, what it did. */
import { useQueryClient } from '@tanstack/vue-query'
import { computed, provide, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { call, refusalOf, type Refusal } from '../../api/call'
import type { Fault, Json } from '../../api/generated'
import { useAnswer } from '../../api/queries'
import { among } from '../../fields/among'
import { shown, type Names } from '../../fields/look'
import { namesOf, useLists, type Titles } from '../../fields/names'
import type { Choices } from '../../fields/options'
import { useRecords, type Described, type Field } from '../../records/describe'
import { say } from '../../shell/notices'
import { keyOf, type RowKey } from '../../records/keys'
import { fieldOf, type Act, type Fact, type Left, type Row, type Told, type Values } from './declare'
import { undoAll } from './undo'
import { useBefore, type Asked } from './useBefore'
import { settled } from './values'

/** How many rows are named in the dialog. */
export const NAMED = 8

/** An act that is being filled in. */
export interface Filling {
  fields: ComputedRef<Field[]>
  hint(name: string): string
  values: ComputedRef<Values>
  names: ComputedRef<Names>
  /** What is wrong, by field. */
  faults: ShallowRef<Fault[]>
  /** What was refused that is no single field's. */
  refusal: ShallowRef<Refusal | null>
  /** The rows that it is for, those it was done for taken out. */
  rows: ShallowRef<readonly Row[]>
  unfit: ComputedRef<{ row: Row; why: string }[]>
  left: ShallowRef<Left[]>
  facts: ComputedRef<Fact[]>
  /** What the core says before it is decided. */
  before: Asked
  sentence: ComputedRef<string>
  busy: Ref<boolean>
  title(row: Row): string
  set(field: Field, value: Json, words: string): void
  /** Carries it out; says whether all of it was done. */
  run(): Promise<boolean>
}

/** Fills in an act for the chosen rows of a record. */
export function useAct(act: Act, record: () => Described | undefined, given: readonly Row[]): Filling {
  const client = useQueryClient()
  const { records } = useRecords()
  const { data: desk } = useAnswer('desk.state', {}, ['*'])
  const [typed, refs, faults] = [shallowRef<Record<string, Json>>({}), shallowRef<Titles>({}), shallowRef<Fault[]>([])]
  const [refusal, left, own] = [shallowRef<Refusal | null>(null), shallowRef<Left[]>([]), shallowRef<Fact[]>([])]
  const facts = computed(() => [...own.value, ...before.facts.value])
  const busy = ref(false)
  const titles = shallowRef(new Map<string, string>())

  const unfit = computed(() => given.flatMap((row) => (act.unfit?.(row) ? [{ row, why: act.unfit(row) }] : [])))
  const rows = shallowRef<readonly Row[]>(given.filter((row) => !act.unfit?.(row)))
  const before = useBefore(act, rows)
  const raw = computed<Values>(() => ({ ...starts(act, given, desk.value?.today ?? ''), ...typed.value }))
  const seen = computed(() => act.fields.filter((field) => field.when?.(raw.value, rows.value) ?? true))
  const fields = computed(() => seen.value.map((field) => fieldOf(field, records.value)))
  const values = computed<Values>(() => Object.fromEntries(seen.value.map(({ name }) => [name, raw.value[name] ?? null])))
  const lists = useLists(() => ({ fields: act.fields.map((field) => fieldOf(field, records.value)) }) as Described)
  const names = computed(() => namesOf(lists.value, refs.value))
  provide(among, computed<Choices>(() => ({ records: records.value, lists: lists.value })))

  const keyText = (row: Row): string => String(record() ? keyOf(record() as Described, row) : row.id)
  const title = (row: Row): string => ownName(row) || (titles.value.get(keyText(row)) ?? '')
  const word = (name: string): string => {
    const field = fields.value.find((one) => one.name === name)
    return field ? shown(field, values.value[name], names.value) : ''
  }
  const told: Told = { client, word, title }
  const sentence = computed(() => (rows.value.length === 0 && given.length > 0 ? '' : act.tells(values.value, rows.value, told)))

  async function entitle(some: readonly Row[]): Promise<void> {
    const of = record()
    if (!of) return
    for (const row of some.filter((one) => !ownName(one) && !titles.value.has(keyText(one)))) {
      const found = await call('record.get', { record: of.name, id: keyOf(of, row) as RowKey }).catch(() => null)
      if (found) titles.value = new Map([...titles.value, [keyText(row), found.title]])
    }
  }
  watch(record, () => void entitle([...given.slice(0, NAMED), ...unfit.value.slice(0, NAMED).map((one) => one.row)]), { immediate: true })

  /** The titles of what the act begins with. */
  watch(fields, async (now) => {
    for (const field of now.filter((one) => one.kind === 'ref')) {
      const [of, value] = [String(field.of), values.value[field.name]]
      if (typeof value !== 'number' || refs.value[of]?.[String(value)]) continue
      const found = await call('record.get', { record: of as Described['name'], id: value }).catch(() => null)
      if (found) remember(of, value, found.title)
    }
  }, { immediate: true })

  const factsOf = computed(() => JSON.stringify((act.facts?.of ?? []).map((name) => values.value[name])))
  watch([factsOf, rows], async () => {
    const asked = factsOf.value
    const found = act.facts ? await act.facts.ask(values.value, rows.value).catch(() => []) : []
    if (asked === factsOf.value) own.value = found
  }, { immediate: true })

  const remember = (of: string, key: number, words: string): void => void (refs.value = { ...refs.value, [of]: { ...refs.value[of], [String(key)]: words } })

  function set(field: Field, value: Json, words: string): void {
    typed.value = { ...typed.value, [field.name]: value === '' ? null : value }
    faults.value = faults.value.filter((fault) => fault.field !== field.name)
    if (field.kind === 'ref' && typeof value === 'number') remember(String(field.of), value, words)
  }

  /** Reads the fields; says what is wrong with them. */
  function read(): Values | null {
    const found: Record<string, Json> = {}
    const wrong: Fault[] = []
    for (const field of fields.value) {
      const one = settled(field, values.value[field.name])
      if ('fault' in one) wrong.push(faultAt(field, one.fault))
      else found[field.name] = one.value
    }
    if (wrong.length === 0) {
      const judged = act.judge?.(found, rows.value) ?? {}
      for (const field of fields.value) if (judged[field.name]) wrong.push(faultAt(field, judged[field.name] ?? ''))
    }
    faults.value = wrong
    return wrong.length > 0 ? null : found
  }

  async function run(): Promise<boolean> {
    const ready = busy.value || !before.ready.value ? null : read()
    if (!ready || (given.length > 0 && rows.value.length === 0)) return false
    busy.value = true
    refusal.value = null
    try {
      return await done(await act.run(ready, rows.value, told))
    } catch (error) {
      refused(refusalOf(error))
      return false
    } finally {
      busy.value = false
    }
  }

  async function done({ steps, said, warnings, left: rest, stays = false }: Awaited<ReturnType<Act['run']>>): Promise<boolean> {
    if (said) say(said, steps.length > 0 ? { label: '撤销', run: () => void undoAll(client, steps) } : null)
    for (const warning of warnings.slice(0, 2)) say(`${warning.label}：${warning.message}`)
    left.value = rest
    rows.value = rest.length > 0 ? rest.map((one) => one.row) : rows.value
    await entitle(rest.slice(0, NAMED).map((one) => one.row))
    return rest.length === 0 && !stays
  }

  /** Faults of fields that the act has stand at them; others are said whole. */
  function refused(error: Refusal): void {
    const like = (fault: Fault): ActFieldName | undefined => seen.value.find((field) => field.name === fault.field || field.like?.split('.')[1] === fault.field)?.name
    faults.value = error.faults.flatMap((fault) => (like(fault) ? [{ ...fault, field: like(fault) ?? '' }] : []))
    const others = error.faults.filter((fault) => !like(fault))
    if (error.faults.length === 0 || others.length > 0) refusal.value = error
  }

  return { fields, hint: (name) => act.fields.find((field) => field.name === name)?.hint ?? '', values, names, faults, refusal, rows, unfit, left, facts, before, sentence, busy, title, set, run }
}

/** The name that a row has itself; a role, like a membership, has none. */
const ownName = (row: Row): string => [row.name, row.title].find((name) => typeof name === 'string' && name !== '')?.toString() ?? ''

type ActFieldName = string

const faultAt = (field: Field, message: string): Fault => ({ field: field.name, label: field.label, weight: 'error', message, hint: '' })

function starts(act: Act, rows: readonly Row[], today: string): Record<string, Json> {
  const of = (start: Act['fields'][number]['start']): Json => (start === 'today' ? today : typeof start === 'function' ? start(rows) : (start ?? null))
  return Object.fromEntries(act.fields.map((field) => [field.name, of(field.start)]))
}
