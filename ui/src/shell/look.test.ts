import { describe, expect, it } from 'vitest'
import { SIZES, sizeBeside } from './look'

describe('the size of text', () => {
  it('goes from one offered size to the next and stays within them', () => {
    expect(SIZES.map((size) => sizeBeside(size, 1)), 'larger').toEqual([110, 125, 150, 150])
    expect(SIZES.map((size) => sizeBeside(size, -1)), 'smaller').toEqual([100, 100, 110, 125])
    expect([sizeBeside(120, 1), sizeBeside(120, -1)], 'from a size between').toEqual([125, 110])
  })
})
