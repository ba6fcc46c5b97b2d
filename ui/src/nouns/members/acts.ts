/** The acts on memberships: joining, transfer, retention, leaving, dues (《工会会员会籍管理办法》, 全国总工会，2016 年 12 月). */
import { call } from '../../api/call'
import type { Json } from '../../api/generated'
import { write } from '../../api/queries'
import { day, each, id, idOrNone, once, text, yes, type Act, type ActField, type Row, type Values } from '../act/declare'

const isGone = (row: Row): boolean => row.state === 'gone'
const unlessGone = (row: Row): string => (isGone(row) ? '已经离会' : '')
const reason = (start: Json = null, required = false): ActField => ({ name: 'reason', like: 'change.reason', start, required })
const paper: ActField[] = [
  { name: 'document', like: 'change.document' },
  { name: 'note', like: 'change.note' },
]
const onDay = (label: string): ActField => ({ name: 'day', like: 'change.day', label, required: true, start: 'today' })
const many = (rows: readonly Row[], words: string): string => (rows.length > 1 ? `${rows.length} 人${words}` : words)

/** The particulars of a membership, as they are given when it begins. */
const particulars: ActField[] = [
  { name: 'kind', like: 'member.kind', start: 'full', required: true },
  { name: 'source', like: 'member.source' },
  { name: 'station', like: 'member.station', when: ({ source }) => source === 'station' },
  { name: 'migrant', like: 'member.migrant', start: false },
  { name: 'new_employment', like: 'member.new_employment' },
  { name: 'card_number', like: 'member.card_number' },
  { name: 'work_number', like: 'member.work_number' },
  { name: 'team', like: 'member.team' },
]

const isFresh = (values: Values): boolean => yes(values.fresh)
/** Whom it is for: someone in the book, or someone who is entered with the act. */
const whom: ActField[] = [
  { name: 'fresh', own: { label: '新登记人员', kind: 'bool' }, start: false, hint: '台账里已经有这个人的，不勾选，直接查找；会员、志愿者共用一份人员资料。' },
  { name: 'person', like: 'member.person', required: true, when: (values) => !isFresh(values) },
  { name: 'name', like: 'person.name', required: true, when: isFresh },
  { name: 'id_number', like: 'person.id_number', when: isFresh, hint: '填了居民身份证号的，性别和出生日期由号码得出。' },
  { name: 'sex', like: 'person.sex', when: isFresh },
  { name: 'phone', like: 'person.phone', when: isFresh },
  { name: 'employer', like: 'person.employer', when: isFresh },
]

const profile = (values: Values) => ({
  kind: (text(values.kind) ?? 'full') as 'full' | 'probationary',
  source: text(values.source),
  station: idOrNone(values.station),
  migrant: yes(values.migrant),
  new_employment: text(values.new_employment),
  card_number: text(values.card_number),
  work_number: text(values.work_number),
  team: text(values.team),
})

/** Runs an act for a person who is entered first where need be; the entry goes again where the act is refused. */
function withPerson(run: (person: number) => Act['run']): Act['run'] {
  return async (values, rows, told) => {
    if (!isFresh(values)) return run(id(values.person))(values, rows, told)
    const given = ['name', 'id_number', 'sex', 'phone', 'employer'].map((name) => [name, values[name] ?? null] as const)
    const entered = await write(told.client, 'record.save', { record: 'person', values: Object.fromEntries(given.filter(([, value]) => value !== null)) })
    try {
      const outcome = await run(Number(entered.value.id))(values, rows, told)
      return { ...outcome, steps: [...(entered.step === null ? [] : [entered.step]), ...outcome.steps], warnings: [...entered.value.warnings, ...outcome.warnings] }
    } catch (error) {
      if (entered.step !== null) await write(told.client, 'step.undo', { step: entered.step })
      throw error
    }
  }
}

/** 办理入会。 */
export const join: Act = {
  title: '办理入会',
  button: '办理入会',
  fields: [...whom, { name: 'unit', like: 'member.unit', required: true }, onDay('批准日期'), ...particulars, ...paper],
  tells: (values, _, { word }) => {
    const name = isFresh(values) ? text(values.name) : word('person')
    return name && word('unit') ? `“${name}”将在 ${word('day')} 加入“${word('unit')}”${isFresh(values) ? '，同时登记他的人员资料' : ''}。曾经离会的，会籍接续，不另建一条。` : ''
  },
  run: withPerson((person) =>
    once(
      'members.join',
      (values) => ({ ...profile(values), person, unit: id(values.unit), day: day(values.day), document: text(values.document), note: text(values.note) }),
      (_, __, ___, { word }) => `已办理入会：${word('person') || word('name')}。`,
    ),
  ),
}

/** 办理转入。 */
export const transferIn: Act = {
  title: '办理转入',
  button: '办理转入',
  fields: [
    ...whom,
    { name: 'unit', like: 'member.unit', label: '转入工会', required: true },
    { name: 'other', like: 'change.other', label: '原工会名称', required: true, hint: '从本台账里的工会转来的，请到原工会的会员上用“办理转会”。' },
    onDay('转入日期'),
    { name: 'joined', like: 'member.joined' },
    ...particulars,
    ...paper,
  ],
  tells: (_, __, { word }) => (word('unit') && word('other') ? `会籍将在 ${word('day')} 从“${word('other')}”转入“${word('unit')}”，入会日期不变。` : ''),
  run: withPerson((person) =>
    once(
      'members.transfer_in',
      (values) => ({
        ...profile(values),
        person,
        unit: id(values.unit),
        day: day(values.day),
        other: text(values.other) ?? '',
        joined: text(values.joined),
        document: text(values.document),
        note: text(values.note),
      }),
      (_, __, ___, { word }) => `已办理转入：${word('person') || word('name')}。`,
    ),
  ),
}

