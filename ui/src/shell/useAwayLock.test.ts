import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { useHost, type Host } from '../api/host'
import { lock } from './desk'
import { useAwayLock } from './useIdleLock'

vi.mock('./desk', () => ({ lock: vi.fn(() => Promise.resolve()) }))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.mocked(lock).mockClear()
  useHost(null)
})

it('the pages are locked when the screen is, until they are left', async () => {
  let say = (): void => undefined
  const end = vi.fn()
  useHost({ onAway: (left) => ((say = left), end) } as Partial<Host> as Host)
  const scope = effectScope()
  scope.run(useAwayLock)
  await vi.advanceTimersByTimeAsync(1)
  say()
  expect(lock, 'the host heard of it').toHaveBeenCalledTimes(1)
  scope.stop()
  expect(end, 'nobody listens any more').toHaveBeenCalledTimes(1)
})

it('and after a sleep, of which no host may have heard', async () => {
  useHost({ onAway: () => () => undefined } as Partial<Host> as Host)
  const scope = effectScope()
  scope.run(useAwayLock)
  await vi.advanceTimersByTimeAsync(120_000)
  expect(lock, 'an office at work is left alone').not.toHaveBeenCalled()
  vi.setSystemTime(Date.now() + 10 * 60_000)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(lock, 'ten minutes went by between two looks').toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lock, 'told once').toHaveBeenCalledTimes(1)
  scope.stop()
})
