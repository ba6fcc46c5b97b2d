/** Keeps the list's true position beside that of the element that is scrolled in its place. */
import { useResizeObserver } from '@vueuse/core'
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import { clampTop, isScaled, leftToShow, scrolledHeight, scrollOf, topOf, topToShow, visible, type Extent, type Span } from './geometry'

/** The height of a row at 100 %, in CSS pixels; columns are wide in the same measure. */
export const ROW = 28

/** Rows drawn beyond what shows, so that a step of the wheel draws few new ones. */
const BEYOND = 4

/** A scrolled list. */
export interface Scroll {
  /** How much larger than 100 % everything is. */
  scale: ComputedRef<number>
  extent: ComputedRef<Extent>
  /** The height of the scrolled element without the header. */
  height: ComputedRef<number>
  top: Ref<number>
  left: Ref<number>
  span: ComputedRef<Span>
  /** How wide the part is that shows. */
  wide: Ref<number>
  to(top: number): void
  onScroll(): void
  onWheel(event: WheelEvent): void
  /** Brings a cell into view. */
  show(row: number, column: number, edges: readonly number[], frozen: number): void
}

/** Scrolls `rows` rows in an element; `probe` is an element as high as a row. */
export function useScroll(scroller: Ref<HTMLElement | null>, probe: Ref<HTMLElement | null>, rows: () => number): Scroll {
  const rowHeight = ref(ROW)
  const [high, wide] = [ref(0), ref(0)]
  const [top, left] = [ref(0), shallowRef(0)]
  let expected = 0

  const extent = computed<Extent>(() => ({ rows: rows(), rowHeight: rowHeight.value, viewport: Math.max(0, high.value - rowHeight.value) }))
  const span = computed(() => visible(extent.value, clampTop(extent.value, top.value), BEYOND))

  useResizeObserver(scroller, ([entry]) => {
    if (!entry) return
    high.value = scroller.value?.clientHeight ?? entry.contentRect.height
    wide.value = scroller.value?.clientWidth ?? entry.contentRect.width
  })
  useResizeObserver(probe, ([entry]) => {
    const row = Math.round(top.value / rowHeight.value)
    rowHeight.value = entry?.contentRect.height || ROW
    requestAnimationFrame(() => to(row * rowHeight.value))
  })

  function to(wished: number): void {
    top.value = clampTop(extent.value, wished)
    expected = scrollOf(extent.value, top.value)
    if (scroller.value) scroller.value.scrollTop = expected
  }

  function onScroll(): void {
    const element = scroller.value
    if (!element) return
    left.value = element.scrollLeft
    if (Math.abs(element.scrollTop - expected) < 1.5) return
    expected = element.scrollTop
    top.value = topOf(extent.value, expected)
  }

  /** In a scaled list the wheel moves by rows as everywhere, not by shares of the list. */
  function onWheel(event: WheelEvent): void {
    if (!isScaled(extent.value) || event.ctrlKey || event.deltaY === 0) return
    event.preventDefault()
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? rowHeight.value : 1
    to(top.value + event.deltaY * lines)
    if (scroller.value) scroller.value.scrollLeft += event.deltaX
  }

  function show(row: number, column: number, edges: readonly number[], frozen: number): void {
    // Before it is measured nothing can be out of view.
    if (high.value === 0) return
    const wished = topToShow(extent.value, top.value, row)
    if (wished !== top.value) to(wished)
    const across = leftToShow(edges, column, frozen, left.value, wide.value)
    if (scroller.value && across !== left.value) scroller.value.scrollLeft = across
  }

  return {
    scale: computed(() => rowHeight.value / ROW),
    extent,
    height: computed(() => scrolledHeight(extent.value)),
    top,
    left,
    span,
    wide,
    to,
    onScroll,
    onWheel,
    show,
  }
}
