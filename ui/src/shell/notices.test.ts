import { afterEach, expect, it } from 'vitest'
import { Refusal } from '../api/call'
import { dismiss, notices, say, shownOf, tell } from './notices'

const wrong = (message: string): void => tell(new Refusal({ code: 'refused', message, hint: '', faults: [], detail: '' }))
const texts = (): string[] => notices.value.map(({ text }) => text)

afterEach(() => (notices.value = []))

it('of what went wrong the latest shows, and the one before once it is read', () => {
  wrong('一')
  say('好')
  wrong('二')
  expect(shownOf(notices.value).map(({ notice, behind }) => [notice.text, behind]), 'they do not pile up').toEqual([['好', 0], ['二', 1]])
  expect(dismiss(), 'the latest goes first').toBe(true)
  expect(shownOf(notices.value).map(({ notice }) => notice.text), 'none is lost').toEqual(['一', '好'])
  expect([dismiss(), dismiss(), texts()], 'what was done goes by itself').toEqual([true, false, ['好']])
})

it('what is said again shows once, and what was done pushes nothing out that went wrong', () => {
  wrong('一')
  wrong('二')
  wrong('一')
  expect(texts(), 'the latest time').toEqual(['二', '一'])
  for (const text of ['a', 'b', 'c', 'd', 'e']) say(text)
  expect(texts(), 'four of each').toEqual(['二', '一', 'b', 'c', 'd', 'e'])
})
