import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { dialogOf, fieldsOf, frame, listPage } from './screen.mjs'

const NOTE = '退役军人座谈'

journey('bulk edit: one value for three people, looked over, stored as one step, and taken back by Ctrl+Z', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list] = [frame(page), listPage(page, '人员')]
  const before = await office.ask('record.list', { record: 'person', filters: [{ field: 'note', op: 'is', value: NOTE }], count: true })
  assert.equal(before.rows.length, 0, 'nobody has the note before')
  await around.go('人员')
  await list.ready()
  await list.at(1, 0)
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('已选 3 行').waitFor()
  await list.more(/^批量修改/)

  const bulk = dialogOf(page, '批量修改 3 条人员')
  await bulk.getByLabel('修改哪一栏').selectOption({ label: '备注' })
  await fieldsOf(bulk).fill('备注', NOTE)
  await bulk.getByRole('button', { name: '下一步：核对' }).click()
  const check = dialogOf(page, '核对要修改的内容')
  await check.getByRole('button', { name: '保存 3 行' }).click()
  await around.notice('已保存 3 行。')
  await check.waitFor({ state: 'detached' })
  const noted = await office.ask('record.list', { record: 'person', filters: [{ field: 'note', op: 'is', value: NOTE }], count: true })
  assert.equal(noted.rows.length, 3, 'three people have the note')

  await list.at(0, 0)
  await page.keyboard.press('Control+z')
  await around.notice(/^已撤销“/)
  assert.deepEqual(await office.stored('person', { note: NOTE }), [], 'nobody has the note any more')
})
