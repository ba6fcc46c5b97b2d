/** Long work: how far it has come, and how it is stopped. */
import { onScopeDispose, ref, shallowRef, type Ref } from 'vue'
import { call, refusalOf, type Refusal } from './call'
import type { Progress } from './generated'

/** Work that is watched. */
export interface Job {
  /** Whether it runs. */
  running: Ref<boolean>
  /** How far it has come. */
  progress: Ref<Progress | null>
  /** What went wrong last. */
  refusal: Ref<Refusal | null>
  /** Runs work under a name of its own; gives null where it failed or was stopped. */
  run<T>(work: (job: string) => Promise<T>): Promise<T | null>
  /** Asks the work to stop. */
  stop(): Promise<void>
}

/** How often progress is asked for, in milliseconds. */
const EVERY = 250

/** Watches one piece of work at a time. */
export function useJob(): Job {
  const running = ref(false)
  const progress = shallowRef<Progress | null>(null)
  const refusal = shallowRef<Refusal | null>(null)
  let name = ''
  let timer: ReturnType<typeof setInterval> | undefined

  async function look(): Promise<void> {
    const seen = await call('desk.progress', { job: name }).catch(() => null)
    if (running.value && seen) progress.value = seen
  }

  async function run<T>(work: (job: string) => Promise<T>): Promise<T | null> {
    name = crypto.randomUUID()
    running.value = true
    progress.value = refusal.value = null
    timer = setInterval(() => void look(), EVERY)
    try {
      return await work(name)
    } catch (error) {
      refusal.value = refusalOf(error)
      return null
    } finally {
      clearInterval(timer)
      running.value = false
    }
  }

  onScopeDispose(() => clearInterval(timer))
  const stop = async (): Promise<void> => void (running.value && (await call('desk.stop', { job: name })))
  return { running, progress, refusal, run, stop }
}
