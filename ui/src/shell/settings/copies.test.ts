import { expect, it } from 'vitest'
import { placeOf, shownCopy, sized } from './copies'

it('a backup is told by when, why, how big and where', () => {
  const copy = { at: '2026-11-22 16:30', why: '自动备份', whose: null, bytes: 3 << 20, path: 'D:\\台账\\自动备份\\甲-20261122-163000.unionbook' }
  expect(shownCopy({ ...copy, whose: '另一台电脑的' }), 'and whose, where it is another’s').toContain('自动备份 · 另一台电脑的 · 3.0 MB')
  expect(shownCopy(copy), 'of either kind of path').toBe('2026-11-22 16:30 · 自动备份 · 3.0 MB · D:/台账/自动备份')
  expect([sized(10), sized(300 * 1024)], 'nothing is nought').toEqual(['1 KB', '300 KB'])
})

it('a backup is found by its name and its folder, on either kind of path', () => {
  expect(placeOf('D:\\台账\\自动备份\\甲-20261122-163000.unionbook'), 'Windows').toEqual({ name: '甲-20261122-163000.unionbook', folder: 'D:\\台账\\自动备份' })
  expect(placeOf('/home/自动备份/甲.unionbook'), 'Linux').toEqual({ name: '甲.unionbook', folder: '/home/自动备份' })
})
