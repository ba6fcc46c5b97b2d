/** The pages of the frame's navigation. */
import type { RecordName } from '../api/generated'
import type { Described } from '../records/describe'
import type { IconName } from './icons'

/** A page to go to. */
export interface Place {
  to: string
  label: string
  icon: IconName
  /** Its pinyin and initials, for the palette. */
  spell: string
  /** Where the pages of its own acts lie. */
  also?: string
  /** The keys that lead there. */
  keys?: string
}

/** The records that stand in the navigation themselves, in their order; the others stand under 更多记录. */
const MAIN: readonly (readonly [RecordName, IconName, spell: string, also?: string])[] = [
  ['unit', 'tree', 'gonghuizuzhi ghzz', '/units'],
  ['member', 'card', 'huiyuan hy', '/members'],
  ['person', 'person', 'renyuan ry'],
  ['volunteer', 'heart', 'zhiyuanzhe zyz'],
  ['team', 'team', 'zhiyuanfuwudui zyfwd'],
  ['station', 'house', 'fuwuzhandian fwzd', '/stations'],
  ['activity', 'flag', 'huodong hd', '/activities'],
]

/** The records that nobody works in by their lists: they have their place in the settings and among the returns, or are the program's own. */
const ELSEWHERE: ReadonlySet<RecordName> = new Set(['account', 'merged', 'twin', 'task', 'return', 'delivery', 'correspondent'] as const)

/** The home page. */
export const HOME: Place = { to: '/', label: '首页', icon: 'home', spell: 'shouye sy' }

/** The monthly return. */
export const MONTHLY: Place = { to: '/reports', label: '月报', icon: 'sheet', spell: 'yuebao yb' }

/** The returns that unions above ask for. */
export const RETURNS: Place = { to: '/returns', label: '报表', icon: 'send', spell: 'baobiao bb shangbao sb' }

/** The pages at the foot of the navigation. */
export const FOOT: readonly Place[] = [
  { to: '/timeline', label: '操作记录', icon: 'clock', spell: 'caozuojilu czjl' },
  { to: '/privacy', label: '个人信息保护', icon: 'lock', spell: 'gerenxinxibaohu grxxbh' },
  { to: '/settings', label: '设置', icon: 'gear', spell: 'shezhi sz' },
  { to: '/help', label: '帮助', icon: 'help', spell: 'bangzhu bz' },
]

const placeOf = (record: Described, icon: IconName, spell: string, also?: string): Place => ({ to: `/records/${record.name}`, label: record.label, icon, spell, ...(also ? { also } : {}) })

const under = (prefix: string, path: string): boolean => path === prefix || path.startsWith(`${prefix}/`)

/** Whether an address is one of a place's pages. */
export const isAt = (place: Place, path: string): boolean => (place.to === '/' ? path === '/' : under(place.to, path) || (place.also !== undefined && under(place.also, path)))

/** The pages of the records that stand in the navigation themselves. */
export const mainPlaces = (records: readonly Described[]): Place[] =>
  MAIN.flatMap(([name, icon, spell, also]) => records.filter((record) => record.name === name).map((record) => placeOf(record, icon, spell, also)))

/** Gives the first nine pages the keys that lead to them. */
export const withKeys = (places: readonly Place[]): Place[] => places.map((place, at) => (at < 9 ? { ...place, keys: `Alt ${at + 1}` } : place))

/** The pages of all other records. */
export const morePlaces = (records: readonly Described[]): Place[] =>
  records.filter(({ name }) => !ELSEWHERE.has(name) && MAIN.every(([main]) => main !== name)).map((record) => placeOf(record, 'list', ''))
