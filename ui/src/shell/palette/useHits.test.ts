import { afterEach, describe, expect, it } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import type { Json } from '../../api/generated'
import { useHost, type Host } from '../../api/host'
import type { Described } from '../../records/describe'
import { useHits } from './useHits'

const described = (name: string): Described =>
  ({ name, label: name, key: [], unit: '', fields: [{ name: 'name', label: '名', kind: 'text', of: null, listed: true, search: true }] }) as unknown as Described
const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0))

/** A host that answers when it is told to. */
function slow(): { answer: (search: string, record: string, name: string) => void; asked: string[] } {
  const waiting = new Map<string, (page: Json) => void>()
  const asked: string[] = []
  const rpc = (_: string, payload: unknown): Promise<Json> => {
    const { record, search } = payload as { record: string; search: string }
    asked.push(`${record}:${search}`)
    return new Promise((done) => waiting.set(`${record}:${search}`, done))
  }
  useHost({ rpc } as unknown as Host)
  return { asked, answer: (search, record, name) => waiting.get(`${record}:${search}`)?.({ rows: name ? [{ id: 1, name }] : [], next: null, total: null, sorted: true, refs: {} }) }
}

let scope: EffectScope
afterEach(() => (scope.stop(), useHost(null)))

function searching(records: string[]) {
  scope = effectScope()
  const text = ref('')
  const hits = scope.run(() => useHits(text, ref(records.map(described))))
  return { text, titles: () => hits?.found.value.map(({ record, hits: [hit] }) => `${record.name}:${hit?.title ?? ''}`), busy: () => hits?.busy.value }
}

describe('hits as one types', () => {
  it('show as each record answers, in the order of the records', async () => {
    const host = slow()
    const { text, titles, busy } = searching(['unit', 'member', 'dues'])
    text.value = '王'
    await settled()
    expect(host.asked, 'records that are not searched are not asked').toEqual(['unit:王', 'member:王'])
    host.answer('王', 'unit', '王庄工会')
    await settled()
    expect([titles(), busy()], 'the first answer is not kept back').toEqual([['unit:王庄工会'], true])
    host.answer('王', 'member', '王静')
    await settled()
    expect([titles(), busy()], 'members stand before unions').toEqual([['member:王静', 'unit:王庄工会'], false])
  })
  it('are never those of what was typed before', async () => {
    const host = slow()
    const { text, titles } = searching(['member'])
    text.value = '王'
    await settled()
    text.value = '王静'
    await settled()
    host.answer('王静', 'member', '王静')
    host.answer('王', 'member', '王健')
    await settled()
    expect(titles(), 'the late answer is dropped').toEqual(['member:王静'])
    text.value = ' '
    await settled()
    expect(titles(), 'nothing is sought').toEqual([])
  })
})
