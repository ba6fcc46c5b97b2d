/** The accounts of the open file, and the words about them. */
import { useQuery, useQueryClient } from '@tanstack/vue-query'
import { computed, type ComputedRef } from 'vue'
import { call } from '../../../api/call'
import type { AccountLine } from '../../../api/generated'
import { changed } from '../../../api/queries'
import { roleLabel, type Role } from '../../rights'

/** What a change of an account would be refused for, said before it is tried; empty where nothing is in the way. Pure. */
export function obstacle(accounts: readonly AccountLine[], account: AccountLine, to: { role?: Role; removed?: boolean }): string {
  const away = to.removed === true || (to.role !== undefined && to.role !== account.role)
  if (!away) return ''
  if (account.own) return to.removed ? '不能停用自己正在用的账号，请另一位管理员来停用。' : '自己的角色不能自己改，请另一位管理员来改。'
  const isLast = account.role === 'admin' && accounts.filter(({ role }) => role === 'admin').length === 1
  return isLast && (to.removed || to.role !== 'admin') ? '台账至少要有一位管理员，请先让另一个账号当管理员。' : ''
}

/** Whose account a name would clash with; a name is one's own whatever blanks were typed. Pure. */
export function taken(accounts: readonly AccountLine[], name: string, own: number | null): boolean {
  const plain = name.trim().split(/\s+/).join(' ')
  return accounts.some((account) => account.id !== own && account.name === plain)
}

/** What stands beside an account. Pure. */
export const noteOf = ({ own, keyed }: AccountLine): string => [own ? '正在使用' : '', keyed ? '' : '没有密码，请重设'].filter(Boolean).join('，')

/** How an account is called in a sentence. Pure. */
export const called = ({ name, role }: Pick<AccountLine, 'name' | 'role'>): string => `${name}（${roleLabel(role)}）`

interface Accounts {
  accounts: ComputedRef<readonly AccountLine[]>
  /** Fetches them again, with the steps that were done. */
  refresh(): Promise<void>
}

/** The accounts of the open file. */
export function useAccounts(): Accounts {
  const client = useQueryClient()
  const { data } = useQuery({ queryKey: ['account.list', ['account']], queryFn: () => call('account.list', {}) })
  return { accounts: computed(() => data.value ?? []), refresh: () => changed(client, ['account']) }
}
