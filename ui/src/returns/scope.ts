/** Which task, union and period the pages of returns speak of. */
import { computed, watch, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useAnswer } from '../api/queries'
import { office } from '../shell/desk'
import type { PeriodKind } from '../reports/book'
import { kindOf, periodBy, periodOf } from '../reports/book'
import type { ComputeOf, Cycle, TaskLine } from './types'

/** The tables that what the pages show comes from. Any record may stand behind a number. */
export const TABLES = ['*'] as const

/** How often a task is asked for, in words. */
export const CYCLES: Record<Cycle, string> = { month: '月报', quarter: '季报', half: '半年报', year: '年报', union_year: '统计年报' }

/** The kind of period that a task is asked for. */
export const kindFor = (cycle: Cycle): PeriodKind => (cycle === 'union_year' ? 'union' : cycle)

/** How often a period comes. */
export const cycleOf = (period: string): Cycle => {
  const kind = kindOf(period)
  return kind === 'union' ? 'union_year' : kind
}

/** The latest period of a kind that is over; statistical years end on 30 September. */
export function latest(cycle: Cycle, today: string): string {
  const month = today.slice(0, 7)
  if (cycle !== 'union_year') return periodBy(periodOf(kindFor(cycle), month), -1)
  const year = Number(today.slice(0, 4))
  return `${today.slice(5) >= '10-01' ? year : year - 1}-U`
}

/** The period that has begun last: none after it can be asked for. */
export function running(cycle: Cycle, today: string): string {
  const before = latest(cycle, today)
  return periodBy(before, 1)
}

/** The period of another kind that is nearest to the one that is shown. */
export function asCycle(cycle: Cycle, period: string, today: string): string {
  const made = kindOf(period) === 'month' && cycle !== 'union_year' ? periodOf(kindFor(cycle), period) : latest(cycle, today)
  return made > running(cycle, today) ? latest(cycle, today) : made
}

/** What is asked for. */
export interface Scope {
  tasks: ComputedRef<TaskLine[]>
  task: ComputedRef<TaskLine | undefined>
  of: ComputedRef<ComputeOf>
  ready: ComputedRef<boolean>
  today: ComputedRef<string>
  failed: ComputedRef<unknown>
  loading: ComputedRef<boolean>
  change(part: Partial<ComputeOf>): void
}

/** What was chosen last; pages of the section open with it. What shows follows the address alone. */
let last: Partial<ComputeOf> = {}

/** Reads the scope from the address; what it leaves open is as it was last, or the usual. */
export function useScope(): Scope {
  const [route, router] = [useRoute(), useRouter()]
  const { data: desk } = useAnswer('desk.state', {}, ['*'])
  const { data, error, isLoading } = useAnswer('task.list', {}, TABLES)
  const tasks = computed(() => data.value ?? [])
  const today = computed(() => desk.value?.today ?? '')
  const asked = computed(() => ({
    task: String(route.query.task ?? last.task ?? tasks.value[0]?.key ?? ''),
    unit: Number(route.query.unit ?? last.unit ?? desk.value?.office?.unit ?? 0),
    period: String(route.query.period ?? last.period ?? ''),
  }))
  const task = computed(() => tasks.value.find(({ key }) => key === asked.value.task) ?? tasks.value[0])
  const of = computed<ComputeOf>(() => {
    const cycles = task.value?.periods ?? []
    const fits = asked.value.period !== '' && cycles.includes(cycleOf(asked.value.period))
    const period = fits || !cycles[0] || !today.value ? asked.value.period : latest(cycles[0], today.value)
    return { task: task.value?.key ?? '', unit: asked.value.unit, period }
  })
  const ready = computed(() => of.value.task !== '' && of.value.unit > 0 && of.value.period !== '')
  watch(of, (now) => ready.value && (last = { ...now }), { immediate: true })
  const change = (part: Partial<ComputeOf>): void => {
    last = { ...last, ...part }
    void router.replace({ query: { ...route.query, ...(part as Record<string, string | number>) } })
  }
  return { tasks, task, of, ready, today, failed: computed(() => error.value), loading: computed(() => isLoading.value), change }
}

/** Another file has other unions. */
watch(() => office.value?.path, () => (last = {}))
