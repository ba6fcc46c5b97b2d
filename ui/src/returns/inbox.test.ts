import { afterEach, expect, it } from 'vitest'
import { counted, deliveryOf, forgetBatch, keep, kindIn, latest, reasonsOf } from './inbox'
import type { Delivered, ReportTask } from './types'

const delivered: Delivered = {
  id: 7, file: '甲.xlsx', state: 'quarantined', state_label: '隔离', sender: '甲', title: '月报', period: '2026-10', no: 1, late: false, notes: ['改动过'],
  changed: [{ sheet: '表1', at: 'D6', label: '入会', sealed: '3', found: '30' }], understood: [],
  unread: [{ sheet: '表1', at: '', own: 'D9', label: '退会', text: '', what: '没有找到这一行。', hint: '请补上。' }], compared: [],
}
const row = { id: 7, file: '甲.xlsx', state: 'returned', sender: '甲', code: 'members', period: '2026-10', no: 1, late: true, notes: '改动过\n退回' }
afterEach(forgetBatch)

it('a stored delivery has what was told when it came, and the state of now', () => {
  keep([delivered])
  const now = deliveryOf(row, new Map([['members', '会员']]), () => '已退回')
  expect([now.state, now.state_label, now.late, now.notes], 'its own state, lateness and notes').toEqual(['returned', '已退回', true, ['改动过', '退回']])
  expect([now.title, now.changed.length], 'the task’s title; the changed cells of then').toEqual(['会员', 1])
})

it('what was told in another file is forgotten', () => {
  keep([delivered])
  forgetBatch()
  expect([latest.value, deliveryOf(row, new Map(), () => '').changed], 'nothing of it is left').toEqual([null, []])
})

it('a batch is counted by what is to be done', () => {
  expect(counted([delivered, { ...delivered, state: 'clean' }, delivered]), 'two are kept apart').toEqual({ quarantined: 2, clean: 1 })
})

it('a file is returned with a reason for each cell', () => {
  expect(reasonsOf(delivered), 'the changed cell, then the row that is missing').toEqual([
    { place: '表1!D6', reason: '“入会”封存时是“3”，现在是“30”。' },
    { place: '表1', reason: '“退会”写的是“”：没有找到这一行。请补上。' },
  ])
})

it('what was understood is shown in the kind that its cell has', () => {
  const task = { tables: [{ cells: [{ at: 'D22', label: '会费', kind: 'money' }], block: { columns: [{ at: 'C', label: '时长', kind: 'minutes' }] } }] } as unknown as ReportTask
  expect([kindIn(task, 'D22', '会费'), kindIn(task, 'C7', '甲：时长'), kindIn(task, 'B1', '别的'), kindIn(null, 'D22', '会费')], 'yuan, hours, numbers as they are').toEqual(['money', 'minutes', 'count', 'count'])
})
