/** Something that is tried at a button: whether it runs, and why it was refused. */
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { refusalOf, type Refusal } from './call'

/** Something that can be tried, and tried again. */
export interface Attempt {
  busy: Ref<boolean>
  /** Why it was refused last; null while it runs again. */
  refusal: ShallowRef<Refusal | null>
  /** Tries it; gives what came of it, or null where it was refused. */
  attempt<T>(act: () => Promise<T>): Promise<T | null>
}

/** Makes one; `useStep` is the same for what is stored as a step, `useJob` for what takes long and can be stopped. */
export function useAttempt(): Attempt {
  const busy = ref(false)
  const refusal = shallowRef<Refusal | null>(null)

  async function attempt<T>(act: () => Promise<T>): Promise<T | null> {
    busy.value = true
    refusal.value = null
    try {
      return await act()
    } catch (error) {
      refusal.value = refusalOf(error)
      return null
    } finally {
      busy.value = false
    }
  }
  return { busy, refusal, attempt }
}
