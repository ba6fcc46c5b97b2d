/** How the screen looks: light or dark, size of the text, contrast. Kept on this PC and written to the document's root. */
import { useEventListener, useMediaQuery } from '@vueuse/core'
import { computed, ref, watchEffect, type Ref } from 'vue'
import type { Json } from '../api/generated'
import { useMemory } from '../api/memory'

/** Light, dark, or as the system is. */
export type Theme = 'system' | 'light' | 'dark'

/** The sizes of text that are offered, in per cent. */
export const SIZES = [100, 110, 125, 150] as const

/** How the screen looks. */
export interface Look {
  theme: Ref<Theme>
  /** The size of text in per cent. */
  size: Ref<number>
  /** Whether contrast is high. */
  contrast: Ref<boolean>
}

const isTheme = (value: Json): value is Theme => value === 'system' || value === 'light' || value === 'dark'
const isSize = (value: Json): value is number => typeof value === 'number' && value >= 100 && value <= 150
const isSwitch = (value: Json): value is boolean => typeof value === 'boolean'

/** Gives the next or the former size that is offered. Pure. */
export function sizeBeside(size: number, by: 1 | -1): number {
  const [first, last] = [SIZES[0], SIZES[SIZES.length - 1] ?? 150]
  return (by > 0 ? SIZES.find((one) => one > size) : [...SIZES].reverse().find((one) => one < size)) ?? (by > 0 ? last : first)
}

let look: Look | null = null

/** Gives how the screen looks; the same for all who ask. */
export function useLook(): Look {
  look ??= { theme: useMemory<Theme>('look.theme', 'system', isTheme), size: useMemory('look.size', 100, isSize), contrast: useMemory('look.contrast', false, isSwitch) }
  return look
}

/** Writes the look to the document's root, now and whenever it changes. */
export function applyLook(): void {
  const { theme, size, contrast } = useLook()
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)')
  const systemSharp = useMediaQuery('(prefers-contrast: more)')
  const printing = ref(false)
  const dark = computed(() => !printing.value && (theme.value === 'dark' || (theme.value === 'system' && systemDark.value)))
  watchEffect(() => {
    const root = document.documentElement
    root.dataset.theme = dark.value ? 'dark' : 'light'
    root.dataset.contrast = contrast.value || systemSharp.value ? 'high' : 'normal'
    root.style.setProperty('--text-scale', String(size.value / 100))
  }, { flush: 'sync' })
  // Paper is white.
  useEventListener(window, 'beforeprint', () => (printing.value = true))
  useEventListener(window, 'afterprint', () => (printing.value = false))
}
