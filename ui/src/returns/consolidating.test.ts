import { expect, it } from 'vitest'
import { again, amongOf } from './consolidating'
import type { ReturnContent } from './types'

it('a choice that is not made adds up nothing', () => {
  expect([amongOf('selected', [], '', ''), amongOf('class', [], 'kind', '')], 'no unit, no class').toEqual([null, null])
  expect([amongOf('tree', [], '', ''), amongOf('selected', [3], '', ''), amongOf('class', [], 'kind', '01')], 'as the wire has it').toEqual(['tree', { selected: [3] }, { class: ['kind', '01'] }])
})

it('adding up again keeps the parts, the own level and the differences', () => {
  const content = { parts: [{ id: 9, unit: 2, no: 1 }, { id: 8, unit: 3, no: 1 }], own: null, adjusted: { 'A!B1': { by: 2, why: '漏报' } } } as unknown as ReturnContent
  expect(again({ task: 't', unit: 1, period: '2026-10' }, { content }), 'without the own level, as before').toEqual({ task: 't', unit: 1, period: '2026-10', among: { selected: [2, 3] }, own: false, adjusted: { 'A!B1': { by: 2, why: '漏报' } } })
})
