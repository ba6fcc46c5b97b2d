// @vitest-environment happy-dom
import { createApp, h, nextTick, type App } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import CellEditor from './CellEditor.vue'

interface Exposed {
  open: (start: string) => void
  settle: () => void
  editing: string
}
let app: App
let heard: [string, ...unknown[]][]
let area: HTMLTextAreaElement
let editor: Exposed
let locked = ''

function mount(): void {
  const place = document.body.appendChild(document.createElement('div'))
  heard = []
  const hear = (name: string) => (...given: unknown[]) => heard.push([name, ...given])
  const on = { onAct: hear('act'), onCommit: hear('commit'), onCancel: hear('cancel'), onRefused: hear('refused'), onPaste: hear('paste') }
  app = createApp({ render: () => h(CellEditor, { label: '会员：姓名', controls: 'g', described: 'd', cell: 'c', locked, tall: false, ref: (one: unknown) => one && (editor = one as Exposed), ...on }) })
  app.mount(place)
  area = place.querySelector('textarea') as HTMLTextAreaElement
}
const key = (name: string, more: KeyboardEventInit & { keyCode?: number } = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more })
  Object.defineProperty(event, 'keyCode', { value: more.keyCode ?? 0 })
  Object.defineProperty(event, 'isComposing', { value: more.isComposing ?? false })
  Object.defineProperty(event, 'timeStamp', { value: now })
  area.dispatchEvent(event)
  return event
}
let now = 0
function type(text: string): void {
  area.value = text
  area.dispatchEvent(new Event('input', { bubbles: true }))
}
const compose = (name: 'compositionstart' | 'compositionend'): void => {
  const event = new Event(name, { bubbles: true })
  Object.defineProperty(event, 'timeStamp', { value: now })
  area.dispatchEvent(event)
}

beforeEach(() => {
  locked = ''
  now = 1000
  mount()
})
afterEach(() => {
  app.unmount()
  document.body.innerHTML = ''
})

describe('typing into a cell', () => {
  it('begins with the first letter and ends with Enter', () => {
    type('王')
    type('王五')
    key('Enter')
    expect(heard, 'one commit, downwards').toEqual([['commit', '王五', { do: 'commit', way: 'down' }]])
    expect(area.value, 'ready for the next cell').toBe('')
  })
  it('is not ended by the Enter that ends a composition, before or after it', () => {
    compose('compositionstart')
    type('zhang')
    key('Enter', { isComposing: true, keyCode: 229 })
    type('张')
    compose('compositionend')
    now += 5
    key('Enter', { keyCode: 13 })
    expect(heard, 'nothing was committed').toEqual([])
    now += 500
    key('Enter', { keyCode: 13 })
    expect(heard, 'an Enter of its own commits').toEqual([['commit', '张', { do: 'commit', way: 'down' }]])
  })
  it('is given up by Escape', () => {
    type('错')
    key('Escape')
    expect(heard, 'nothing to store').toEqual([['cancel']])
  })
  it('takes line breaks with Alt+Enter', async () => {
    editor.open('一')
    await nextTick()
    area.setSelectionRange(1, 1)
    key('Enter', { altKey: true })
    key('Tab')
    expect(heard, 'two lines, to the right').toEqual([['commit', '一\n', { do: 'commit', way: 'next' }]])
  })
  it('loses nothing when the pointer goes elsewhere', () => {
    type('半句')
    area.dispatchEvent(new Event('blur'))
    expect(heard, 'taken as it is').toEqual([['commit', '半句', { do: 'commit', way: 'stay' }]])
  })
})

describe('a cell that acts alone write', () => {
  it('says so and takes no letter', () => {
    app.unmount()
    locked = '由办理业务产生'
    mount()
    type('甲')
    expect(heard, 'refused').toEqual([['refused']])
    expect(area.value, 'nothing stays').toBe('')
  })
})

describe('keys while nothing is typed', () => {
  it('go to the grid, letters and the browser’s own keys not', () => {
    expect(key('ArrowDown').defaultPrevented, 'the grid moves').toBe(true)
    expect(key('a').defaultPrevented, 'a letter is typed').toBe(false)
    expect(key('F5').defaultPrevented, 'the browser’s').toBe(false)
    expect(heard, 'one act').toEqual([['act', { do: 'move', way: 'down', extend: false }]])
  })
})
