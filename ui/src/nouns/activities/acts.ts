/** The acts on activities: they are held; how many took part. */
import { day, id, once, type Act, type Row, type Values } from '../act/declare'

const number = (values: Values, name: string): number | null => (typeof values[name] === 'number' ? Number(values[name]) : null)
const start = (name: string) => (rows: readonly Row[]) => rows[0]?.[name] ?? null

/** 登记举办。 */
export const hold: Act = {
  title: '登记活动举办',
  button: '登记举办',
  unfit: (row) => (row.state === 'planned' ? '' : row.state === 'held' ? '已经登记为已举办' : '活动已经取消'),
  fields: [{ name: 'day', like: 'activity.day', required: true, start: (rows) => rows[0]?.planned ?? null }],
  tells: (_, __, { word }) => (word('day') ? `登记为 ${word('day')} 举办；之后可以登记参加人、人数和服务时长。` : ''),
  run: once('activities.hold', (values, [row]) => ({ activity: id(row?.id), day: day(values.day) }), (_, __, [row]) => `“${String(row?.title)}”已登记为已举办。`),
}

/** 登记人数。 */
export const count: Act = {
  title: '登记活动人数',
  button: '登记人数',
  unfit: (row) => (row.state === 'held' ? '' : '还没有登记为已举办'),
  fields: [
    { name: 'persons', like: 'activity.persons', start: start('persons'), hint: '有参加名单的，由名单统计，这里留空。' },
    { name: 'women', like: 'activity.women', start: start('women') },
    { name: 'times', like: 'activity.times', start: start('times'), hint: '留空的，与参加人数相同。' },
    { name: 'served', like: 'activity.served', start: start('served') },
  ],
  judge: (values) => {
    const [persons, women, times] = [number(values, 'persons'), number(values, 'women'), number(values, 'times')]
    const wrong: Record<string, string> = {}
    if (women !== null && women > (persons ?? 0)) wrong.women = '比参加人数还多'
    if (times !== null && times < (persons ?? 0)) wrong.times = '比参加人数还少'
    return wrong
  },
  tells: () => '按数登记的活动不登记名单，以免重复统计。',
  run: once(
    'activities.count',
    (values, [row]) => ({ activity: id(row?.id), persons: number(values, 'persons'), women: number(values, 'women'), times: number(values, 'times'), served: number(values, 'served') }),
    (_, __, [row]) => `已登记“${String(row?.title)}”的人数。`,
  ),
}
