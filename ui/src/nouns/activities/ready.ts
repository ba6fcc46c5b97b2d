/** What an activity must have before people or hours can be entered for it, and the act that fills it in. */
import { id, once, yes, type Act, type ActField, type Row, type Values } from '../act/declare'

/** What is entered: names of those who took part, or hours of voluntary service. */
export type Entered = 'people' | 'hours'

const isHeld = (row: Row): boolean => row.state === 'held'
const isEmpty = (row: Row | undefined, name: string): boolean => (row?.[name] ?? null) === null
/** Whether its people were counted; a list of names beside them would count twice. */
export const isCounted = (row: Row): boolean => !isEmpty(row, 'persons') || !isEmpty(row, 'times')

/** Says what an activity lacks, a sentence each; nothing where all is there. */
export function lacks(row: Row, what: Entered): string[] {
  return [
    ...(isHeld(row) ? [] : [row.state === 'cancelled' ? '这场活动登记为已取消。' : '这场活动还没有登记为已举办。']),
    ...(what === 'hours' && isEmpty(row, 'area') ? ['没有选择志愿服务领域，不算志愿服务活动。'] : []),
    ...(what === 'hours' && isEmpty(row, 'length') ? ['没有填写每人时长，无法核对各人的时长。'] : []),
    ...(isCounted(row) ? ['已按数填了参加人数，再登记到人就会重复统计。'] : []),
  ]
}

const held: ActField = { name: 'day', like: 'activity.day', required: true, start: ([row]) => row?.planned ?? null, when: (_, [row]) => !row || !isHeld(row), hint: '登记为这一天举办；还没有举办的，办完再登记。' }
const named: ActField = { name: 'named', own: { label: '改为登记到人', kind: 'bool' }, start: false, when: (_, [row]) => row !== undefined && isCounted(row), hint: '勾选后清空已填的参加人数、其中女性和人次，由名单统计。' }
const service: ActField[] = [
  { name: 'area', like: 'activity.area', required: true, when: (_, [row]) => isEmpty(row, 'area') },
  { name: 'length', like: 'activity.length', required: true, when: (_, [row]) => isEmpty(row, 'length'), hint: '一个人全程服务的时长，不含路途。' },
]

/** What is stored of an activity: what was filled in, and no counts where names take their place. */
const filled = ({ day, named: isNamed, ...more }: Values): Values => ({
  ...more,
  ...(day ? { state: 'held', day } : {}),
  ...(yes(isNamed) ? { persons: null, women: null, times: null } : {}),
})

const prepares = (title: string, fields: ActField[]): Act => ({
  title,
  button: '保存并继续',
  fields,
  judge: ({ named: isNamed }, [row]) => (row && isCounted(row) && !yes(isNamed) ? { named: '不清空人数，就不能登记到人' } : ({} as Record<string, string>)),
  tells: () => '',
  run: once('record.save', (values, [row]) => ({ record: 'activity', id: id(row?.id), values: { ...filled(values) } }), (_, __, [row]) => `已补填“${String(row?.title)}”的资料。`),
})

/** 补填活动资料, for those who take part and for hours. */
export const prepare: Readonly<Record<Entered, Act>> = {
  people: prepares('补填活动资料', [held, named]),
  hours: prepares('补填志愿服务资料', [held, ...service, named]),
}