/** 建账。 */
export const openBook: Act = {
  title: '登记原有会员',
  button: '登记',
  fields: [...whom, { name: 'unit', like: 'member.unit', required: true }, onDay('建账日期'), { name: 'joined', like: 'member.joined' },
    { name: 'retained', own: { label: '当时保留会籍', kind: 'bool' }, start: false }, ...particulars, { name: 'note', like: 'member.note' }],
  tells: (_, __, { word }) => (word('unit') ? `登记为建账那天（${word('day')}）“${word('unit')}”已有的会员，不计入当月新入会人数。` : ''),
  run: withPerson((person) =>
    once(
      'members.open_book',
      (values) => ({ ...profile(values), person, unit: id(values.unit), day: day(values.day), joined: text(values.joined), retained: yes(values.retained), note: text(values.note) }),
      (_, __, ___, { word }) => `已登记原有会员：${word('person') || word('name')}。`,
    ),
  ),
}

const isInside = (values: Values): boolean => !yes(values.outside)

/** 办理转会。 */
export const transfer: Act = {
  title: '办理转会',
  button: '办理转会',
  unfit: unlessGone,
  fields: [
    { name: 'outside', own: { label: '转到台账以外', kind: 'bool' }, start: false },
    { name: 'to', like: 'change.counterpart', label: '转入工会', required: true, when: isInside },
    { name: 'other', like: 'change.other', label: '转入工会', required: true, when: (values) => !isInside(values), hint: '填写新工会的全称。' },
    onDay('转会日期'),
    reason('job_change', true),
    {
      name: 'keep_retained',
      own: { label: '继续保留会籍', kind: 'bool' },
      start: false,
      hint: '所在单位关闭、会籍转到上级工会保留的，请勾选；否则保留的会籍在新工会恢复。',
      when: (_, rows) => rows.some((row) => row.state === 'retained'),
    },
    ...paper,
  ],
  tells: (values, rows, { word }) => {
    const to = isInside(values) ? word('to') : word('other')
    if (!to) return ''
    const half = isInside(values) ? '原工会记一笔转出，新工会记一笔转入' : '原工会记一笔转出，此后不再是本台账的在会会员'
    return `${many(rows, `将在 ${word('day')} 转到“${to}”`)}：${half}。`
  },
  run: each(
    'members.transfer',
    (values, row) => ({
      member: id(row.id),
      to: idOrNone(values.to),
      other: text(values.other),
      day: day(values.day),
      reason: text(values.reason),
      keep_retained: yes(values.keep_retained),
      document: text(values.document),
      note: text(values.note),
    }),
    (done) => `已办理转会 ${done} 人。`,
  ),
}

type Turning = 'members.retain' | 'members.resume' | 'members.leave' | 'members.expel'

/** A change of memberships in their own union. */
function turn(command: Turning, title: string, dayLabel: string, fields: ActField[], unfit: Act['unfit'], what: string): Act {
  return {
    title,
    button: title,
    unfit: unfit ?? unlessGone,
    fields: [onDay(dayLabel), ...fields, ...paper],
    tells: (_, rows, { word }) => `${many(rows, `从 ${word('day')} 起`)}${what}。`,
    run: each(
      command,
      (values, row) => ({ member: id(row.id), day: day(values.day), reason: text(values.reason), document: text(values.document), note: text(values.note) }),
      (done) => `已${title} ${done} 人。`,
    ),
  }
}

/** 保留会籍。 */
export const retain = turn('members.retain', '保留会籍', '保留日期', [reason(null, true)], (row) => (row.state === 'retained' ? '已经保留会籍' : unlessGone(row)),
  '保留会籍：保留期间不参加选举，不交会费')
/** 恢复会籍。 */
export const resume = turn('members.resume', '恢复会籍', '恢复日期', [reason()], (row) => (row.state === 'active' ? '正常在会，不用恢复' : unlessGone(row)), '恢复为在会会员')
/** 办理退会。 */
export const leave = turn('members.leave', '办理退会', '退会日期', [reason(null, true)], undefined, '退会，收回会员证')
/** 除名。 */
export const expel = turn('members.expel', '除名', '除名日期', [reason(null, true)], undefined, '除名')

/** 登记会费。 */
export const dues: Act = {
  title: '登记会费',
  button: '登记会费',
  unfit: (row) => (row.state === 'active' ? '' : '不在会，不交会费'),
  fields: [
    { name: 'month', like: 'dues.month', required: true, hint: '写作 2026-10。', start: null },
    { name: 'amount', like: 'dues.amount', label: '每人金额', required: true },
    { name: 'paid', like: 'dues.paid', start: 'today', hint: '只是应交、还没有收到的，留空。' },
  ],
  tells: (values, rows, { word }) => {
    const fen = Math.round(Number(values.amount) * 100)
    return word('month') && fen > 0 ? `${rows.length} 人 ${word('month')} 的会费，每人 ${(fen / 100).toFixed(2)} 元，共 ${((fen * rows.length) / 100).toFixed(2)} 元，一步登记。` : ''
  },
  run: once(
    'members.collect_dues',
    (values, rows) => ({ month: text(values.month) ?? '', paid: text(values.paid), rows: rows.map((row) => ({ member: id(row.id), amount: id(values.amount) })) }),
    (_, { month }, rows) => `已登记 ${rows.length} 人 ${String(month)} 的会费。`,
  ),
}

/** The id of a member's person. */
export const personOf = async (member: number): Promise<number> => id(((await call('record.get', { record: 'member', id: member })).row as Row).person)
