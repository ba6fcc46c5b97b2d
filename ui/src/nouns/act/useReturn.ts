/** The focus goes back to where it was before a dialog opened. */
import { nextTick, onUnmounted } from 'vue'

/** Remembers what has the focus now and gives it back when the component goes. */
export function useReturn(): void {
  const before = document.activeElement
  onUnmounted(() => void nextTick(() => before instanceof HTMLElement && before.isConnected && document.activeElement === document.body && before.focus()))
}
