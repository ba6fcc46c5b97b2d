/** The pages of the user guide: which there are, and which fits where. */
import { partHere } from './here'

/** A page of the guide. */
export interface HelpPage {
  /** The name of its file in assets/help. */
  name: string
  title: string
}

/** The pages in their order. */
export const PAGES: readonly HelpPage[] = [
  { name: 'start', title: '开始使用' },
  { name: 'members', title: '会员' },
  { name: 'import', title: '导入名册' },
  { name: 'volunteers', title: '志愿服务' },
  { name: 'stations', title: '服务站点' },
  { name: 'activities', title: '活动' },
  { name: 'monthly', title: '月报' },
  { name: 'returns', title: '报表：运算、审核、上报' },
  { name: 'receiving', title: '报表：装入、汇总' },
  { name: 'tasks', title: '报表：制作任务' },
  { name: 'safety', title: '撤销与备份' },
  { name: 'pcs', title: '几台电脑一起用' },
  { name: 'accounts', title: '账号与钥匙' },
  { name: 'handover', title: '工作交接' },
  { name: 'privacy', title: '个人信息保护：同意、封存、清除、查询' },
  { name: 'trust', title: '安全：防得住什么，防不住什么' },
  { name: 'keys', title: '快捷键' },
]

/** The page that the guide begins with. */
export const FIRST = 'start'

const fits: readonly (readonly [prefix: string, page: string])[] = [
  ['/privacy', 'privacy'],
  ['/records/consent', 'privacy'],
  ['/records/retention_rule', 'privacy'],
  ['/records/blocking', 'privacy'],
  ['/records/erasure', 'privacy'],
  ['/records/volunteer', 'volunteers'],
  ['/records/team', 'volunteers'],
  ['/records/service', 'volunteers'],
  ['/records/star_rule', 'volunteers'],
  ['/records/dossier', 'volunteers'],
  ['/records/station', 'stations'],
  ['/records/visit', 'stations'],
  ['/records/inspection', 'stations'],
  ['/records/activity', 'activities'],
  ['/records/participation', 'activities'],
  ['/stations', 'stations'],
  ['/records/', 'members'],
  ['/units', 'members'],
  ['/members', 'members'],
  ['/print/sign-in', 'activities'],
  ['/print', 'members'],
  ['/activities', 'activities'],
  ['/reports', 'monthly'],
  ['/returns/inbox', 'receiving'],
  ['/returns/cards', 'receiving'],
  ['/returns/tasks', 'tasks'],
  ['/returns/author', 'tasks'],
  ['/returns', 'returns'],
  ['/timeline', 'safety'],
  ['/settings', 'safety'],
  ['/handover', 'handover'],
]

/** Gives the guide's page that fits a page of the program. */
export const helpFor = (path: string): string => fits.find(([prefix]) => path.startsWith(prefix))?.[1] ?? FIRST

/** Gives the guide's page that fits where one is: the part of a page that names one, else the page. */
export const helpHere = (path: string): string => partHere() ?? helpFor(path)

const texts = import.meta.glob<string>('../../../../assets/help/*.md', { query: '?raw', import: 'default' })
const pictures = import.meta.glob<string>('../../../../assets/help/pictures/*.png', { query: '?url', import: 'default', eager: true })

const at = <T>(found: Record<string, T>, name: string): T | undefined => Object.entries(found).find(([path]) => path.endsWith(`/help/${name}`))?.[1]

/** Reads a page's text; nothing where there is none of the name. */
export const textOf = async (name: string): Promise<string> => (await at(texts, `${name}.md`)?.()) ?? ''

/** Gives the address of a page's picture; nothing where it has not been made. */
export const pictureOf = (name: string): string | undefined => at(pictures, name.replace(/^\.\//, ''))
