import { afterEach, describe, expect, it } from 'vitest'
import { call, faultWords, labelledWords, Refusal } from './call'
import { useHost, type Host } from './host'
import type { Json } from './generated'

/** A host that answers or refuses everything in one way. */
const fake = (rpc: () => Promise<Json>): Host => ({ rpc }) as unknown as Host

afterEach(() => useHost(null))

const failed = async (thrown: unknown): Promise<Refusal> => {
  useHost(fake(() => Promise.reject(thrown)))
  return call('store.check', {}).then(
    () => expect.unreachable('the host refuses'),
    (error: unknown) => error as Refusal,
  )
}

describe('calls', () => {
  it('gives the answer', async () => {
    useHost(fake(() => Promise.resolve([])))
    expect(await call('store.check', {}), 'the answer as it came').toEqual([])
  })
  it('throws the report of the core as a refusal', async () => {
    const report = { code: 'refused', message: '不能这样办。', hint: '请改。', faults: [], detail: '' }
    const refusal = await failed(report)
    expect(refusal, 'an error that pages know').toBeInstanceOf(Refusal)
    expect([refusal.code, refusal.message, refusal.hint], 'the words of the report').toEqual(['refused', '不能这样办。', '请改。'])
  })
  it('writes a fault and the way out as one sentence', () => {
    const fault = { field: 'id_number', label: '证件号码', weight: 'error', message: '校验码不符。', hint: '请逐位核对。' } as const
    expect(faultWords(fault), 'one full stop').toBe('校验码不符；请逐位核对。')
    expect([labelledWords({ ...fault, hint: '' }), labelledWords({ ...fault, label: '' })], 'without what is empty').toEqual(['证件号码：校验码不符。', '校验码不符；请逐位核对。'])
  })
  it('tells an unforeseen error as a bug with its details', async () => {
    const refusal = await failed(new TypeError('x is not a function'))
    expect(refusal.code, 'no rule of the trade').toBe('bug')
    expect(refusal.report.detail, 'what a support call needs').toContain('x is not a function')
  })
})
