import { expect, it } from 'vitest'
import type { SheetRow } from '../sheet/cells'
import { sentRows, withoutEvidence } from './hours'

const row = (id: number, minutes: number | null, more: Record<string, string | null> = {}): SheetRow => ({ id, name: '甲', minutes, source: 'signed_in', evidence: null, content: null, ...more })

it('a row is sent where it has minutes, or had some that were emptied', () => {
  const before = [row(1, 60), row(2, null)]
  expect(sentRows(before, [row(1, null)]), 'emptied: taken off the sheet').toMatchObject([{ person: 1, minutes: null }])
  expect(sentRows(before, [row(2, null, { content: '引导' })]), 'a volunteer without hours is not on the sheet').toEqual([])
  expect(sentRows(before, [row(3, 90, { source: 'entered', evidence: '照片' })]), 'a new row').toEqual([{ person: 3, minutes: 90, source: 'entered', evidence: '照片', content: null }])
})

it('hours that were entered later need evidence', () => {
  expect(withoutEvidence([row(1, 60), row(2, 60, { source: 'entered' }), row(3, 60, { source: 'entered', evidence: '签到表' }), row(4, null, { source: 'entered' })]).map(({ id }) => id), 'one lacks it').toEqual([2])
})
