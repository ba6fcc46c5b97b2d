import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEWEST, strengthOf } from './strength'

describe('the strength of a password', () => {
  it('is nothing where the core would refuse it', () => {
    expect(strengthOf('').word, 'an empty box is not blamed').toBe('')
    expect(strengthOf('a1!甲').level, 'four characters').toBe(0)
    expect(strengthOf('a1!甲').advice, 'how many are missing').toBe('还差 2 位。')
  })
  it('is low for what others try first', () => {
    for (const word of ['123456', '111111', 'aaaaaa1a', 'qwertyuiop', 'Password1', '19850712', '13800000000', 'abcdef', 'gonghui2026'])
      expect(strengthOf(word).level, word).toBe(1)
  })
  it('grows with length and kinds of characters', () => {
    const levels = ['kmtwpz', 'kmtwpz48', 'kmtwpz48xe', 'kmT#pz48xeQ2'].map((word) => strengthOf(word).level)
    expect(levels, 'each is harder than the one before or as hard').toEqual([2, 3, 3, 4])
  })
  it('never calls strong what is too short, and always says a word', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 24, unit: 'grapheme' }), (word) => {
        const { level, word: said } = strengthOf(word)
        return said !== '' && (level > 0) === [...word].length >= FEWEST
      }),
    )
  })
})
