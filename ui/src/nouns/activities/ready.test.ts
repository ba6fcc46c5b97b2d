import { expect, it } from 'vitest'
import type { Row, Told } from '../act/declare'
import { lacks, prepare, type Entered } from './ready'

const ready: Row = { id: 7, title: '义诊', state: 'held', day: '2026-10-08', area: 'health', length: 120, persons: null, times: null }

it('an activity that has all it needs lacks nothing', () => {
  for (const what of ['people', 'hours'] as Entered[]) expect(lacks(ready, what), what).toEqual([])
})

it('each thing that the core would refuse hours for is named beforehand', () => {
  expect(lacks({ ...ready, state: 'planned', area: null, length: null }, 'hours'), 'the day, the field, the length').toHaveLength(3)
  expect(lacks({ ...ready, area: null, length: null }, 'people'), 'names need neither field nor length').toEqual([])
  expect(lacks({ ...ready, persons: 0 }, 'people'), 'nobody counted is a count too').toHaveLength(1)
  expect(lacks({ ...ready, times: 30 }, 'hours'), 'attendances are a count').toHaveLength(1)
  expect(lacks({ ...ready, state: 'cancelled' }, 'people')[0], 'a cancelled one says so').toContain('取消')
})

it('only what is missing is asked, and counts are not thrown away unasked', () => {
  const asked = (row: Row): string[] => prepare.hours.fields.filter((field) => field.when?.({}, [row]) ?? true).map(({ name }) => name)
  expect(asked({ ...ready, area: null }), 'the field of service alone').toEqual(['area'])
  expect(asked({ ...ready, state: 'planned', length: null, persons: 4 }), 'three things').toEqual(['day', 'length', 'named'])
  const counted = { ...ready, persons: 4 }
  expect(prepare.people.judge?.({ named: false }, [counted]), 'counts stay until it is said').toHaveProperty('named')
  expect(prepare.people.judge?.({ named: true }, [counted]), 'said').toEqual({})
  expect(prepare.hours.tells({}, [ready], {} as Told), 'the fields say it all').toBe('')
})
