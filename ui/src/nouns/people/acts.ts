/** The acts on people: two records that turn out to be one person. */
import { call } from '../../api/call'
import type { Described, Field } from '../../records/describe'
import { shown, target, type Names } from '../../fields/look'
import { namesOf } from '../../fields/names'
import { id, once, type Act, type Fact, type Row } from '../act/declare'

/** Says where two records of one person differ. */
export function differences(fields: readonly Field[], keep: Row, gone: Row, names: Names): Fact[] {
  return fields
    .filter((field) => field.kind !== 'entered' && JSON.stringify(keep[field.name] ?? null) !== JSON.stringify(gone[field.name] ?? null))
    .map((field) => ({ label: field.label, text: `${shown(field, keep[field.name], names) || '（空）'} ← ${shown(field, gone[field.name], names) || '（空）'}` }))
}

async function compare(keep: number, gone: number): Promise<Fact[]> {
  if (keep === gone || keep === 0 || gone === 0) return []
  const [described, one, other] = await Promise.all([
    call('record.describe', { record: 'person' }),
    call('record.get', { record: 'person', id: keep }),
    call('record.get', { record: 'person', id: gone }),
  ])
  const [person] = described as unknown as Described[]
  const fields = person?.fields ?? []
  const keys = [...new Set(fields.filter((field) => field.kind === 'term' || field.kind === 'terms').map(target))]
  const lists = await Promise.all(keys.map(async (list) => [list, await call('term.list', { list })] as const))
  return differences(fields, one.row as Row, other.row as Row, namesOf(new Map(lists), {}))
}

/** 合并人员。 */
export const merge: Act = {
  title: '合并人员',
  button: '合并为一个人',
  together: true,
  fields: [
    { name: 'keep', like: 'member.person', label: '保留的记录', required: true, start: (rows) => rows[0]?.id ?? null },
    { name: 'gone', like: 'member.person', label: '并入的重复记录', required: true, start: (rows) => rows[1]?.id ?? null },
  ],
  judge: ({ keep, gone }) => (keep === gone ? { gone: '与保留的是同一条记录，请选择另一条' } : ({} as Record<string, string>)),
  facts: { of: ['keep', 'gone'], ask: ({ keep, gone }) => compare(id(keep), id(gone)) },
  tells: (_, __, { word }) =>
    word('keep') && word('gone') ? `会籍、志愿服务、活动等都归到“${word('keep')}”；保留的记录空着的项用另一条补上，不一样的以保留的为准。上面“←”左边是保留的，右边是并入的。` : '',
  run: once(
    'people.merge',
    (values) => ({ keep: id(values.keep), gone: id(values.gone) }),
    ({ moved, left_out }) => `已合并，${Object.values(moved).reduce((sum, many) => sum + many, 0)} 条相关记录归到保留的人员${left_out.length > 0 ? `；没有采用的：${left_out.join('、')}` : ''}。`,
  ),
}
