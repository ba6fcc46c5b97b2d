/** Several PCs of one office, in words. Pure. */
import type { Comparing, MergeClash, MergeCount, Merged } from '../../../api/generated'

/** The merges that were done, the newest first, out of the rows that note them: one for each seat and merge. */
export function merges(rows: readonly Merged[]): Merged[] {
  return [...rows].sort((one, other) => other.entered - one.entered || other.id - one.id)
}

/** What a merge does to the rows of one record. */
export function counted({ label, added, changed, removed, same }: MergeCount): string {
  const parts = [
    [added, '新增'],
    [changed, '修改'],
    [removed, '删除'],
    [same, '两边都登记了、合为一条'],
  ] as const
  return `${label}：${parts.filter(([n]) => n > 0).map(([n, what]) => `${what} ${n} 条`).join('，')}`
}

/** Whether there is anything to merge at all. */
export const isNothing = ({ counts, clashes }: Comparing): boolean => counts.length === 0 && clashes.length === 0

/** What a word of a contradiction looks like where it says nothing. */
export const shown = (text: string): string => (text === '' ? '（空）' : text)

/** The two words to choose from: what the row says, or whether it is there. */
export function words({ field, what, ours, theirs }: MergeClash): { ours: string; theirs: string } {
  if (field !== null) return { ours: shown(ours), theirs: shown(theirs) }
  return what.startsWith('本机删去') ? { ours: '仍然删去', theirs: '按对方的恢复' } : { ours: '保留', theirs: '按对方的删去' }
}
