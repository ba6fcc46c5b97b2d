/** What is added up, and how it is said. */
import { call } from '../api/call'
import type { Adjustment, Among, Consolidate, ComputeOf, ReturnView } from './types'

/** The ways of adding up. */
export type AmongWord = 'tree' | 'direct' | 'selected' | 'class'

/** The ways in words, each with what it means. */
export const AMONG: readonly (readonly [AmongWord, string, string])[] = [
  ['tree', '逐级汇总', '直属下级的报表；直属下级没有报的，用它下面各级已报的'],
  ['direct', '只汇总直属下级', '直属下级中已报的'],
  ['selected', '选择单位汇总', '只汇总选中的单位'],
  ['class', '分类汇总', '下面各级中同一类的单位'],
]

/** The classes of unions: the fields of a union that make them. */
export const CLASSES = ['level', 'kind', 'nature', 'economy', 'industry'] as const

/** Gives what is added up, as the wire has it; nothing while the choice is not made. */
export function amongOf(word: AmongWord, units: readonly number[], field: string, value: string): Among | null {
  if (word === 'selected') return units.length > 0 ? { selected: [...units] } : null
  if (word === 'class') return field !== '' && value !== '' ? { class: [field, value] } : null
  return word
}

/** Adds up the same returns as before, in their newest versions, with the same own level and differences. */
export function again(of: ComputeOf, view: Pick<ReturnView, 'content'>): Consolidate {
  const { parts, own, adjusted } = view.content
  return { ...of, among: { selected: parts.map(({ unit }) => unit) }, own: own !== null, adjusted }
}

/** Reads the differences that were added to a return by hand: adding up again keeps them. */
export async function adjustedOf(id: number | null): Promise<Record<string, Adjustment>> {
  if (id === null) return {}
  const { content, basis } = await call('return.view', { id })
  return basis === 'returns' ? content.adjusted : {}
}
