import { expect, it } from 'vitest'
import { lastPlace, notePlace } from './lastPlaces'

it('an account goes on where it was, and another begins at the first page', () => {
  notePlace({ path: '/d/a.unionbook', clerk: '甲' }, '/settings')
  expect(lastPlace({ path: '/d/a.unionbook', clerk: '甲' }), 'its own place').toBe('/settings')
  expect(lastPlace({ path: '/d/a.unionbook', clerk: '乙' }), 'another account').toBe('/')
  expect(lastPlace({ path: '/d/b.unionbook', clerk: '甲' }), 'the same name in another file').toBe('/')
})
