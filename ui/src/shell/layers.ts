/** Where things that lie over everything are put: into the dialog on top, since what is outside of it cannot be reached, else into the page. */
import { computed, onBeforeUnmount, onMounted, shallowRef, type Ref } from 'vue'

const open = shallowRef<readonly HTMLElement[]>([])

/** The element on top. */
export const topLayer = computed<HTMLElement>(() => open.value.at(-1) ?? document.body)

/** Makes an element the top layer while its component stands. */
export function useLayer(element: Ref<HTMLElement | null>): void {
  onMounted(() => {
    if (element.value) open.value = [...open.value, element.value]
  })
  onBeforeUnmount(() => {
    open.value = open.value.filter((one) => one !== element.value)
  })
}
