/** Files that came: their states, the latest batch, the list of all. */
import { shallowRef, watch } from 'vue'
import type { Json } from '../api/generated'
import { office } from '../shell/desk'
import type { Delivered, ReportKind, ReportTask } from './types'

/** The states in the order of what is to be done, with what each means. */
export const STATES: readonly (readonly [word: string, label: string, about: string])[] = [
  ['clean', '可接收', '封条完好，内容对得上'],
  ['to_look', '待核对', '普通表格，先看一看认得对不对'],
  ['quarantined', '隔离', '有问题，不能接收；请退回对方'],
  ['passed_over', '不用处理', '重复，或已有更新的版本'],
  ['taken', '已接收', '已成为下级的报表'],
  ['returned', '已退回', '已写回执退回'],
]

/** What a batch came to. */
export const latest = shallowRef<readonly Delivered[] | null>(null)

/** What was told of each delivery when it came, by its number. */
const told = new Map<number, Delivered>()

/** Keeps what was told of a batch. */
export function keep(batch: readonly Delivered[]): void {
  latest.value = batch
  for (const one of batch) if (one.id !== null) told.set(one.id, one)
}

/** Forgets it: another file's deliveries have the same numbers. */
export function forgetBatch(): void {
  latest.value = null
  told.clear()
}

watch(() => office.value?.path, forgetBatch)

/** How many there are of each state. */
export function counted(batch: readonly Delivered[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { state } of batch) counts[state] = (counts[state] ?? 0) + 1
  return counts
}

/** A delivery that is stored, with its task's word. */
export type Stored = Delivered & { code: string; took: number | null }

/** Gives a stored delivery as it was told when it came, with the state that it has now. */
export function deliveryOf(row: Json, titles: ReadonlyMap<string, string>, label: (state: string) => string): Stored {
  const of = row as { id: number; file: string; state: string; sender: string | null; code: string | null; period: string | null; no: number | null; late: boolean; notes: string | null; took: number | null }
  const then = told.get(of.id)
  return {
    ...(then ?? { changed: [], understood: [], unread: [], compared: [] }),
    id: of.id,
    code: of.code ?? '',
    took: of.took ?? null,
    file: of.file,
    state: of.state,
    state_label: label(of.state),
    sender: of.sender ?? '',
    title: titles.get(of.code ?? '') ?? of.code ?? '',
    period: of.period ?? '',
    no: of.no ?? 0,
    late: of.late,
    notes: (of.notes ?? '').split('\n').filter(Boolean),
  }
}

/** The kind of a cell that was understood: by its place in the form and what it is called there. */
export function kindIn(task: ReportTask | null | undefined, own: string, label: string): ReportKind {
  const tables = task?.tables ?? []
  const cell = tables.flatMap((table) => table.cells).find((one) => one.at === own && one.label === label)
  const column = tables.flatMap((table) => table.block?.columns ?? []).find((one) => own.startsWith(one.at) && label.includes(one.label))
  return cell?.kind ?? column?.kind ?? 'count'
}

/** The places that a reason for returning may speak of, with the sentence that fits: cells that were changed, could not be read. */
export function reasonsOf(delivery: Delivered): { place: string; reason: string }[] {
  return [
    ...delivery.changed.map((one) => ({ place: `${one.sheet}!${one.at}`, reason: `“${one.label}”封存时是“${one.sealed}”，现在是“${one.found}”。` })),
    ...delivery.unread.map((one) => ({ place: one.at === '' ? one.sheet : `${one.sheet}!${one.at}`, reason: `“${one.label}”写的是“${one.text}”：${one.what}${one.hint}` })),
  ]
}
