/** The acts on people's own data: blocking, erasure, all of it in one workbook (《个人信息保护法》第四十五条、第四十七条). */
import { call } from '../api/call'
import { write } from '../api/queries'
import type { BackupCopy, Block, Losing, Mention, Prospect } from '../api/generated'
import { day, each, id, text, type Act, type Before, type Fact, type Outcome, type Row } from '../nouns/act/declare'
import { office } from '../shell/desk'
import { plainName, rethrown, writeTo } from '../shell/saving'

/** Whose data a row is: the person's of a role, or its own. */
export const personOf = (row: Row): number => id(row.person ?? row.id)

type Ground = Block['ground']
/** Why someone was blocked or erased, in words. */
export const groundWords: Readonly<Record<Ground, string>> = { asked: '本人要求删除', withdrawn: '撤回同意', over: '目的已实现或期限已满', other: '其他' }

const BOOK = [['Excel 工作簿', ['xlsx']]] as const
const nothing: Outcome = { steps: [], said: '', warnings: [], left: [] }

/** Says what is kept longest of one person, before it is decided. */
async function standingOf(rows: readonly Row[]): Promise<Fact[]> {
  const [row] = rows
  if (!row || rows.length > 1) return []
  const { live, last } = await call('privacy.standing', { person: personOf(row) })
  return [
    ...(live.length > 0 ? [{ label: '没结束的', text: live.join('、') }] : []),
    ...(last ? [{ label: '保存最久的', text: `${last.kind}，${last.ended} 结束，保存到 ${last.until}` }] : []),
  ]
}

/** The rows of those whom an act would be refused for, each with the refusal's sentences. Pure. */
export const refusedRows = (rows: readonly Row[], people: readonly Prospect[]): Before['unfit'] => {
  const why = new Map(people.flatMap(({ person, refused }) => (refused ? [[person, `${refused.message}${refused.hint}`] as const] : [])))
  return rows.flatMap((row) => (why.has(personOf(row)) ? [{ row, why: why.get(personOf(row)) ?? '' }] : []))
}

/** What of those who can be erased goes, and what still holds them; the newest backup is the first. Pure. */
export function losses(records: readonly Losing[], copies: readonly BackupCopy[]): Fact[] {
  const own = copies.filter(({ whose }) => whose === null)
  const days = [...new Set([own.at(-1), own[0]].map((copy) => copy?.at.slice(0, 10) ?? ''))].join(' 至 ')
  return [
    { label: '内容去掉的', text: records.map(({ record, rows }) => `${record} ${rows.toLocaleString('zh-CN')} 条`).join('、') },
    { label: '已有的备份', text: own.length > 0 ? `${own.length} 份（${days}）里可能还有，不会跟着改；办完以后可在“个人信息保护”里逐份查看、删除` : '这台电脑上没有；放到别处的请自行处理' },
  ]
}

const chosen = (rows: readonly Row[]): { persons: number[] } => ({ persons: [...new Set(rows.map(personOf))] })

async function beforeBlock(rows: readonly Row[]): Promise<Before> {
  const { people } = await call('privacy.before_block', chosen(rows))
  return { unfit: refusedRows(rows, people), facts: [], words: [] }
}

async function beforeErase(rows: readonly Row[]): Promise<Before> {
  const [{ people, records }, copies] = await Promise.all([call('privacy.before_erase', chosen(rows)), call('desk.copies', { path: office.value?.path ?? '' })])
  const going = people.filter(({ refused }) => !refused)
  const [one] = going
  return {
    unfit: refusedRows(rows, people),
    facts: one ? losses(records, copies) : [],
    words: one && going.length === 1 ? ['清除', one.name] : ['清除'],
  }
}

