import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { idNumber } from './people.mjs'
import { actDialog, dialogOf, frame, listPage } from './screen.mjs'

const NAME = '鼂䴙瓛'

journey('privacy: one who left long ago is blocked, asked for among the blocked, and erased for good', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, people] = [frame(page), listPage(page, '人员')]
  const [unit] = (await office.ask('record.list', { record: 'unit', filters: [{ field: 'closed', op: 'empty' }] })).rows
  const number = idNumber('19700307', '001')
  const person = (await office.ask('record.save', { record: 'person', values: { name: NAME, id_number: number } })).value.id
  const member = (await office.ask('members.join', { person, unit: unit.id, day: '2015-03-02' })).value
  await office.ask('members.leave', { member, day: '2020-06-01', reason: 'own_request' })
  await page.reload()
  await around.ready()

  await around.go('人员')
  await people.ready()
  await people.only(NAME)
  await people.more(/^封存个人信息/)
  const blocking = actDialog(page, '封存个人信息')
  assert.match(await blocking.sentence(), /只保存、不使用/, 'the act says what it means')
  await blocking.run('封存')
  await around.notice('已封存 1 人。')
  await page.getByText('没有符合条件的人员。').waitFor()
  await page.getByRole('button', { name: '视图', exact: true }).click()
  await page.getByRole('menuitem', { name: '已封存的', exact: true }).click()
  await people.counts(1)

  await around.go('个人信息保护')
  const row = page.getByRole('row').filter({ hasText: '2020-06-01' }).filter({ hasText: NAME })
  assert.match(await row.innerText(), /已封存[\s\S]*2022-06-01[\s\S]*统计法实施条例/, 'the review says until when, and by which rule')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: /^清除所选（1 人）/ }).click()
  const erasing = dialogOf(page, '清除个人信息')
  await erasing.getByText(/清除不能撤销/).waitFor()
  await erasing.getByRole('button', { name: '清除，不能恢复' }).click()
  await around.notice(/^已清除 1 人的个人信息/)
  await row.waitFor({ state: 'detached' })

  await around.go('人员')
  await people.ready()
  await people.only('已清除')
  await people.cell(0, 0).filter({ hasText: '已清除' }).waitFor()
  const { row: kept } = await office.ask('record.get', { record: 'person', id: person, reveal: true })
  assert.deepEqual([kept.name, kept.id_number, kept.birth], ['已清除', null, null], 'the row stays and says nothing')
  assert.equal(JSON.stringify(await office.ask('record.history', { record: 'person', id: person })).includes(NAME), false, 'neither does its history')
})
