import { expect, it } from 'vitest'
import { losses, mentionWords, personOf, refusedRows } from './acts'

it('the person of a role is the one that it refers to, of a person it is itself', () => {
  expect(personOf({ id: 7, person: 3 }), 'a member').toBe(3)
  expect(personOf({ id: 7 }), 'a person').toBe(7)
})

it('where else a name stands is told record by record', () => {
  expect(mentionWords([{ record: '活动', field: '负责人', rows: 2 }, { record: '服务站点', field: '备注', rows: 1 }]), 'in words').toBe('活动的负责人 2 处、服务站点的备注 1 处')
})

it('a refusal stands at every row of the person, in the words of the core', () => {
  const [one, role, other] = [{ id: 3 }, { id: 9, person: 3 }, { id: 4 }]
  const people = [{ person: 3, name: '甲', refused: { message: '“甲”还有没结束的会籍，不能清除。', hint: '请先办理退会。' } }, { person: 4, name: '乙', refused: null }]
  const why = '“甲”还有没结束的会籍，不能清除。请先办理退会。'
  expect(refusedRows([one, role, other], people), 'both rows of one, none of the other').toEqual([{ row: one, why }, { row: role, why }])
})

it('what is lost is counted record by record, and the backups that may hold it', () => {
  const copy = (at: string) => ({ path: '/账.unionbook', at, bytes: 1, why: '自动备份', whose: null })
  const told = losses([{ record: '人员', rows: 1 }, { record: '会费', rows: 1200 }], [copy('2026-11-22 16:30'), copy('2026-10-01 08:00')])
  expect(told[0]?.text, 'the records').toBe('人员 1 条、会费 1,200 条')
  expect(told[1]?.text, 'the backups').toMatch(/^2 份（2026-10-01 至 2026-11-22）/)
  expect(losses([], [copy('2026-11-22 16:30')])[1]?.text, 'one of one day').toMatch(/^1 份（2026-11-22）/)
  expect(losses([], [{ ...copy('2026-11-22 16:30'), whose: '另一台电脑的' }])[1]?.text, 'another PC’s are not this one’s').toMatch(/没有/)
  expect(losses([], [])[1]?.text, 'none that this PC knows of').toMatch(/没有/)
})
