import { shallowRef } from 'vue'
import { describe, expect, it } from 'vitest'
import { Refusal } from '../../api/call'
import type { Act, Before, Row } from './declare'
import { useBefore } from './useBefore'

const [one, other] = [{ id: 1 }, { id: 2 }]
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
const act = (before?: () => Promise<Before>): Act => ({ title: '', button: '', fields: [], tells: () => '', run: () => Promise.reject(new Error('not run')), ...(before && { before }) })
const said = (more: Partial<Before>): (() => Promise<Before>) => () => Promise.resolve({ unfit: [], facts: [], words: [], ...more })

describe('before an act', () => {
  it('nothing is asked where the act asks nothing', () => {
    expect(useBefore(act(), shallowRef<readonly Row[]>([one])).ready.value, 'at once').toBe(true)
  })
  it('the rows that would be refused are taken out, and nothing goes on until it is said', async () => {
    const rows = shallowRef<readonly Row[]>([one, other])
    const asked = useBefore(act(said({ unfit: [{ row: one, why: '要保存到 2028-06-01。' }] })), rows)
    expect(asked.ready.value, 'not yet').toBe(false)
    await settled()
    expect([rows.value, asked.unfit.value.length, asked.ready.value], 'the other alone').toEqual([[other], 1, true])
  })
  it('what cannot be taken back waits for one of its words', async () => {
    const asked = useBefore(act(said({ words: ['清除', '张三'] })), shallowRef<readonly Row[]>([one]))
    await settled()
    for (const [typed, ready] of [['', false], ['清', false], [' 清除 ', true], ['张三', true], ['李四', false]] as const) {
      asked.typed.value = typed
      expect(asked.ready.value, typed).toBe(ready)
    }
  })
  it('no word is asked where it can be done for nobody', async () => {
    const asked = useBefore(act(said({ unfit: [{ row: one, why: '不能。' }], words: ['清除'] })), shallowRef<readonly Row[]>([one]))
    await settled()
    expect(asked.words.value, 'nothing to type').toEqual([])
  })
  it('an act of which nothing could be said is not offered', async () => {
    const report = { code: 'busy', message: '正忙。', hint: '', faults: [], detail: '' } as unknown as ConstructorParameters<typeof Refusal>[0]
    const asked = useBefore(act(() => Promise.reject(new Refusal(report))), shallowRef<readonly Row[]>([one]))
    await settled()
    expect([asked.ready.value, asked.failure.value?.message], 'why').toEqual([false, '正忙。'])
  })
})
