import { describe, expect, it } from 'vitest'
import { touches } from './queries'

describe('answers and the tables that they come from', () => {
  it('fetches again only what comes from a changed table', () => {
    expect(touches(['member', 'person'], ['person']), 'one of its tables changed').toBe(true)
    expect(touches(['member'], ['station']), 'none of its tables changed').toBe(false)
    expect(touches(['*'], ['station']), 'all tables are its own').toBe(true)
    expect(touches(undefined, ['station']), 'it depends on no table').toBe(false)
  })
})
