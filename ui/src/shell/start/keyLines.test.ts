import { expect, it } from 'vitest'
import { keyLines } from './keyLines'

it('a recovery key stands in even lines that make it again', () => {
  const key = 'AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG-HHHH-JJJJ'
  expect(keyLines(key), 'three of three groups').toEqual(['AAAA-BBBB-CCCC-', 'DDDD-EEEE-FFFF-', 'GGGG-HHHH-JJJJ'])
  for (const one of [key, 'AAAA', 'AAAA-BBBB-CCCC-DDDD']) expect(keyLines(one).join(''), 'nothing lost').toBe(one)
})
