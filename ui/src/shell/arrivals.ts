/** Office files that come from outside: double-clicked in the file browser, or named in a second start. */
import { shallowRef } from 'vue'
import { host } from '../api/host'
import { office } from './desk'
import { say } from './notices'

/** The file that waits to be opened; null where none does. */
export const wanted = shallowRef<string | null>(null)

/** Hands out the file that waits; it waits no longer. */
export function takeWanted(): string | null {
  const path = wanted.value
  wanted.value = null
  return path
}

/** Takes files that came: one is opened at a time, the last that was asked for. */
export function arrive(paths: readonly string[]): void {
  const path = paths.at(-1)
  if (path === undefined) return
  if (path === office.value?.path) say(`“${office.value.name}”已经打开。`)
  else wanted.value = path
}

/** Asks for the files of this start, and hears of those of later ones; gives what ends it. */
export function watchArrivals(): () => void {
  const ending = host().then(async (to) => {
    const end = to.onArrived(arrive)
    await to.arrived().then(arrive, () => undefined)
    return end
  })
  return () => void ending.then((end) => end())
}
