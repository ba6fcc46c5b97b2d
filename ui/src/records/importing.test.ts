import { describe, expect, it } from 'vitest'
import { firstFate, takenBy } from './importing'

const counts = { rows: 20, new: 5, changed: 3, same: 4, conflicting: 2, faulty: 6, warned: 1 }

describe('what is shown first', () => {
  it('is what needs a decision', () => {
    expect(firstFate(counts), 'faulty rows').toBe('faulty')
    expect(firstFate({ ...counts, faulty: 0 }), 'rows in conflict').toBe('conflicting')
  })
  it('is else what there is', () => {
    const none = { rows: 4, new: 0, changed: 0, same: 4, conflicting: 0, faulty: 0, warned: 0 }
    expect(firstFate(none), 'all are the same').toBe('same')
    expect(firstFate({ ...none, rows: 0, same: 0 }), 'an empty sheet').toBe('new')
  })
})

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
