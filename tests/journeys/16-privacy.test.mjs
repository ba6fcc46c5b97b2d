import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { idNumber } from './people.mjs'
import { actDialog, dialogOf, frame, listPage } from './screen.mjs'

const [NAME, MEMBER] = ['鼂䴙瓛', '鼂䴙璘']

journey('privacy: one who left long ago is blocked, asked for among the blocked, and erased for good', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, people] = [frame(page), listPage(page, '人员')]
  const [unit] = (await office.ask('record.list', { record: 'unit', filters: [{ field: 'closed', op: 'empty' }] })).rows
  const number = idNumber('19700307', '001')
  const person = (await office.ask('record.save', { record: 'person', values: { name: NAME, id_number: number } })).value.id
  const member = (await office.ask('members.join', { person, unit: unit.id, day: '2015-03-02' })).value
  await office.ask('members.leave', { member, day: '2020-06-01', reason: 'own_request' })
  const other = (await office.ask('record.save', { record: 'person', values: { name: MEMBER, id_number: idNumber('19800307', '001') } })).value.id
  await office.ask('members.join', { person: other, unit: unit.id, day: '2015-03-02' })
  await page.reload()
  await around.ready()

  await around.go('人员')
  await people.ready()
  await people.only(MEMBER)
  await people.more(/^封存个人信息/)
  const tied = dialogOf(page, '封存个人信息')
  await tied.getByText(/还有没结束的会籍.*请先办理退会/).waitFor()
  assert.equal(await tied.getByRole('button', { name: '封存', exact: true }).isDisabled(), true, 'who is a member is told before, with the way out')
  await office.shoot('privacy-tied')
  await tied.getByRole('button', { name: '取消' }).click()
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
  await people.at(0, 0)
  await page.getByRole('button', { name: '更多', exact: true }).click()
  await office.shoot('privacy-menu')
  const offered = await page.getByRole('menuitem').allInnerTexts()
  assert.deepEqual([offered.some((label) => label.startsWith('解除封存')), offered.some((label) => label.startsWith('封存'))], [true, false], 'of the blocked only what fits them is offered')
  assert.match(offered.at(-1), /^清除个人信息/, 'what cannot be taken back stands last')
  await page.keyboard.press('Escape')
  await people.at(0, 0)
  await page.keyboard.press('Control+Enter')
  const form = dialogOf(page, new RegExp(NAME))
  await form.getByText(/已封存.*本人要求删除/).waitFor()
  await office.shoot('privacy-form')
  assert.deepEqual([await form.getByRole('button', { name: '保存', exact: true }).count(), await form.getByRole('textbox').first().isDisabled()], [0, true], 'the form is read-only')
  await form.getByRole('button', { name: '解除封存…' }).waitFor()
  await form.getByRole('tab', { name: '相关记录' }).click()
  await form.getByRole('heading', { name: '会员', exact: true }).waitFor()
  await form.getByRole('button', { name: '关闭', exact: true }).last().click()

  await around.go('个人信息保护')
  const row = page.getByRole('row').filter({ hasText: '2020-06-01' }).filter({ hasText: NAME })
  assert.match(await row.innerText(), /已封存[\s\S]*2022-06-01[\s\S]*2 年/, 'the review says until when')
  assert.match(await page.getByRole('list', { name: '依据' }).innerText(), /会籍 2 年：《统计法实施条例》/, 'and by which rule')
  await office.shoot('privacy-page')
  await row.getByRole('checkbox').check()
  await page.getByRole('button', { name: /^清除所选（1 人）/ }).click()
  const erasing = dialogOf(page, '清除个人信息')
  await erasing.getByText(/清除不能撤销/).waitFor()
  await erasing.getByText(/人员 1 条/).waitFor()
  const button = erasing.getByRole('button', { name: '清除，不能恢复' })
  assert.equal(await button.isDisabled(), true, 'nothing is erased by one click')
  await erasing.getByLabel(/请先输入“清除”/).fill('清除')
  await office.shoot('privacy-erase')
  await button.click()
  await around.notice(/^已清除 1 人的个人信息/)
  await row.waitFor({ state: 'detached' })

  await around.go('人员')
  await people.ready()
  await people.only('已清除')
  await people.cell(0, 0).filter({ hasText: '已清除' }).click()
  await page.locator('.record-list').getByRole('button', { name: /^更多/ }).click()
  await page.getByRole('menuitem', { name: /^(封存|合并|批量修改|删除)/ }).first().waitFor({ state: 'detached' })
  assert.deepEqual((await page.getByRole('menuitem').allInnerTexts()).map((text) => text.split(/\s/)[0]), ['打开', '导入…', '导出…'], 'and nothing is offered to be done with it')
  await page.keyboard.press('Escape')
  const { row: kept } = await office.ask('record.get', { record: 'person', id: person, reveal: true })
  assert.deepEqual([kept.name, kept.id_number, kept.birth], ['已清除', null, null], 'the row stays and says nothing')
  assert.equal(JSON.stringify(await office.ask('record.history', { record: 'person', id: person })).includes(NAME), false, 'neither does its history')
})
