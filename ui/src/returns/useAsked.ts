/** An answer that is asked for once; none where it cannot be given. */
import { shallowRef, type ShallowRef } from 'vue'

/** Asks; stays null where the answer fails, for pages that do without it. */
export function useAsked<T>(ask: () => Promise<T>): ShallowRef<T | null> {
  const found = shallowRef<T | null>(null)
  void ask().then((answer) => (found.value = answer), () => undefined)
  return found
}
