// @vitest-environment happy-dom
import { effectScope, nextTick, ref } from 'vue'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { chosenText, forgetCopied, STAY } from './forgetting'

function input(value: string, from: number, to: number): HTMLInputElement {
  const box = document.createElement('input')
  box.value = value
  document.body.append(box)
  box.focus()
  box.setSelectionRange(from, to)
  return box
}

describe('what was copied while full numbers were shown', () => {
  afterEach(() => vi.useRealTimers())

  it('is the chosen part of an input', () => {
    expect(chosenText(input('13800001234', 0, 11), null)).toBe('13800001234')
    expect(chosenText(input('13800001234', 7, 11), null)).toBe('1234')
    expect(chosenText(document.body, null)).toBe('')
  })

  it('is forgotten after half a minute, also where the form was closed meanwhile, and not where numbers were masked', async () => {
    vi.useFakeTimers()
    const forgotten: string[] = []
    const shown = ref(false)
    const scope = effectScope()
    scope.run(() => forgetCopied(shown, async (text) => void forgotten.push(text)))
    input('13800001234', 0, 11)
    document.dispatchEvent(new Event('copy'))
    shown.value = true
    document.dispatchEvent(new Event('copy'))
    scope.stop()
    document.dispatchEvent(new Event('copy'))
    await vi.advanceTimersByTimeAsync(STAY - 1)
    expect(forgotten).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await nextTick()
    expect(forgotten).toEqual(['13800001234'])
  })
})
