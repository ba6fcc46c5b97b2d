/** What keys mean anywhere in the frame. Pure. */

/** What a key asks the frame for. */
export type ShellAct = { do: 'palette' | 'help' | 'lock' | 'undo' | 'redo' | 'larger' | 'smaller' | 'usual' } | { do: 'go'; place: number }

/** The parts of a keyboard event that count. */
export interface Stroke {
  key: string
  code: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** Where the key was pressed. */
export interface Spot {
  /** Whether text is being edited there: its own undo is the one that is meant. */
  editing: boolean
  /** Whether a dialog is open: what is under it must not change. */
  under: boolean
}

const sizes: Record<string, 'larger' | 'smaller' | 'usual'> = { '=': 'larger', '+': 'larger', '-': 'smaller', '0': 'usual' }

/** Gives what a key asks the frame for; null where it is none of the frame's. */
export function shellActOf(stroke: Stroke, spot: Spot): ShellAct | null {
  const { key, shiftKey: shift, altKey: alt } = stroke
  const ctrl = stroke.ctrlKey || stroke.metaKey
  if (key === 'F1') return { do: 'help' }
  if (alt) return ctrl || spot.under ? null : goTo(stroke.code)
  if (!ctrl) return null
  const letter = key.toLowerCase()
  if (letter === 'k') return { do: 'palette' }
  if (letter === 'l') return { do: 'lock' }
  const size = sizes[key]
  if (size) return { do: size }
  if (spot.editing || spot.under) return null
  if (letter === 'z') return { do: shift ? 'redo' : 'undo' }
  return letter === 'y' ? { do: 'redo' } : null
}

/** Alt with a digit goes to the page of that place in the navigation. */
function goTo(code: string): ShellAct | null {
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(code)?.[1]
  return digit ? { do: 'go', place: Number(digit) - 1 } : null
}

/** Whether an element is one that text is typed into. */
export function isTyped(element: Element | null): boolean {
  if (!element) return false
  if (element instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(element.type)
  return element instanceof HTMLTextAreaElement || element.closest('[contenteditable="true"]') !== null
}
