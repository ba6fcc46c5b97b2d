/** Whether nothing is written any more of the chosen rows, because they were emptied for good (已清除). */
import { watchDebounced } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import { call } from '../api/call'
import type { Described } from './describe'
import { keyOf, type Row } from './keys'
import type { RecordList } from './useList'
import { isVeilable } from './view'

/** More chosen rows than that are not asked about: an act says row by row for which of them it cannot be done. */
const FEW = 20
/** How long the choice rests before the core is asked, in milliseconds. */
const REST = 80

/** Whether each of some rows was emptied; the first that was not ends the asking. */
export async function areEmptied(record: Described, rows: readonly Row[]): Promise<boolean> {
  for (const row of rows) {
    const found = await call('record.get', { record: record.name, id: keyOf(record, row) }).catch(() => null)
    if (found?.emptied == null) return false
  }
  return rows.length > 0
}

/** Follows the rows that are chosen in a list; those of most records cannot be emptied, and are not asked about. */
export function useEmptied(list: RecordList): Ref<boolean> {
  const emptied = ref(false)
  let round = 0
  async function ask(): Promise<void> {
    const mine = (round += 1)
    const rows = isVeilable(list.record, list.all.value) ? await list.chosenRows(FEW).catch(() => null) : null
    const found = await areEmptied(list.record, rows ?? [])
    if (mine === round) emptied.value = found
  }
  watchDebounced([list.chosen, () => list.blocks.value.version.value], () => void ask(), { debounce: REST })
  return emptied
}
