/** What the core says of an act before it is decided: for whom it would be refused, and what is to be typed first. */
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { refusalOf, type Refusal } from '../../api/call'
import type { Act, Before, Fact, Row } from './declare'

/** What was said, and what was typed to it. */
export interface Asked {
  unfit: ComputedRef<Before['unfit']>
  facts: ComputedRef<Fact[]>
  /** Words one of which is to be typed; empty where nothing is asked. */
  words: ComputedRef<string[]>
  typed: Ref<string>
  /** Whether it is not said yet. */
  waiting: Ref<boolean>
  /** Why it was not said: then the act is not offered. */
  failure: ShallowRef<Refusal | null>
  /** Whether nothing of it stands against the act. */
  ready: ComputedRef<boolean>
}

/** Asks before an act; the rows that it would be refused for are taken out. */
export function useBefore(act: Act, rows: ShallowRef<readonly Row[]>): Asked {
  const said = shallowRef<Before | null>(null)
  const [typed, waiting, failure] = [ref(''), ref(act.before !== undefined && rows.value.length > 0), shallowRef<Refusal | null>(null)]

  async function ask(): Promise<void> {
    const answer = await act.before?.(rows.value)
    const refused = new Set(answer?.unfit.map(({ row }) => row))
    rows.value = rows.value.filter((row) => !refused.has(row))
    said.value = answer ?? null
  }
  if (waiting.value) void ask().catch((error: unknown) => (failure.value = refusalOf(error))).finally(() => (waiting.value = false))

  const words = computed(() => (rows.value.length > 0 ? (said.value?.words ?? []) : []))
  const isTyped = computed(() => words.value.length === 0 || words.value.includes(typed.value.trim()))
  return {
    unfit: computed(() => said.value?.unfit ?? []),
    facts: computed(() => said.value?.facts ?? []),
    words,
    typed,
    waiting,
    failure,
    ready: computed(() => !waiting.value && failure.value === null && isTyped.value),
  }
}
