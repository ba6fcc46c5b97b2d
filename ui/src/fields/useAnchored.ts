/** Puts a panel under (or over) what it belongs to, over everything else, so that nothing around it cuts it off. */
import { useEventListener } from '@vueuse/core'
import { nextTick, ref, watch, type Ref } from 'vue'

/** Where a panel of a height fits beside a box: under it, or over it where there is more room. Pure, in CSS pixels. */
export function placed(box: { left: number; top: number; bottom: number; width: number }, window: { width: number; height: number }, panel: { width: number; height: number }): Record<string, string> {
  const gap = 8
  const below = window.height - box.bottom
  const up = below < panel.height && box.top > below
  const room = Math.max(80, (up ? box.top : below) - gap)
  const left = Math.max(gap, Math.min(box.left, window.width - panel.width - gap))
  return { left: `${left}px`, maxHeight: `${Math.min(panel.height, room)}px`, ...(up ? { bottom: `${window.height - box.top}px` } : { top: `${box.bottom}px` }) }
}

/** Keeps a panel's place while it is open. */
export function useAnchored(anchor: () => HTMLElement | null, open: () => unknown, panel: { width: number; height: number }): Ref<Record<string, string>> {
  const place = ref<Record<string, string>>({})
  function settle(): void {
    const box = anchor()?.getBoundingClientRect()
    if (!box || !open()) return
    const scale = Number(getComputedStyle(document.documentElement).getPropertyValue('--text-scale')) || 1
    const size = { width: Math.max(box.width, panel.width * scale), height: panel.height * scale }
    place.value = { ...placed(box, { width: window.innerWidth, height: window.innerHeight }, size), minWidth: `${box.width}px` }
  }
  watch([anchor, open], () => void nextTick(settle), { immediate: true })
  useEventListener(window, ['scroll', 'resize'], settle, { capture: true, passive: true })
  return place
}
