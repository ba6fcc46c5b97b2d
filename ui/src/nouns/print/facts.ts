/** The words of records on paper. */
import { computed, type ComputedRef } from 'vue'
import { shown } from '../../fields/look'
import { namesOf, useLists } from '../../fields/names'
import { useDescribed } from '../../records/describe'
import type { RecordName } from '../../api/generated'
import { useFound, type FoundRow } from '../page/useFound'

/** A row whose fields can be written. */
export interface OnPaper extends FoundRow {
  /** The words of a field's value. */
  word: (name: string) => string
  /** A field's label. */
  label: (name: string) => string
}

/** Asks for a row, with secrets in full where they are to be printed. */
export function useOnPaper(record: RecordName, id: () => number, reveal = false): OnPaper {
  const described = useDescribed(() => record)
  const lists = useLists(() => described.value)
  const found = useFound(record, id, reveal)
  const names: ComputedRef<ReturnType<typeof namesOf>> = computed(() => namesOf(lists.value, found.refs.value))
  const field = (name: string) => described.value?.fields.find((one) => one.name === name)
  const word = (name: string): string => {
    const of = field(name)
    return of ? shown(of, found.row.value?.[name], names.value) : ''
  }
  return { ...found, word, label: (name) => field(name)?.label ?? '' }
}

/** Writes a day as forms have it: `2026年7月1日`. */
export function longDay(day: string): string {
  const [year, month, date] = day.split('-')
  return year && month && date ? `${year}年${Number(month)}月${Number(date)}日` : day
}

/** Hides the middle of a number that is not to be printed in full. */
export const masked = (text: string, hidden: boolean): string => (hidden && text.length > 8 ? `${text.slice(0, 3)}${'*'.repeat(text.length - 7)}${text.slice(-4)}` : text)
