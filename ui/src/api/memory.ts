/** What this PC remembers of the screen: small values by name, kept by the desk. */
import { customRef, type Ref } from 'vue'
import { call } from './call'
import type { Json } from './generated'

/** How long changes settle before they are written, in milliseconds: a column that is dragged is written once. */
const SETTLE = 400

let known: Promise<Record<string, Json>> | null = null
const waiting = new Map<string, ReturnType<typeof setTimeout>>()

/** Reads all that is remembered, once. */
export function recalled(): Promise<Record<string, Json>> {
  known ??= call('desk.recall', {}).catch(() => ({}))
  return known
}

/** Forgets what was read, so that it is read again; another file or a test needs it. */
export function forget(): void {
  known = null
}

/** Remembers a value; null removes it. */
export async function remember(key: string, value: Json): Promise<void> {
  ;(await recalled())[key] = value
  clearTimeout(waiting.get(key))
  waiting.set(key, setTimeout(() => void call('desk.remember', { key, value }).catch(() => undefined), SETTLE))
}

/** A value that is remembered; the given one until it is read, and where nothing or something else was remembered. */
export function useMemory<T extends Json>(key: string, start: T, fits: (value: Json) => value is T): Ref<T> {
  let value = start
  let touched = false
  return customRef((track, trigger) => {
    void recalled().then((all) => {
      const found = all[key]
      if (touched || found === undefined || !fits(found)) return
      value = found
      trigger()
    })
    return {
      get: () => (track(), value),
      set: (next) => {
        touched = true
        value = next
        trigger()
        void remember(key, next)
      },
    }
  })
}
