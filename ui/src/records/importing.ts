/** What an import would take, and how its findings are told. Pure. */
import type { Import, ImportCounts } from '../api/generated'

/** What becomes of the rows that the clerk must choose for. */
export type Choice = NonNullable<Import['choice']>

/** The fates of rows, in the order of their tabs. */
export const fates = [
  { key: 'new', label: '新增' },
  { key: 'changed', label: '有变化' },
  { key: 'same', label: '相同' },
  { key: 'conflicting', label: '有冲突' },
  { key: 'faulty', label: '有错误' },
] as const

/** The fate of a row. */
export type Fate = (typeof fates)[number]['key']

/** The fate that is shown first: what needs a decision, else the first that any row has. */
export function firstFate(counts: ImportCounts): Fate {
  const order: Fate[] = ['faulty', 'conflicting', 'new', 'changed', 'same']
  return order.find((fate) => counts[fate] > 0) ?? 'new'
}

/** How many rows would be taken: new and changed ones, those in conflict unless they are skipped; none of all where one is faulty and all
or nothing was asked for. */
export function takenBy(counts: ImportCounts, choice: Choice, whole: boolean): number {
  if (whole && counts.faulty > 0) return 0
  return counts.new + counts.changed + (choice === 'skip' ? 0 : counts.conflicting)
}
