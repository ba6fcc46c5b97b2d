/** Locks the pages when nobody has worked for a while: an office PC is shared. */
import { useIdle } from '@vueuse/core'
import { effectScope, onScopeDispose, watch, type EffectScope, type Ref } from 'vue'
import type { Json } from '../api/generated'
import { useMemory } from '../api/memory'
import { lock } from './desk'
import { tell } from './notices'

/** After how many minutes, 0 for never. */
export const MINUTES = [5, 10, 30, 60, 0] as const

const isMinutes = (value: Json): value is number => typeof value === 'number' && value >= 0 && value <= 24 * 60

/** Gives after how many minutes without a key or a movement the pages are locked; ten where nobody chose. */
export const useLockAfter = (): Ref<number> => useMemory('lock.minutes', 10, isMinutes)

/** Watches for idleness while the pages show. */
export function useIdleLock(): void {
  const minutes = useLockAfter()
  let watching: EffectScope | null = null
  watch(minutes, (now) => {
    watching?.stop()
    watching = effectScope(true)
    if (now > 0) watching.run(() => watch(useIdle(now * 60_000).idle, (idle) => idle && void lock().catch(tell)))
  }, { immediate: true })
  onScopeDispose(() => watching?.stop())
}
