/** A list of options under an input: what it holds, which is marked, what keys do. */
import { useDebounceFn } from '@vueuse/core'
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Option } from './options'

/** An open or closed list of options. */
export interface OptionState {
  open: Ref<boolean>
  list: ShallowRef<Option[]>
  /** The marked option, or -1. */
  at: Ref<number>
  /** Opens the list for a text, at once or when typing pauses. */
  seek(text: string, at?: 'once' | 'paused'): void
  close(): void
  marked(): Option | undefined
  /** Moves the mark; says whether the key was for the list. */
  key(event: KeyboardEvent): boolean
}

/** How long typing pauses before other records are searched, in milliseconds. */
const PAUSE = 120

/** Keeps a list of options that `find` fills. */
export function useOptions(find: (text: string) => Promise<Option[]>): OptionState {
  const open = ref(false)
  const list = shallowRef<Option[]>([])
  const at = ref(-1)
  let asked = 0

  async function fill(text: string): Promise<void> {
    const turn = (asked += 1)
    const found = await find(text).catch(() => [])
    if (turn !== asked || !open.value) return
    list.value = found
    at.value = text.trim() !== '' && found.length > 0 ? 0 : -1
  }
  const later = useDebounceFn(fill, PAUSE)

  function seek(text: string, when: 'once' | 'paused' = 'paused'): void {
    open.value = true
    void (when === 'once' ? fill(text) : later(text))
  }

  function close(): void {
    asked += 1
    open.value = false
    list.value = []
    at.value = -1
  }

  function key(event: KeyboardEvent): boolean {
    if (!open.value || list.value.length === 0) return false
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || event.altKey) return false
    at.value = (Math.max(at.value, step > 0 ? -1 : 0) + step + list.value.length) % list.value.length
    return true
  }

  return { open, list, at, seek, close, marked: () => list.value[at.value], key }
}
