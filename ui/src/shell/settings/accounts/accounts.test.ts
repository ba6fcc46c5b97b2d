import { describe, expect, it } from 'vitest'
import type { AccountLine } from '../../../api/generated'
import { called, noteOf, obstacle, taken } from './accounts'

const account = (id: number, name: string, role: AccountLine['role'], more: Partial<AccountLine> = {}): AccountLine => ({ id, name, role, since: 0, own: false, keyed: true, ...more })
const own = account(1, '张三', 'admin', { own: true })
const other = account(2, '李四', 'admin')
const clerk = account(3, '王五', 'clerk')

describe('an account in the settings', () => {
  it('says beforehand what the core would refuse', () => {
    expect(obstacle([own, clerk], own, { role: 'clerk' }), 'one’s own role').toContain('不能自己改')
    expect(obstacle([own, clerk], own, { removed: true }), 'one’s own account').toContain('不能停用自己')
    expect(obstacle([other, clerk], other, { removed: true }), 'the last admin is not removed').toContain('至少要有一位管理员')
    expect(obstacle([other, clerk], other, { role: 'reader' }), 'nor made something less').toContain('至少要有一位管理员')
  })
  it('lets everything else be', () => {
    expect(obstacle([own, clerk], own, { role: 'admin' }), 'one’s own name, the role as it was').toBe('')
    expect(obstacle([own, other], other, { removed: true }), 'one of two admins').toBe('')
    expect(obstacle([own, clerk], clerk, { role: 'auditor' }), 'another role').toBe('')
  })
  it('is known by its name alone', () => {
    expect(taken([own, clerk], ' 王五 ', null), 'blanks are no other name').toBe(true)
    expect(taken([own, clerk], '王五', 3), 'its own is not taken').toBe(false)
    expect(taken([own, clerk], '赵六', null), 'a new one is free').toBe(false)
  })
  it('is told in words', () => {
    expect([noteOf(own), noteOf(account(4, '赵六', 'reader', { keyed: false })), noteOf(clerk)], 'what stands beside it').toEqual(['正在使用', '没有密码，请重设', ''])
    expect(called(clerk), 'with its role').toBe('王五（经办）')
  })
})
