// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { isTyped, shellActOf, type Stroke } from './shellKeys'

const stroke = (key: string, more: Partial<Stroke> = {}): Stroke => ({ key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more })
const ctrl = (key: string, more: Partial<Stroke> = {}): Stroke => stroke(key, { ctrlKey: true, ...more })
const free = { editing: false, under: false }

describe('keys of the frame', () => {
  it('take back and do again outside of inputs and dialogs alone', () => {
    expect(shellActOf(ctrl('z'), free), 'Ctrl+Z').toEqual({ do: 'undo' })
    expect([shellActOf(ctrl('y'), free), shellActOf(ctrl('Z', { shiftKey: true }), free)], 'Ctrl+Y and Ctrl+Shift+Z').toEqual([{ do: 'redo' }, { do: 'redo' }])
    expect(shellActOf(ctrl('z'), { editing: true, under: false }), 'the input has its own').toBeNull()
    expect(shellActOf(ctrl('z'), { editing: false, under: true }), 'what lies under a dialog stays').toBeNull()
  })
  it('open palette and help from anywhere', () => {
    const anywhere = { editing: true, under: true }
    expect([shellActOf(ctrl('k'), anywhere), shellActOf(ctrl('K'), anywhere), shellActOf(stroke('F1'), anywhere)], 'with caps lock, too').toEqual([{ do: 'palette' }, { do: 'palette' }, { do: 'help' }])
  })
  it('lock from anywhere', () => {
    expect([shellActOf(ctrl('l'), free), shellActOf(ctrl('L'), { editing: true, under: true })], 'whatever is open').toEqual([{ do: 'lock' }, { do: 'lock' }])
  })
  it('go to pages by Alt and a digit', () => {
    expect(shellActOf(stroke('1', { altKey: true, code: 'Digit1' }), free), 'the first').toEqual({ do: 'go', place: 0 })
    expect(shellActOf(stroke('0', { altKey: true, code: 'Digit0' }), free), 'there is no tenth').toBeNull()
    expect(shellActOf(stroke('1', { altKey: true, ctrlKey: true, code: 'Digit1' }), free), 'AltGr types').toBeNull()
  })
  it('change the size of text', () => {
    expect(['=', '+', '-', '0'].map((key) => shellActOf(ctrl(key), free)?.do), 'as in a browser').toEqual(['larger', 'larger', 'smaller', 'usual'])
  })
  it('leave all other keys alone', () => {
    for (const key of ['a', 'Enter', 'F2', 'Escape', 'z']) expect(shellActOf(stroke(key), free), key).toBeNull()
    for (const key of ['c', 'v', 'f', 'd', 's']) expect(shellActOf(ctrl(key), free), `Ctrl+${key}`).toBeNull()
  })
  it('know what is typed into', () => {
    const made = (html: string): Element | null => Object.assign(document.createElement('div'), { innerHTML: html }).firstElementChild
    expect(['<input>', '<input type="password">', '<textarea></textarea>'].map((html) => isTyped(made(html))), 'text').toEqual([true, true, true])
    expect(['<input type="checkbox">', '<button></button>', '<select></select>'].map((html) => isTyped(made(html))), 'no text').toEqual([false, false, false])
    expect(isTyped(null), 'nothing has the focus').toBe(false)
  })
})