/** 封存。 */
export const block: Act = {
  title: '封存个人信息',
  button: '封存',
  fields: [
    { name: 'day', like: 'blocking.day', required: true, start: 'today' },
    { name: 'ground', like: 'blocking.ground', required: true, start: 'asked' },
    { name: 'note', like: 'blocking.note', hint: '申请的经过、文号等。' },
  ],
  before: beforeBlock,
  tells: (_, rows, { word }) => `${rows.length > 1 ? `${rows.length} 人` : ''}从 ${word('day')} 起只保存、不使用：清单、查找和导出里不再出现，不能修改，不显示完整号码；以前各期的数照旧。在清单的“视图”里可以看“已封存”的。`,
  run: each('privacy.block', (values, row) => ({ person: personOf(row), day: day(values.day), ground: text(values.ground) as Ground, note: text(values.note) }), (done) => `已封存 ${done} 人。`),
}

/** 解除封存。 */
export const unblock: Act = {
  title: '解除封存',
  button: '解除封存',
  fields: [
    { name: 'day', like: 'blocking.ended', label: '解除日期', required: true, start: 'today' },
    { name: 'note', like: 'blocking.ended_for', label: '解除说明', hint: '例如：本人撤回申请。' },
  ],
  tells: (_, rows, { word }) => `${rows.length > 1 ? `${rows.length} 人` : ''}从 ${word('day')} 起恢复使用。`,
  run: each('privacy.unblock', (values, row) => ({ person: personOf(row), day: day(values.day), note: text(values.note) }), (done) => `已解除封存 ${done} 人。`),
}

/** Writes where else names stand. */
export const mentionWords = (mentions: readonly Mention[]): string => mentions.map(({ record, field, rows }) => `${record}的${field} ${rows} 处`).join('、')

/** Says what an erasure left for people to see to. */
export async function erasedWords(done: { people: number; mentions: readonly Mention[]; clean: boolean }): Promise<string> {
  const { copies } = await call('desk.holding', {})
  const rest = [
    done.mentions.length > 0 ? `其他文字里还有同样的姓名（${mentionWords(done.mentions)}），可能是同名的人，请核对` : '',
    done.clean ? '' : '另有程序正在读这个台账，下次打开时再清理文件本身',
    copies.length > 0 ? `还有 ${copies.length} 份以前的备份里有，可在“个人信息保护”里删除` : '',
  ].filter(Boolean)
  return `已清除 ${done.people} 人的个人信息${rest.length > 0 ? `；${rest.join('；')}` : ''}。`
}

/** 清除。 */
export const erase: Act = {
  title: '清除个人信息',
  button: '清除，不能恢复',
  together: true,
  danger: true,
  before: beforeErase,
  fields: [
    { name: 'ground', like: 'erasure.ground', required: true, start: 'over' },
    { name: 'note', like: 'erasure.note', hint: '不要写姓名和证件号码。' },
  ],
  facts: { of: [], ask: (_, rows) => standingOf(rows) },
  tells: (_, rows) => `${new Set(rows.map(personOf)).size} 人的姓名、号码、住址、文字说明等从台账里彻底去掉，名称变成“已清除”，修改记录里也不再看得到；以前各期的数不变。清除不能撤销。台账大的要几分钟。`,
  run: async (values, rows, { client }) => {
    const persons = [...new Set(rows.map(personOf))]
    const { value } = await write(client, 'privacy.erase', { persons, ground: text(values.ground) as Ground, note: text(values.note) })
    return { ...nothing, said: await erasedWords(value) }
  },
}

/** 导出个人信息。 */
export const exportPerson: Act = {
  title: '导出个人信息',
  button: '选择位置，写出',
  together: true,
  fields: [],
  tells: (_, rows, { title }) => `把台账里关于${rows[0] ? title(rows[0]) : '这个人'}的全部内容写成一个工作簿：各项记录、修改记录、使用登记，号码完整。写出会记入“个人信息使用登记”。`,
  run: async (_, rows) => {
    const [row] = rows
    const person = row ? personOf(row) : 0
    const path = await writeTo({ title: '导出个人信息', name: `${plainName(`个人信息 ${person}`)}.xlsx`, endings: [...BOOK].map(([label, endings]) => [label, [...endings]]) }, (path) => call('privacy.person_sheet', { person, path }), '已写出个人信息。', rethrown)
    return path ? nothing : { ...nothing, stays: true }
  },
}
