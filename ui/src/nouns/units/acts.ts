/** The acts on unions: founding, coming under another one, ending, going into another one. */
import { call } from '../../api/call'
import type { Draft, Filter, HandedOver, RecordName, Unit } from '../../api/generated'
import { day, id, idOrNone, once, text, type Act, type ActField, type Fact, type Row, type Values } from '../act/declare'

const paper: ActField[] = [
  { name: 'reason', like: 'change.reason', label: '会籍变动原因' },
  { name: 'document', like: 'change.document' },
]
const unlessClosed = (row: Row): string => (row.closed ? `已于 ${String(row.closed)} 撤销` : '')

const count = async (record: RecordName, filters: Filter[]): Promise<number> => (await call('record.list', { record, filters, limit: 1, count: true })).total ?? 0

/** What a union has that goes over to another one when it ends. */
export async function belongings(unit: number): Promise<Fact[]> {
  const own: Filter = { field: 'unit', op: 'is', value: unit }
  const asked: [string, RecordName, Filter[], string][] = [
    ['会员', 'member', [{ field: 'state', op: 'in', value: ['active', 'retained'] }], '人'],
    ['服务站点', 'station', [{ field: 'state', op: 'in', value: ['planned', 'open', 'mending'] }], '个'],
    ['志愿服务队', 'team', [{ field: 'disbanded', op: 'empty' }], '支'],
    ['志愿者', 'volunteer', [{ field: 'ended', op: 'empty' }], '人'],
    ['计划中的活动', 'activity', [{ field: 'state', op: 'is', value: 'planned' }], '场'],
    ['下级工会', 'unit', [{ field: 'closed', op: 'empty' }], '个'],
  ]
  return Promise.all(
    asked.map(async ([label, record, filters, measure]) => {
      const where: Filter = record === 'unit' ? { field: 'parent', op: 'is', value: unit } : own
      return { label, text: `${(await count(record, [where, ...filters])).toLocaleString('en-US')} ${measure}` }
    }),
  )
}

const wentOver = ({ members, stations, teams, volunteers, activities }: HandedOver): string => {
  const parts = [[members, '名会员'], [stations, '个站点'], [teams, '支队伍'], [volunteers, '名志愿者'], [activities, '场计划活动']] as const
  const words = parts.filter(([many]) => many > 0).map(([many, label]) => `${many} ${label}`)
  return words.length > 0 ? `，${words.join('、')}随之转出` : ''
}

const founded = ['code', 'name', 'short_name', 'level', 'kind', 'opened', 'head', 'phone', 'union_code', 'employer', 'employer_code', 'nature', 'economy', 'industry', 'division', 'address'] as const

/** 新建工会。 */
export const open: Act = {
  title: '新建工会',
  button: '新建工会',
  fields: [
    { name: 'parent', like: 'unit.parent', start: (rows) => rows[0]?.id ?? null },
    ...founded.map((name): ActField => ({ name, like: `unit.${name}`, required: ['code', 'name', 'level'].includes(name), start: name === 'level' ? 'grassroots' : null })),
  ],
  tells: (_, __, { word }) => (word('name') ? `新建“${word('name')}”${word('parent') ? `，上级是“${word('parent')}”` : '，没有上级工会'}。` : ''),
  run: once(
    'units.open',
    (values) => ({ ...Object.fromEntries(founded.map((name) => [name, text(values[name])])), parent: idOrNone(values.parent) }) as unknown as Draft<Unit>,
    (_, __, ___, { word }) => `已新建“${word('name')}”。`,
  ),
}

/** 调整隶属关系。 */
export const relocate: Act = {
  title: '调整隶属关系',
  button: '调整',
  unfit: unlessClosed,
  fields: [
    { name: 'after', like: 'unit_move.after', hint: '留空的，今后没有上级工会。' },
    { name: 'day', like: 'unit_move.day', required: true, start: 'today' },
    { name: 'reason', like: 'unit_move.reason' },
  ],
  facts: { of: [], ask: async (_, [row]) => (row?.parent ? [{ label: '现在的上级工会', text: (await call('record.get', { record: 'unit', id: id(row.parent) })).title }] : []) },
  tells: (_, __, { word }) => `从 ${word('day')} 起，上级是“${word('after') || '（无）'}”；以前各月的月报仍按当时的隶属关系统计，下级工会随同。`,
  run: once(
    'units.relocate',
    (values, [row]) => ({ unit: id(row?.id), after: idOrNone(values.after), day: day(values.day), reason: text(values.reason) }),
    (_, __, [row]) => `已调整“${String(row?.name)}”的隶属关系。`,
  ),
}

const ofFirst = (_: Values, [row]: readonly Row[]): Promise<Fact[]> => (row ? belongings(id(row.id)) : Promise.resolve([]))

/** 撤销工会。 */
export const close: Act = {
  title: '撤销工会',
  button: '撤销工会',
  unfit: unlessClosed,
  fields: [
    { name: 'day', like: 'unit.closed', required: true, start: 'today' },
    { name: 'heir', like: 'unit.parent', label: '接收的工会', start: (rows) => rows[0]?.parent ?? null, hint: '会员、站点、队伍和志愿者转到这里；不选的，转到上级工会。' },
    ...paper,
  ],
  facts: { of: [], ask: ofFirst },
  tells: (_, [row], { word }) => `“${String(row?.name ?? '')}”从 ${word('day')} 起撤销，上面列出的转到“${word('heir') || '上级工会'}”；它以前的记录都保留。下面还有工会的，要先调整或撤销。`,
  run: once(
    'units.close',
    (values, [row]) => ({ unit: id(row?.id), day: day(values.day), heir: idOrNone(values.heir), reason: text(values.reason), document: text(values.document) }),
    (over, _, [row]) => `已撤销“${String(row?.name)}”${wentOver(over)}。`,
  ),
}

/** 合并工会。 */
export const merge: Act = {
  title: '合并工会',
  button: '合并',
  unfit: unlessClosed,
  fields: [
    { name: 'into', like: 'unit.merged_into', label: '并入的工会', required: true },
    { name: 'day', like: 'unit.closed', label: '合并日期', required: true, start: 'today' },
    ...paper,
  ],
  facts: { of: [], ask: ofFirst },
  tells: (_, [row], { word }) => (word('into') ? `“${String(row?.name ?? '')}”从 ${word('day')} 起并入“${word('into')}”，上面列出的随之转入。` : ''),
  run: once(
    'units.merge',
    (values, [row]) => ({ from: id(row?.id), into: id(values.into), day: day(values.day), reason: text(values.reason), document: text(values.document) }),
    (over, _, [row], { word }) => `“${String(row?.name)}”已并入“${word('into')}”${wentOver(over)}。`,
  ),
}
