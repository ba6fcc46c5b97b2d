import { expect, it } from 'vitest'
import { groundsOf } from './review'

it('what terms rest on is told once, not in every row', () => {
  const line = (kind: string, years: number | null, source: string | null) => ({ person: 1, title: '', blocked: false, last: { kind, ended: '2020-06-01', until: '2022-06-01', years, source } })
  const due = [line('会籍', 2, '条例'), line('会籍', 2, '条例'), line('志愿者注册', 2, '条例'), line('同意', null, null)]
  expect(groundsOf(due), 'by document').toEqual([{ source: '条例', kinds: '会籍 2 年、志愿者注册 2 年' }, { source: '没有规定保存期限', kinds: '同意' }])
})
