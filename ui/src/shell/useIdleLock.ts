/** Locks the pages when nobody has worked for a while, and when the screen was locked or the computer slept: an office PC is shared. */
import { useIdle } from '@vueuse/core'
import { effectScope, onScopeDispose, watch, type EffectScope, type Ref } from 'vue'
import type { Json } from '../api/generated'
import { host } from '../api/host'
import { useMemory } from '../api/memory'
import { lock } from './desk'
import { tell } from './notices'

/** After how many minutes, 0 for never. */
export const MINUTES = [5, 10, 30, 60, 0] as const

const isMinutes = (value: Json): value is number => typeof value === 'number' && value >= 0 && value <= 24 * 60

/** Gives after how many minutes without a key or a movement the pages are locked; ten where nobody chose. */
export const useLockAfter = (): Ref<number> => useMemory('lock.minutes', 10, isMinutes)

/** How often it is looked whether the computer slept, in milliseconds. */
const LOOK = 10_000
/** No timer is late by so much but after a sleep. */
const SLEPT = 60_000

/** Locks the pages when the host says that the clerk left, and after a sleep, of which not every host hears. */
export function useAwayLock(): void {
  const leave = (): void => void lock().catch(tell)
  let [seen, isOver] = [Date.now(), false]
  const looking = setInterval(() => {
    const now = Date.now()
    if (now - seen > LOOK + SLEPT) leave()
    seen = now
  }, LOOK)
  let end = (): void => undefined
  void host().then((to) => {
    if (!isOver) end = to.onAway(leave)
  })
  onScopeDispose(() => {
    isOver = true
    clearInterval(looking)
    end()
  })
}

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
