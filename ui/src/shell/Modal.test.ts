// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { createApp, h, nextTick, ref, type App } from 'vue'
import Modal from './Modal.vue'

let app: App
afterEach(() => app.unmount())

it('closes the dialog that it takes away, so that the focus goes back, and to the page where nothing is left to take it', async () => {
  document.body.innerHTML = '<main id="page" tabindex="-1"></main><div id="place"></div>'
  const open = ref(true)
  app = createApp(() => (open.value ? h(Modal, { title: '新增' }) : null))
  app.mount('#place')
  const dialog = document.querySelector('dialog')
  expect(dialog?.open, 'it lies over the page').toBe(true)
  open.value = false
  await nextTick()
  await nextTick()
  expect([dialog?.open, document.activeElement?.id], 'the keys go somewhere').toEqual([false, 'page'])
})
