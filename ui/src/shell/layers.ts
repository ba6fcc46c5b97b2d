/** Where things that lie over everything are put: into the dialog on top, since what is outside of it cannot be reached, else into the page. */
import { computed, nextTick, onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'

const open = shallowRef<readonly HTMLElement[]>([])

/** The element on top. */
export const topLayer = computed<HTMLElement>(() => open.value.at(-1) ?? document.body)

/** Gives the focus to the page where nothing has it, because what had it is gone. */
export function keepFocus(): void {
  if (document.activeElement === null || document.activeElement === document.body) document.getElementById('page')?.focus({ preventScroll: true })
}

/** Opens a dialog over all else, as the top layer, while its component stands. Only one that is closed gives the focus back to what had it. */
export function useModal(dialog: Ref<HTMLDialogElement | null>): void {
  onMounted(() => {
    if (!dialog.value) return
    dialog.value.showModal()
    open.value = [...open.value, dialog.value]
  })
  onBeforeUnmount(() => {
    dialog.value?.close()
    open.value = open.value.filter((one) => one !== dialog.value)
    void nextTick(keepFocus)
  })
}
