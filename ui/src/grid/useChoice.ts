/** The chosen cells of a grid, and what keys and the pointer make of them. */
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { pageRows, type Extent } from './geometry'
import type { Act } from './keys'
import { add, advance, all, block, blocks, columnsIn, inside, isWholeRows, move, only, rows, type Block, type Cell, type Selection, type Size } from './selection'

/** The chosen cells. */
export interface Choice {
  selection: ShallowRef<Selection>
  chosen: ComputedRef<Block[]>
  /** The chosen columns of a row, as text. */
  spans(row: number): string
  /** Takes an act that moves or chooses; says whether it was one. */
  take(act: Act): boolean
  point(cell: Cell, held: { shift: boolean; ctrl: boolean }): void
  pointRow(row: number, held: { shift: boolean; ctrl: boolean }): void
  drag(cell: Cell): void
}

/** Chooses among the cells of a grid. `show` brings a cell into view. */
export function useChoice(size: () => Size, extent: () => Extent, show: (cell: Cell) => void): Choice {
  const selection = shallowRef<Selection>(only({ row: 0, column: 0 }))
  const chosen = computed(() => blocks(selection.value))
  let byRows = false

  function set(next: Selection, seen: Cell = next.head): void {
    selection.value = next
    show(seen)
  }

  function take(act: Act): boolean {
    const now = selection.value
    byRows = false
    if (act.do === 'move') set(move(now, size(), act.way, act.extend, pageRows(extent())))
    else if (act.do === 'advance') set(advance(now, size(), act.way))
    else if (act.do === 'all') selection.value = { ...all(size()), active: now.active.row === 0 ? now.active : { row: 0, column: 0 } }
    else if (act.do === 'rows') selection.value = rows(size(), now.active.row, now.head.row)
    else if (act.do === 'narrow') selection.value = only(now.active)
    else return false
    return true
  }

  function point(cell: Cell, held: { shift: boolean; ctrl: boolean }): void {
    byRows = false
    if (held.shift) set({ ...selection.value, head: cell })
    else set(held.ctrl ? add(selection.value, cell) : only(cell))
  }

  function pointRow(row: number, held: { shift: boolean; ctrl: boolean }): void {
    byRows = true
    const now = selection.value
    if (held.shift) selection.value = rows(size(), now.active.row, row, now.others)
    else selection.value = rows(size(), row, row, held.ctrl ? keptRows(now) : [])
  }

  /** Whole rows stay chosen beside a further one; a single cell does not. */
  const keptRows = (now: Selection): Block[] => blocks(now).filter((one) => isWholeRows(one, size()))

  function drag(cell: Cell): void {
    const to = inside(size(), cell)
    const head = byRows ? { row: to.row, column: size().columns - 1 } : to
    if (head.row !== selection.value.head.row || head.column !== selection.value.head.column) set({ ...selection.value, head }, to)
  }

  watch(size, (now) => {
    const { active, head } = selection.value
    if (active.row < now.rows && head.row < now.rows && active.column < now.columns && head.column < now.columns) return
    selection.value = only(inside(now, active))
  })

  const spans = (row: number): string => columnsIn(chosen.value, row).map(([from, to]) => `${from}-${to}`).join(',')
  return { selection, chosen, spans, take, point, pointRow, drag }
}

/** The block that is being made, of a choice. */
export const blockOf = (choice: Choice): Block => block(choice.selection.value)
