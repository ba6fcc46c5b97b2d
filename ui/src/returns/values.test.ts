import { expect, it } from 'vitest'
import { addressOf, areaOf, columnOf, difference, edited, letters, lockOf, placeOf, read, show } from './values'

it('numbers are shown divided and read back as they were stored', () => {
  const cases = [['count', 12345, '12,345'], ['minutes', 90, '1.5'], ['minutes', 100, '1.67'], ['money', 123450, '1,234.50'], ['rate', 9950, '99.50']] as const
  for (const [kind, stored, text] of cases) {
    expect(show(kind, stored), `${kind} ${stored}`).toBe(text)
    expect(read(kind, edited(kind, stored)), `${text} read back`).toEqual({ value: stored })
  }
  expect([show('count', null), show('text', '县总')], 'nothing is nothing, a text is itself').toEqual(['', '县总'])
})

it('what is no number of its kind is refused, never guessed', () => {
  for (const [kind, text] of [['count', '2000万'], ['count', '1.5'], ['count', '1e3'], ['money', '0.005'], ['distinct', '三十'], ['minutes', '2小时']] as const) expect(read(kind, text), `${kind} ${text}`).toHaveProperty('fault')
  expect(read('count', '１，２００'), 'full-width digits and commas are a Chinese keyboard’s').toEqual({ value: 1200 })
  expect(read('count', '-3'), 'a difference may be less than nothing').toEqual({ value: -3 })
  expect(read('minutes', '2:30'), 'hours and minutes').toEqual({ value: 150 })
  expect(read('count', ' '), 'an empty text takes the value away').toEqual({ value: null })
})

it('a difference is told with its sign', () => {
  expect([difference('money', 300, 100), difference('count', 1, 4), difference('count', 4, 4), difference('count', 4, null)], 'more, less, the same, nothing to compare').toEqual(['+2.00', '−3', '', ''])
})

it('places and addresses read as they are written', () => {
  for (const [number, word] of [[1, 'A'], [26, 'Z'], [27, 'AA'], [16384, 'XFD']] as const) expect([letters(number), columnOf(word)], word).toEqual([word, number])
  expect(placeOf('AB12'), 'column and row').toEqual({ column: 28, row: 12 })
  expect(areaOf('D4:F4'), 'an area').toEqual({ first: { column: 4, row: 4 }, last: { column: 6, row: 4 } })
  expect([addressOf('表!1!D6'), addressOf('分单位!C:0001')], 'the last sign parts sheet and place').toEqual([{ sheet: '表!1', at: 'D6', key: null }, { sheet: '分单位', at: 'C', key: '0001' }])
})

it('openings, formulas and facts are not typed, with the reason', () => {
  expect(lockOf({ opening: { of: 'D12', first: { code: 'x' } } }), 'an opening says where it is from').toContain('上期')
  expect([lockOf('typed'), lockOf({ indicator: { code: 'x' } })], 'these may be typed over').toEqual(['', ''])
  expect(lockOf({ formula: '=A1' }) && lockOf({ fact: 'unit' }) && lockOf('number'), 'the program’s own').not.toBe('')
})
