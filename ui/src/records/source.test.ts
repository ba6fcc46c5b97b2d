import { afterEach, describe, expect, it } from 'vitest'
import { useHost, type Host } from '../api/host'
import type { Json, List } from '../api/generated'
import type { Described } from './describe'
import { sourceOf } from './source'

/** A host with 5,000 numbered rows, which gives links by places alone, as the core does. */
function core(sorted = true): { asked: List[]; host: Host } {
  const asked: List[] = []
  const rpc = (_: string, payload: unknown): Promise<Json> => {
    const ask = payload as List
    asked.push(ask)
    const from = ask.at ?? (ask.after ? Number(ask.after) : 0)
    const rows = Array.from({ length: Math.max(0, Math.min(ask.limit ?? 50, 5000 - from)) }, (_, by) => ({ id: from + by }))
    const next = from + rows.length < 5000 ? String(from + rows.length) : null
    return Promise.resolve({ rows, next, total: ask.count || ask.at != null ? 5000 : null, sorted: sorted || ask.at != null, refs: { person: { '1': '赵一' } } })
  }
  return { asked, host: { rpc } as unknown as Host }
}
const ask: List = { record: 'member' }
const plain = { link: false } as Described
const link = { link: true } as Described
afterEach(() => useHost(null))

describe('the rows of a view', () => {
  it('come by their numbers, the first ones in the quickest way', async () => {
    const { asked, host } = core()
    useHost(host)
    const heard: unknown[] = []
    const { fetch } = sourceOf(plain, ask, (titles) => heard.push(titles))
    expect((await fetch(0, 200)).total, 'counted with the first page').toBe(5000)
    expect((await fetch(4800, 200)).rows.at(-1), 'the last row').toEqual({ id: 4999 })
    expect(asked.map(({ at, count }) => [at, count]), 'one call each').toEqual([[undefined, true], [4800, undefined]])
    expect(heard, 'titles are heard').toHaveLength(2)
  })
  it('are asked for again where they did not come in order', async () => {
    const { asked, host } = core(false)
    useHost(host)
    await sourceOf(plain, ask, () => undefined).fetch(0, 200)
    expect(asked.at(-1)?.at, 'by their number').toBe(0)
  })
  it('that a search finds are asked for once, by their number: its first page might not be in order', async () => {
    const { asked, host } = core(false)
    useHost(host)
    expect((await sourceOf(plain, { ...ask, search: '李' }, () => undefined).fetch(0, 200)).total, 'and counted').toBe(5000)
    expect(asked.map(({ at, search }) => [at, search]), 'one call').toEqual([[0, '李']])
  })
  it('of a link are walked to from the nearest place known', async () => {
    const { asked, host } = core()
    useHost(host)
    const { fetch, forget } = sourceOf(link, ask, () => undefined)
    expect((await fetch(2200, 200)).rows[0], 'walked to').toEqual({ id: 2200 })
    const before = asked.length
    expect((await fetch(2400, 200)).rows[0], 'the next block').toEqual({ id: 2400 })
    expect(asked.length - before, 'from where the last one ended').toBe(1)
    expect((await fetch(4900, 200)).rows.at(-1), 'the last row').toEqual({ id: 4999 })
    expect((await fetch(9000, 200)).rows, 'beyond the end').toEqual([])
    forget()
    asked.length = 0
    expect((await fetch(200, 200)).rows[0], 'after rows came or went').toEqual({ id: 200 })
    expect(asked.map(({ after, count }) => [after, count]), 'walked and counted anew').toEqual([[null, true], ['200', false]])
  })
})
