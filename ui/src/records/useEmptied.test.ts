import { afterEach, expect, it } from 'vitest'
import type { Json } from '../api/generated'
import { useHost, type Host } from '../api/host'
import type { Described } from './describe'
import { areEmptied } from './useEmptied'

const record = { name: 'member', link: false, fields: [] } as unknown as Described
const asked: number[] = []
const core = (emptied: readonly number[]): void =>
  useHost({ rpc: (_: string, payload: unknown) => (asked.push((payload as { id: number }).id), Promise.resolve({ emptied: emptied.includes(asked.at(-1) ?? 0) ? 3 : null } as Json)) } as unknown as Host)

afterEach(() => {
  useHost(null)
  asked.length = 0
})

it('rows are emptied where each of them was, and one that was not ends the asking', async () => {
  core([1, 2])
  expect(await areEmptied(record, [{ id: 1 }, { id: 2 }]), 'all of them').toBe(true)
  expect(await areEmptied(record, [{ id: 5 }, { id: 1 }]), 'one is in use').toBe(false)
  expect(asked, 'the others are not asked about').toEqual([1, 2, 5])
  expect(await areEmptied(record, []), 'nothing is chosen').toBe(false)
})
