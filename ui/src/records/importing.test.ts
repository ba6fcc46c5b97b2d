import { describe, expect, it } from 'vitest'
import { takenBy } from './importing'

const counts = { rows: 20, new: 5, changed: 3, same: 4, conflicting: 2, faulty: 6, warned: 1 }

describe('what an import takes', () => {
  it('is what is new and what changed, and what is in conflict unless it is skipped', () => {
    expect(takenBy(counts, 'update', false), 'updated').toBe(10)
    expect(takenBy(counts, 'transfer', false), 'transferred').toBe(10)
    expect(takenBy(counts, 'skip', false), 'skipped').toBe(8)
  })
  it('is nothing where one row is faulty and all or nothing was asked for', () => {
    expect(takenBy(counts, 'update', true), 'six faulty rows').toBe(0)
    expect(takenBy({ ...counts, faulty: 0 }, 'update', true), 'none').toBe(10)
  })
})
