/** The acts on volunteers: registration, teams, the end of registration. */
import { call } from '../../api/call'
import { plainName, writeTo } from '../../shell/saving'
import { day, id, idOrNone, list, once, text, yes, type Act, type ActField, type Outcome, type Row } from '../act/declare'
import { PDF, sayUndrawn } from '../print/pdf'

const registration: ActField[] = [
  { name: 'unit', like: 'volunteer.unit', required: true, start: (rows) => rows[0]?.unit ?? null },
  { name: 'team', like: 'volunteer.team' },
  { name: 'day', like: 'volunteer.registered', required: true, start: 'today' },
  { name: 'skills', like: 'volunteer.skills' },
  { name: 'areas', like: 'volunteer.areas' },
]

/** Makes the act that registers people, who are named in it or behind the chosen rows. */
function registers(who: readonly ActField[], persons: (values: Readonly<Record<string, unknown>>, rows: readonly Row[]) => number[], how: Pick<Act, 'unfit'> = {}): Act {
  return {
    title: '注册志愿者',
    button: '注册',
    ...how,
    fields: [...who, ...registration],
    tells: (_, rows, { word }) => (word('unit') ? `${rows.length > 1 ? `${rows.length} 人` : ''}从 ${word('day')} 起在“${word('unit')}”注册为志愿者；以前注销的，接续原来的注册和时长。` : ''),
    run: once(
      'volunteers.register',
      (values, rows) => ({ persons: persons(values, rows), unit: id(values.unit), team: idOrNone(values.team), day: day(values.day), skills: list(values.skills), areas: list(values.areas) }),
      ({ added, resumed, already }) => `已注册 ${added} 名志愿者${resumed ? `，${resumed} 名恢复注册` : ''}${already ? `，${already} 名原已注册` : ''}。`,
    ),
  }
}

/** 注册志愿者，在志愿者清单上：查找一个人。 */
export const register = registers([{ name: 'person', like: 'volunteer.person', required: true }], (values) => [Number(values.person)])
/** 注册志愿者，在会员清单上：所选的会员。 */
export const registerMembers = registers([], (_, rows) => rows.map((row) => id(row.person)), { unfit: (row) => (row.state === 'gone' ? '已经离会；仍可在“志愿者”里注册' : '') })
/** 注册志愿者，在人员清单上：所选的人。 */
export const registerPeople = registers([], (_, rows) => rows.map((row) => id(row.id)))

const unlessEnded = (row: Row): string => (row.ended ? `已于 ${String(row.ended)} 注销` : '')

/** 志愿者编队。 */
export const moveToTeam: Act = {
  title: '志愿者编队',
  button: '编队',
  unfit: unlessEnded,
  fields: [{ name: 'team', like: 'volunteer.team', hint: '留空的，退出现在的队伍。' }],
  tells: (_, rows, { word }) => `${rows.length} 名志愿者${word('team') ? `编入“${word('team')}”` : '退出现在的队伍'}。`,
  run: once('volunteers.move_to_team', (values, rows) => ({ volunteers: rows.map((row) => id(row.id)), team: idOrNone(values.team) }), (moved) => `已编队 ${moved} 名志愿者。`),
}

/** 注销志愿者。 */
export const end: Act = {
  title: '注销志愿者',
  button: '注销',
  unfit: unlessEnded,
  fields: [
    { name: 'day', like: 'volunteer.ended', required: true, start: 'today' },
    { name: 'reason', like: 'volunteer.ended_for' },
  ],
  tells: (_, rows, { word }) => `${rows.length} 名志愿者从 ${word('day')} 起注销；时长和档案保留，以后可以再注册。`,
  run: once('volunteers.end', (values, rows) => ({ volunteers: rows.map((row) => id(row.id)), day: day(values.day), reason: text(values.reason) }), (ended) => `已注销 ${ended} 名志愿者。`),
}

const nothing: Outcome = { steps: [], said: '', warnings: [], left: [] }

/** 出具志愿服务证明：每人一份，合成一个 PDF。 */
export const certify: Act = {
  title: '出具志愿服务证明',
  button: '选择位置，写出',
  together: true,
  fields: [
    { name: 'from', own: { label: '开始日期', kind: 'day' }, hint: '留空的，从第一次服务算起。' },
    { name: 'until', own: { label: '截止日期', kind: 'day' }, hint: '留空的，算到今天。' },
    { name: 'reveal', own: { label: '证件号码完整', kind: 'bool' }, hint: '不勾选的，证件号码中间以星号代替。' },
  ],
  judge: (values): Record<string, string> => (text(values.from) && text(values.until) && String(values.from) > String(values.until) ? { from: '在截止日期之后' } : {}),
  tells: (_, rows, { title }) => (rows.length === 1 && rows[0] ? `为${title(rows[0])}写出一份志愿服务记录证明（PDF），打印后签字盖章。` : `每人一份，共 ${rows.length} 份，合成一个 PDF；打印后签字盖章。`),
  run: async (values, rows, { title }) => {
    const who = rows.length === 1 && rows[0] ? title(rows[0]) : `${rows.length}人`
    const failed = (error: unknown): never => {
      throw error
    }
    const write = async (path: string): Promise<void> =>
      sayUndrawn(await call('volunteers.certificate', { people: rows.map((row) => id(row.person)), from: text(values.from), until: text(values.until), reveal: yes(values.reveal), path }))
    const path = await writeTo({ title: '出具志愿服务证明', name: `${plainName(`志愿服务记录证明 ${who}`)}.pdf`, endings: PDF }, write, `已写出 ${rows.length} 份证明。`, failed)
    return path ? nothing : { ...nothing, stays: true }
  },
}
