/** Storing a page's sheet as one step. */
import { useQueryClient } from '@tanstack/vue-query'
import { useAttempt, type Attempt } from '../../api/attempt'
import type { Commands, Fault, Written } from '../../api/generated'
import { write, type Writing } from '../../api/queries'
import { say } from '../../shell/notices'
import { undoing } from '../../shell/undo'

/** A step that a page stores. */
export interface Step extends Pick<Attempt, 'busy' | 'refusal'> {
  /** Stores it; gives the answer, or null where it was refused: then `refusal` says why. */
  store<K extends Writing>(command: K, payload: Commands[K]['payload'], said: (value: Value<K>) => string): Promise<Value<K> | null>
}

type Value<K extends Writing> = Commands[K]['answer'] extends Written<infer V> ? V : never

/** Makes it. `undone` runs when the step was taken back by its notice; null for what is not taken back, whose notice offers nothing. */
export function useStep(undone: (() => void) | null = () => undefined): Step {
  const client = useQueryClient()
  const { busy, refusal, attempt } = useAttempt()

  async function store<K extends Writing>(command: K, payload: Commands[K]['payload'], said: (value: Value<K>) => string): Promise<Value<K> | null> {
    if (busy.value) return null
    return attempt(async () => {
      const written = (await write(client, command, payload)) as Written<Value<K>>
      say(said(written.value), undone && undoing(client, written.step, undone))
      for (const warning of warningsOf(written.value)) say(`${warning.label}：${warning.message}`)
      return written.value
    })
  }
  return { busy, refusal, store }
}

/** How many warnings are shown one by one. */
const MOST = 2
function warningsOf(value: unknown): Fault[] {
  const found = typeof value === 'object' && value !== null && 'warnings' in value ? value.warnings : []
  return (Array.isArray(found) ? (found as Fault[]) : []).slice(0, MOST)
}
