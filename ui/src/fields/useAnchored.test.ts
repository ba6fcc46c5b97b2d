import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placed } from './useAnchored'

const window = { width: 1000, height: 700 }

describe('a panel beside its box', () => {
  it('lies under it, or over it where there is more room', () => {
    expect(placed({ left: 10, top: 20, bottom: 50, width: 100 }, window, { width: 200, height: 280 }), 'under').toEqual({ left: '10px', maxHeight: '280px', top: '50px' })
    expect(placed({ left: 10, top: 600, bottom: 630, width: 100 }, window, { width: 200, height: 280 }), 'over').toEqual({ left: '10px', maxHeight: '280px', bottom: '100px' })
  })
  it('never leaves the window sideways', () => {
    fc.assert(
      fc.property(fc.integer({ min: -500, max: 1500 }), fc.integer({ min: 50, max: 900 }), (left, width) => {
        const at = Number.parseFloat(placed({ left, top: 0, bottom: 30, width: 10 }, window, { width, height: 100 }).left ?? '')
        return at >= 0 && at + width <= window.width
      }),
    )
  })
})
