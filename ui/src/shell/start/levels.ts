/** The levels of unions: before a file is open the core cannot be asked for them. A test holds them against the core's own list. */
import type { Unit } from '../../api/generated'

/** The levels, with what they are called. */
export const LEVELS: readonly (readonly [level: Unit['level'], label: string])[] = [
  ['province', '省级'],
  ['city', '市级'],
  ['county', '区县级'],
  ['town', '乡镇街道级'],
  ['grassroots', '基层'],
  ['branch', '分工会（小组）'],
]
