import { expect, it } from 'vitest'
import { minutes, oneOf, whole } from './read'

it('hours are read in the ways people write them', () => {
  const ways: [string, number | null][] = [['2.5', 150], ['2小时30分', 150], ['150分钟', 150], ['3小时', 180], ['2:05', 125], ['２．５', 150], ['0', 0], ['', null]]
  for (const [text, stored] of ways) expect(minutes(text), `“${text}”`).toEqual({ value: stored })
})

it('what is no time is told, never guessed', () => {
  for (const text of ['两小时', '-1', '2.5.1', 'abc']) expect(minutes(text), `“${text}”`).toHaveProperty('fault')
})

it('a count is whole', () => {
  expect(whole('1,200'), 'commas are left out').toEqual({ value: 1200 })
  expect(whole('1.5'), 'no half people').toHaveProperty('fault')
})

it('a word of a list is read by its label or its beginning', () => {
  const read = oneOf([{ word: 'signed_in', label: '签到' }, { word: 'entered', label: '补录' }], 'signed_in')
  expect(read('补'), 'its beginning').toEqual({ value: 'entered' })
  expect(read(''), 'nothing is the usual').toEqual({ value: 'signed_in' })
  expect(read('其他'), 'another word').toHaveProperty('fault')
})
