/** What keys mean in the grid: as in Excel. */
import type { Way } from './selection'

/** What a key asks for while no cell is being edited. */
export type Act =
  | { do: 'move'; way: Way; extend: boolean }
  | { do: 'advance'; way: 'next' | 'previous' | 'down' | 'up' }
  | { do: 'sort'; down: boolean }
  | { do: 'edit' | 'open' | 'clear' | 'all' | 'fill' | 'undo' | 'redo' | 'rows' | 'toggle' | 'leave' | 'leave-back' | 'narrow' }

/** The parts of a keyboard event that count. */
export interface Pressed {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

const ways: Record<string, [plain: Way, ctrl: Way]> = {
  ArrowUp: ['up', 'top'],
  ArrowDown: ['down', 'bottom'],
  ArrowLeft: ['left', 'row-start'],
  ArrowRight: ['right', 'row-end'],
  Home: ['row-start', 'first'],
  End: ['row-end', 'last'],
  PageUp: ['page-up', 'page-up'],
  PageDown: ['page-down', 'page-down'],
}

const withCtrl: Record<string, Act> = {
  a: { do: 'all' },
  d: { do: 'fill' },
  y: { do: 'redo' },
  Enter: { do: 'open' },
}

const plain: Record<string, Act> = {
  F2: { do: 'edit' },
  Delete: { do: 'clear' },
  Backspace: { do: 'clear' },
  Escape: { do: 'narrow' },
}

/** Gives what a key asks for; null where it types text or is none of the grid's. */
export function actOf(pressed: Pressed): Act | null {
  const { key, shiftKey: shift, altKey: alt } = pressed
  const ctrl = pressed.ctrlKey || pressed.metaKey
  if (alt) return key === 'ArrowUp' || key === 'ArrowDown' ? { do: 'sort', down: key === 'ArrowDown' } : null
  const way = ways[key]
  if (way) return { do: 'move', way: way[ctrl ? 1 : 0], extend: shift }
  if (ctrl) return key.toLowerCase() === 'z' ? { do: shift ? 'redo' : 'undo' } : (withCtrl[key.length === 1 ? key.toLowerCase() : key] ?? null)
  return plain[key] ?? shifted(key, shift)
}

function shifted(key: string, shift: boolean): Act | null {
  if (key === 'Enter') return { do: 'advance', way: shift ? 'up' : 'down' }
  if (key === 'Tab') return { do: 'advance', way: shift ? 'previous' : 'next' }
  if (key === 'F6') return { do: shift ? 'leave-back' : 'leave' }
  if (key === ' ') return { do: shift ? 'rows' : 'toggle' }
  return null
}

/** What a key asks for while a cell is edited. */
export type EditAct = { do: 'commit'; way: 'next' | 'previous' | 'stay' | Way } | { do: 'cancel' | 'line' }

/** Gives what a key asks of the editor; null where it belongs to the text. Arrows leave a cell that was typed into, not one opened by F2. */
export function editActOf(pressed: Pressed, typed: boolean): EditAct | null {
  const { key, shiftKey: shift, altKey: alt } = pressed
  if (key === 'Enter') return alt ? { do: 'line' } : { do: 'commit', way: shift ? 'up' : 'down' }
  if (key === 'Tab') return { do: 'commit', way: shift ? 'previous' : 'next' }
  if (key === 'Escape') return { do: 'cancel' }
  const way = ways[key]
  return typed && way && !shift && key.startsWith('Arrow') ? { do: 'commit', way: way[pressed.ctrlKey ? 1 : 0] } : null
}

/** How long after a composition its own Enter may still come, in milliseconds: engines differ in which of the two they send first. */
const SETTLING = 30

/** Says whether a key belongs to an input method: it must neither commit nor move. */
export function isComposing(event: { isComposing: boolean; keyCode: number; timeStamp: number }, endedAt: number): boolean {
  return event.isComposing || event.keyCode === 229 || event.timeStamp - endedAt < SETTLING
}
