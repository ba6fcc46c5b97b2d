import { afterEach, describe, expect, it, vi } from 'vitest'
import { useHost, type Host } from '../api/host'
import { arrive, takeWanted, wanted, watchArrivals } from './arrivals'
import { office } from './desk'
import { notices } from './notices'

const open = { path: '/d/a.unionbook', file: 'a.unionbook', name: '甲', unit: 1, clerk: '乙', role: 'admin' as const, rights: ['read'], by_recovery: false, unnoted: false, backups: null, arrival: null, kept: { last: null, changed: false, failed: null }, lost: null }

afterEach(() => {
  useHost(null)
  office.value = wanted.value = null
  notices.value = []
})

describe('files that come from outside', () => {
  it('wait until they are taken, each once, the last that was asked for', () => {
    arrive([])
    expect(wanted.value, 'a start without a file asks for nothing').toBeNull()
    arrive(['/d/a.unionbook', '/d/b.unionbook'])
    expect([takeWanted(), takeWanted()], 'taken once').toEqual(['/d/b.unionbook', null])
  })
  it('wait beside an open one, and do not where it is that one', () => {
    office.value = open
    arrive(['/d/a.unionbook'])
    expect([wanted.value, notices.value.map(({ text }) => text)], 'the open file is said to be open').toEqual([null, ['“甲”已经打开。']])
    arrive(['/d/b.unionbook'])
    expect(wanted.value, 'another is to be asked about').toBe('/d/b.unionbook')
  })
  it('are those of this start and of later ones, heard before they are asked for', async () => {
    const order: string[] = []
    let later: (paths: string[]) => void = () => undefined
    const onArrived: Host['onArrived'] = (take) => {
      order.push('heard')
      later = take
      return () => order.push('ended')
    }
    const arrived = (): Promise<string[]> => (order.push('asked'), Promise.resolve(['/d/b.unionbook']))
    useHost({ onArrived, arrived } as unknown as Host)
    const end = watchArrivals()
    await vi.waitFor(() => expect(wanted.value, 'the file of this start').toBe('/d/b.unionbook'))
    later(['/d/c.unionbook'])
    expect(wanted.value, 'that of a later one').toBe('/d/c.unionbook')
    end()
    await vi.waitFor(() => expect(order, 'no start in between is missed').toEqual(['heard', 'asked', 'ended']))
  })
})
