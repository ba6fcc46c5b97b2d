/** The review in words. Pure. */
import type { DueLine } from '../api/generated'

/** What the terms rest on: each document once, with what it is for. */
export function groundsOf(due: readonly DueLine[]): { source: string; kinds: string }[] {
  const found = new Map<string, Set<string>>()
  for (const { last } of due) {
    const source = last.source ?? '没有规定保存期限'
    found.set(source, (found.get(source) ?? new Set()).add(last.years === null ? last.kind : `${last.kind} ${last.years} 年`))
  }
  return [...found].map(([source, kinds]) => ({ source, kinds: [...kinds].join('、') }))
}
