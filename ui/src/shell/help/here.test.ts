// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { partHere } from './here'

it('the part that is worked in names the help, else the one pointed at or before one’s eyes', () => {
  document.body.innerHTML = '<section data-help="safety"><button>备份</button></section><section data-help="pcs"><button id="merge">合并</button></section>'
  const [first, second] = [...document.querySelectorAll<HTMLElement>('section')]
  const at = (top: number) => () => ({ top }) as DOMRect
  Object.assign(first as object, { getBoundingClientRect: at(20) })
  Object.assign(second as object, { getBoundingClientRect: at(window.innerHeight) })
  expect(partHere(), 'the upper one is seen').toBe('safety')
  const button = document.getElementById('merge') as HTMLElement
  button.focus()
  expect(partHere(), 'the lower one is worked in').toBe('pcs')
  Object.assign(button, { getBoundingClientRect: () => ({ top: -90, bottom: -60 }) as DOMRect })
  expect(partHere(), 'but not once it was scrolled away').toBe('safety')
  document.body.innerHTML = ''
  expect(partHere(), 'a page without parts').toBeUndefined()
})
