/** The pointer in the grid: which cell is under it, choosing by dragging. */
import type { ComputedRef, Ref } from 'vue'
import type { Cell } from './selection'
import type { Choice } from './useChoice'
import type { Scroll } from './useScroll'

/** What the pointer needs to know of the grid. */
interface Ground {
  root: Ref<HTMLElement | null>
  scroll: Scroll
  edges: ComputedRef<number[]>
  frozen: () => number
  choice: Choice
  /** What a double click on a cell does. */
  opened: () => void
  /** Opens a row's form. */
  open: (row: number) => void
}

/** How often a drag beyond the edge scrolls on, in milliseconds. */
const PULL = 60

/** Gives the column whose edges hold a position; the frozen ones lie over the others. */
export function columnAt(edges: readonly number[], frozen: number, left: number, x: number): number {
  const place = x < (edges[frozen + 1] ?? 0) ? x : x + left
  const found = edges.findIndex((edge) => edge > place)
  return (found < 0 ? edges.length - 1 : found) - 2
}

/** Chooses with the pointer. */
export function usePointer({ root, scroll, edges, frozen, choice, opened, open }: Ground) {
  function cellAt({ clientX, clientY }: { clientX: number; clientY: number }): Cell {
    const box = root.value?.getBoundingClientRect() ?? { left: 0, top: 0 }
    const { rowHeight } = scroll.extent.value
    const row = Math.floor((clientY - box.top - rowHeight + scroll.top.value) / rowHeight)
    return { row, column: columnAt(edges.value, frozen(), scroll.left.value, clientX - box.left) }
  }

  const onCells = (event: MouseEvent): boolean => event.target instanceof Element && event.target.closest('.row') !== null

  function down(event: MouseEvent, editor: { settle: () => void; focus: () => void } | null): void {
    if (event.button !== 0 || !onCells(event)) return
    event.preventDefault()
    editor?.settle()
    editor?.focus()
    const cell = cellAt(event)
    if (event.target instanceof Element && event.target.closest('.opens')) return (choice.point(cell, { shift: false, ctrl: false }), open(cell.row))
    const held = { shift: event.shiftKey, ctrl: event.ctrlKey || event.metaKey }
    if (cell.column < 0) choice.pointRow(cell.row, held)
    else choice.point(cell, held)
    dragFrom(event)
  }

  function dragFrom(start: MouseEvent): void {
    let last = { clientX: start.clientX, clientY: start.clientY }
    const drag = (): void => choice.drag(cellAt(last))
    const timer = setInterval(() => outside(last) && drag(), PULL)
    const move = (event: PointerEvent): void => {
      last = event
      drag()
    }
    const end = (): void => {
      clearInterval(timer)
      window.removeEventListener('pointermove', move)
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end, { once: true })
    window.addEventListener('pointercancel', end, { once: true })
  }

  function outside({ clientX, clientY }: { clientX: number; clientY: number }): boolean {
    const box = root.value?.getBoundingClientRect()
    return box !== undefined && (clientY < box.top || clientY > box.bottom || clientX < box.left || clientX > box.right)
  }

  function double(event: MouseEvent): void {
    if (!onCells(event)) return
    const { row, column } = cellAt(event)
    if (column < 0) open(row)
    else opened()
  }
  return { down, double }
}

/** Leaves the grid by keyboard, to what comes after or before it. */
export function leave(root: HTMLElement | null, onwards: boolean): void {
  const stops = [...document.querySelectorAll<HTMLElement>('a[href], button:not(:disabled), input:not(:disabled), select, textarea, [tabindex="0"]')]
  const others = stops.filter((stop) => !root?.contains(stop) && stop.offsetParent !== null)
  const after = others.filter((stop) => root && (root.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0)
  const before = others.filter((stop) => !after.includes(stop))
  const next = onwards ? (after[0] ?? before[0]) : (before.at(-1) ?? after.at(-1))
  next?.focus()
}
