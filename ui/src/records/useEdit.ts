/** Typing into the cells of a list: one cell is stored at once, several after they were looked at. */
import { useQueryClient } from '@tanstack/vue-query'
import { nextTick, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { Json } from '../api/generated'
import { write } from '../api/queries'
import type { Option } from '../fields/options'
import type { Column, Pending, Row as GridRow } from '../grid/columns'
import type { Block, Cell } from '../grid/selection'
import { say, tell, warn } from '../shell/notices'
import { changesOf, faultsOf, readCell, type RowChange } from './changes'
import type { Field } from './describe'
import { keyOf, lockOf, mayAdd, type Row } from './keys'
import type { RecordList } from './useList'

/** The most rows that are changed in one go. */
export const MOST_CHANGED = 5000

/** Changes of several cells, and what their step is called. */
export interface Proposal {
  name: string
  changes: RowChange[]
}

/** Editing in the grid. */
export interface Edit {
  /** Counts changes of what is not stored yet. */
  stir: Ref<number>
  pending(row: GridRow, key: string): Pending | undefined
  commit(at: number, column: Column, text: string): Promise<void>
  pick(at: number, column: Column, option: Option): Promise<void>
  toggle(at: number, column: Column): Promise<void>
  paste(at: Cell, cells: string[][]): Promise<void>
  fill(block: Block): Promise<void>
  clear(block: Block): Promise<void>
  /** Gives up what was typed into a cell and refused. */
  discard(at: number, column: Column): void
  /** Changes of several cells that wait for a look; null where none do. */
  proposal: ShallowRef<Proposal | null>
}

/** Makes the editing of a list. */
export function useEdit(list: RecordList): Edit {
  const { record, blocks, names, choices } = list
  const client = useQueryClient()
  const stir = ref(0)
  const waiting = new Map<string, Pending>()
  const proposal = shallowRef<Proposal | null>(null)

  const fieldOf = (column: Column | undefined): Field | undefined => record.fields.find((field) => field.name === column?.key)
  const placeOf = (row: GridRow, key: string): string => `${String(keyOf(record, row as Row))}:${key}`

  function mark(place: string, pending: Pending | null): void {
    if (pending) waiting.set(place, pending)
    else waiting.delete(place)
    stir.value += 1
  }

  /** Stores one cell; what was typed stays in it where it is refused. */
  async function store(row: Row, field: Field, value: Json, text: string): Promise<void> {
    const place = placeOf(row, field.name)
    mark(place, { text, state: 'saving', message: '正在保存' })
    try {
      const { value: saved } = await write(client, 'record.save', { record: record.name, id: keyOf(record, row), values: { [field.name]: value } })
      for (const warning of saved.warnings) say(`${warning.label}：${warning.message}`)
      afterRenewal(() => mark(place, null))
    } catch (error) {
      const [fault] = faultsOf(error)
      mark(place, { text, state: 'failed', message: `${fault?.message ?? ''}${fault?.hint ?? ''}` })
      tell(error)
    }
  }

  /** The typed text shows until the rows that hold it have come. */
  function afterRenewal(then: () => void): void {
    const stop = watch(blocks.value.version, () => end())
    const timer = setTimeout(() => end(), 1500)
    function end(): void {
      stop()
      clearTimeout(timer)
      void nextTick(then)
    }
  }

  async function commit(at: number, column: Column, text: string): Promise<void> {
    const [row, field] = [blocks.value.row(at) as Row | undefined, fieldOf(column)]
    if (!row || !field) return
    const read = await readCell(field, text, choices.value)
    if ('value' in read) return store(row, field, read.value, text)
    mark(placeOf(row, field.name), { text, state: 'failed', message: read.fault })
    warn(`${field.label}：${read.fault}。`, '没有保存，可按 F2 接着修改，或按 Esc 放弃。')
  }

  async function pick(at: number, column: Column, option: Option): Promise<void> {
    const [row, field] = [blocks.value.row(at) as Row | undefined, fieldOf(column)]
    if (row && field) await store(row, field, option.value, option.text)
  }

  async function toggle(at: number, column: Column): Promise<void> {
    const [row, field] = [blocks.value.row(at) as Row | undefined, fieldOf(column)]
    if (!row || field?.kind !== 'bool' || column.locked) return
    await store(row, field, row[field.name] !== true, row[field.name] === true ? '否' : '是')
  }

  async function propose(verb: string, top: number, left: number, cells: readonly (readonly string[])[]): Promise<void> {
    if (cells.length > MOST_CHANGED) return say(`一次最多修改 ${MOST_CHANGED} 行，这里有 ${cells.length} 行；更多的请用“导入”。`)
    const end = Math.min(top + cells.length, blocks.value.total.value ?? 0)
    const rows = (await blocks.value.rows(top, end)) as (Row | undefined)[]
    const fields = Array.from({ length: Math.max(...cells.map((row) => row.length)) }, (_, by) => fieldOf(list.columns.value[left + by]))
    const kept = mayAdd(record) ? cells : cells.slice(0, rows.length)
    const changes = await changesOf({ record, fields, rows, cells: kept, names: names.value, among: choices.value, title: list.titleOf })
    if (changes.length === 0) return say('内容与现有的相同，没有要修改的。')
    proposal.value = { name: `${verb}${record.label}`, changes }
  }

  async function paste(at: Cell, cells: string[][]): Promise<void> {
    const [[text] = []] = cells
    const column = list.columns.value[at.column]
    if (cells.length === 1 && cells[0]?.length === 1 && column && text !== undefined && blocks.value.row(at.row)) {
      return column.locked ? say(column.locked) : commit(at.row, column, text)
    }
    await propose('粘贴', at.row, at.column, cells)
  }

  /** A single row takes what stands above it; several take the first one's. */
  async function fill({ top, left, bottom, right }: Block): Promise<void> {
    const source = top === bottom ? top - 1 : top
    const [row] = source < 0 ? [] : await blocks.value.rows(source, source + 1)
    if (!row) return
    const texts = list.columns.value.slice(left, right + 1).map((column) => column.text(row))
    const under = Array.from({ length: bottom - source }, () => texts)
    const column = list.columns.value[left]
    if (under.length === 1 && texts.length === 1 && column && !column.locked) return commit(source + 1, column, texts[0] ?? '')
    await propose('填充', source + 1, left, under)
  }

  async function clear({ top, left, bottom, right }: Block): Promise<void> {
    const column = list.columns.value[left]
    if (top === bottom && left === right && column) {
      const row = blocks.value.row(top)
      if (column.locked) say(column.locked)
      else if (row && column.text(row) !== '') await commit(top, column, '')
      return
    }
    await propose('清空', top, left, Array.from({ length: bottom - top + 1 }, () => Array.from({ length: right - left + 1 }, () => '')))
  }

  function discard(at: number, column: Column): void {
    const row = blocks.value.row(at)
    const place = row && placeOf(row, column.key)
    if (place && waiting.get(place)?.state === 'failed') mark(place, null)
  }

  const pending = (row: GridRow, key: string): Pending | undefined => waiting.get(placeOf(row, key))
  return { stir, pending, discard, commit, pick, toggle, paste, fill, clear, proposal }
}

/** Whether a cell of a record may be typed into. */
export const isOpen = (list: RecordList, field: Field): boolean => lockOf(list.record, list.record.fields.indexOf(field)) === ''
