/** Which of many rows of equal height show in a box. */
import { useElementSize, useEventListener } from '@vueuse/core'
import { computed, ref, type ComputedRef, type Ref } from 'vue'

/** The rows that show. */
export interface Shown {
  first: ComputedRef<number>
  end: ComputedRef<number>
  /** The space above and below them, in pixels. */
  above: ComputedRef<number>
  below: ComputedRef<number>
  /** Brings a row into view. */
  reveal(row: number): void
}

const SPARE = 12

/** Watches a box; `high` is a row's height and `head` that of what sticks above the rows. */
export function useRows(box: Ref<HTMLElement | null>, many: () => number, high: () => number, head: () => number): Shown {
  const top = ref(0)
  const { height } = useElementSize(box)
  useEventListener(box, 'scroll', () => (top.value = box.value?.scrollTop ?? 0), { passive: true })
  const first = computed(() => Math.max(0, Math.min(many(), Math.floor(top.value / high())) - SPARE))
  const end = computed(() => Math.min(many(), Math.ceil((top.value + height.value) / high()) + SPARE))
  return {
    first,
    end,
    above: computed(() => first.value * high()),
    below: computed(() => Math.max(0, many() - end.value) * high()),
    reveal(row) {
      if (!box.value) return
      const [at, room] = [row * high(), Math.max(0, box.value.clientHeight - head() - high())]
      if (at < box.value.scrollTop) box.value.scrollTop = at
      else if (at > box.value.scrollTop + room) box.value.scrollTop = at - room
      top.value = box.value.scrollTop
    },
  }
}
