import { describe, expect, it } from 'vitest'
import { moved, sorted } from './columns'
import { actOf, editActOf, isComposing, type Pressed } from './keys'

const press = (key: string, held: Partial<Pressed> = {}): Pressed => ({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held })
const ctrl = { ctrlKey: true }
const shift = { shiftKey: true }

describe('keys of the grid', () => {
  it('move as in Excel', () => {
    expect(actOf(press('ArrowDown')), 'down').toEqual({ do: 'move', way: 'down', extend: false })
    expect(actOf(press('ArrowDown', { ...ctrl, ...shift })), 'to the end, chosen').toEqual({ do: 'move', way: 'bottom', extend: true })
    expect(actOf(press('Home', ctrl)), 'the first cell').toEqual({ do: 'move', way: 'first', extend: false })
    expect(actOf(press('Enter')), 'Enter goes down').toEqual({ do: 'advance', way: 'down' })
    expect(actOf(press('Tab', shift)), 'Shift+Tab goes back').toEqual({ do: 'advance', way: 'previous' })
  })
  it('act as in Excel', () => {
    expect(actOf(press('F2')), 'edit').toEqual({ do: 'edit' })
    expect(actOf(press('d', ctrl)), 'fill down').toEqual({ do: 'fill' })
    expect(actOf(press('D', ctrl)), 'with Caps Lock').toEqual({ do: 'fill' })
    expect(actOf(press('z', ctrl)), 'undo').toEqual({ do: 'undo' })
    expect(actOf(press('Z', { ...ctrl, ...shift })), 'redo').toEqual({ do: 'redo' })
    expect(actOf(press(' ', shift)), 'the whole row').toEqual({ do: 'rows' })
    expect(actOf(press('F6')), 'the way out by keyboard').toEqual({ do: 'leave' })
  })
  it('leave letters and the browser’s own keys alone', () => {
    for (const key of [press('a'), press('张'), press('c', ctrl), press('v', ctrl), press('k', ctrl), press('F5'), press('Process')]) {
      expect(actOf(key), key.key).toBeNull()
    }
  })
  it('leave an edited cell by Enter, Tab and Escape; by arrows only where it was typed into', () => {
    expect(editActOf(press('Enter'), true), 'commits downwards').toEqual({ do: 'commit', way: 'down' })
    expect(editActOf(press('Enter', { altKey: true }), true), 'a line break').toEqual({ do: 'line' })
    expect(editActOf(press('ArrowRight'), true), 'typed into').toEqual({ do: 'commit', way: 'right' })
    expect(editActOf(press('ArrowRight'), false), 'opened by F2: the caret moves').toBeNull()
    expect(editActOf(press('Home'), true), 'the caret goes to the beginning').toBeNull()
    expect(editActOf(press('Escape'), true), 'as it was').toEqual({ do: 'cancel' })
  })
  it('know an Enter that ends a composition', () => {
    expect(isComposing({ isComposing: true, keyCode: 13, timeStamp: 900 }, -1000), 'Chromium: while composing').toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 229, timeStamp: 900 }, -1000), 'WebKit: after it ended, marked').toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 13, timeStamp: 905 }, 900), 'after it ended, unmarked').toBe(true)
    expect(isComposing({ isComposing: false, keyCode: 13, timeStamp: 1500 }, 900), 'a second Enter is meant').toBe(false)
  })
})

describe('columns', () => {
  it('sort up, down and not at all, others kept with Shift', () => {
    const up = sorted([], 'a', false)
    expect(up, 'first click').toEqual([{ key: 'a', down: false }])
    expect(sorted(up, 'a', false), 'second click').toEqual([{ key: 'a', down: true }])
    expect(sorted(sorted(up, 'a', false), 'a', false), 'third click').toEqual([])
    expect(sorted(up, 'b', false), 'another column instead').toEqual([{ key: 'b', down: false }])
    const both = sorted(up, 'b', true)
    expect(both, 'another column as well').toEqual([{ key: 'a', down: false }, { key: 'b', down: false }])
    expect(sorted(both, 'a', true), 'turned in its place').toEqual([{ key: 'a', down: true }, { key: 'b', down: false }])
  })
  it('move to another’s place and get lost never', () => {
    expect(moved(['a', 'b', 'c'], 'a', 'c'), 'to the right').toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 'c', 'a'), 'to the left').toEqual(['c', 'a', 'b'])
    expect(moved(['a', 'b'], 'x', 'a'), 'an unknown one').toEqual(['a', 'b'])
  })
})
