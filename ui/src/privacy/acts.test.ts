import { expect, it } from 'vitest'
import { mentionWords, personOf } from './acts'

it('the person of a role is the one that it refers to, of a person it is itself', () => {
  expect(personOf({ id: 7, person: 3 }), 'a member').toBe(3)
  expect(personOf({ id: 7 }), 'a person').toBe(7)
})

it('where else a name stands is told record by record', () => {
  expect(mentionWords([{ record: '活动', field: '负责人', rows: 2 }, { record: '服务站点', field: '备注', rows: 1 }]), 'in words').toBe('活动的负责人 2 处、服务站点的备注 1 处')
})
