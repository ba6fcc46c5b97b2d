import { QueryClient } from '@tanstack/vue-query'
import { afterEach, expect, it } from 'vitest'
import type { Json } from '../api/generated'
import { useHost, type Host } from '../api/host'
import { notices } from './notices'
import { redo, undoing } from './undo'

const asked: unknown[] = []
const answers = (): void => useHost({ rpc: (command: string, payload: unknown) => (asked.push([command, payload]), Promise.resolve({ value: '导入', step: 9, tables: [] } as Json)) } as unknown as Host)

afterEach(() => {
  useHost(null)
  asked.length = 0
  notices.value = []
})

it('a notice takes back the very step that it tells of, and offers nothing where nothing was stored', async () => {
  answers()
  expect(undoing(new QueryClient(), null), 'nothing to take back').toBeNull()
  await new Promise<void>((done) => undoing(new QueryClient(), 7, done)?.run())
  expect(asked, 'not the latest, whichever that is by then').toEqual([['step.undo', { step: 7 }]])
})

it('what was done again is taken back by its own step', async () => {
  answers()
  await redo(new QueryClient())
  notices.value[0]?.action?.run()
  await new Promise((done) => setTimeout(done, 0))
  expect(asked, 'the step that did it again').toEqual([['step.redo', {}], ['step.undo', { step: 9 }]])
})
