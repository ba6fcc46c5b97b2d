/** The tour over the frame: it begins once after the first file was made on this PC, and again when it is asked for. */
import type { Driver } from 'driver.js'
import { nextTick, onScopeDispose, shallowRef, watch } from 'vue'
import { recalled, remember } from '../../api/memory'

const SEEN = 'tour.seen'

/** Whether the tour shall begin as soon as the frame shows. */
export const isTourWanted = shallowRef(false)

/** Asks for the tour where this PC has not shown it yet. */
export const firstTour = async (): Promise<void> => void ((await recalled())[SEEN] !== true && (isTourWanted.value = true))

async function begin(): Promise<Driver> {
  isTourWanted.value = false
  const [{ driver }, { steps }] = await Promise.all([import('driver.js'), import('./steps'), import('driver.js/dist/driver.css'), import('./tour.css')])
  const words = { progressText: '{{current}} / {{total}}', nextBtnText: '下一步', prevBtnText: '上一步', doneBtnText: '知道了' }
  const tour = driver({ ...words, steps: steps(), showProgress: true, stagePadding: 4, smoothScroll: false, animate: false })
  tour.drive()
  void remember(SEEN, true)
  return tour
}

/** Runs the tour when it is asked for. */
export function useTour(): void {
  let running: Driver | null = null
  watch(isTourWanted, (now) => now && void nextTick(async () => (running = await begin())), { immediate: true })
  onScopeDispose(() => running?.destroy())
}
