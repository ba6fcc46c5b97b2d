import { expect, it } from 'vitest'
import { useAttempt } from './attempt'
import { Refusal } from './call'

it('what is tried is busy while it runs, and keeps its refusal until it is tried again', async () => {
  const { busy, refusal, attempt } = useAttempt()
  const refused = attempt(() => Promise.reject(new Refusal({ code: 'refused', message: '不行。', hint: '', faults: [], detail: '' })))
  expect(busy.value, 'it runs').toBe(true)
  expect(await refused, 'nothing came of it').toBeNull()
  expect([busy.value, refusal.value?.message], 'why').toEqual([false, '不行。'])
  const again = attempt(() => Promise.resolve('好'))
  expect(refusal.value, 'no word of the first try').toBeNull()
  expect([await again, busy.value], 'done').toEqual(['好', false])
})
