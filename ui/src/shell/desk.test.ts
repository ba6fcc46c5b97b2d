import { afterEach, describe, expect, it } from 'vitest'
import { Refusal } from '../api/call'
import type { DeskState, Json } from '../api/generated'
import { useHost, type Host } from '../api/host'
import { desk, isLocked, isShut, leave, linkOf, look, lost, office, watchLink } from './desk'

const refusal = (code: string): Refusal => new Refusal({ code, message: '。', hint: '', faults: [], detail: '' })
const state = (open: boolean): DeskState => ({
  version: '1',
  today: '2026-11-22',
  documents: '/d',
  office: open ? { path: '/d/a.unionbook', file: 'a.unionbook', name: '甲', unit: 1, clerk: '乙', role: 'admin', rights: ['read', 'work', 'enter', 'approve', 'manage'], by_recovery: false, unnoted: false, backups: null, arrival: null, kept: { last: null, changed: false, failed: null }, lost: null } : null,
  recent: [],
})
const answers = (rpc: (command: string) => Promise<unknown>): void => useHost({ rpc: (command: string) => rpc(command) as Promise<Json> } as unknown as Host)

afterEach(() => {
  useHost(null)
  desk.value = office.value = lost.value = null
  isShut.value = isLocked.value = false
})

describe('the link to the program', () => {
  it('is read from how a call ended', () => {
    expect(['unreachable', 'session', 'closed', 'refused', 'bug'].map((code) => linkOf(refusal(code))), 'by its code').toEqual(['lost', 'lost', 'shut', 'up', 'up'])
    expect(linkOf(null), 'an answer').toBe('up')
  })
  it('keeps the office’s pages while the host is gone, and takes them up again', async () => {
    const end = watchLink()
    answers(() => Promise.resolve(state(true)))
    await look()
    answers(() => Promise.reject(refusal('unreachable')))
    await expect(look(), 'the page hears of it').rejects.toThrow()
    expect([lost.value?.code, office.value?.name], 'said, and nothing thrown away').toEqual(['unreachable', '甲'])
    answers(() => Promise.resolve(state(false)))
    await look()
    expect([lost.value, office.value?.name, isShut.value, isLocked.value], 'a new start has the file shut: it is to be unlocked over the page').toEqual([null, '甲', true, false])
    answers(() => Promise.resolve(state(true)))
    await look()
    expect(isShut.value, 'open again').toBe(false)
    end()
  })
  it('asks for the password again where any call finds the file shut', async () => {
    const end = watchLink()
    answers(() => Promise.resolve(state(true)))
    await look()
    answers(() => Promise.reject(refusal('closed')))
    await expect(look()).rejects.toThrow()
    expect([isShut.value, isLocked.value, office.value?.name], 'the program ran on: it locked the page, which stays under the question').toEqual([true, true, '甲'])
    end()
  })
  it('shows the start page where the user closed the file', async () => {
    answers(() => Promise.resolve(state(true)))
    await look()
    answers(() => Promise.resolve(state(false)))
    await leave()
    expect([office.value, isShut.value, desk.value?.office], 'nothing is to be unlocked').toEqual([null, false, null])
  })
})
