import { strict as assert } from 'node:assert'
import { basename } from 'node:path'
import { downloaded, journey } from './harness.mjs'
import { boardPage, dialogOf, frame, returnPage } from './screen.mjs'
import { read, unseen } from './workbook.mjs'

const TASK = '基层工会组织和会员'
const WHY = '已与单位人事部门核对，情况属实。'
/** Fewer staff than members: what the audit wants explained. */
const STAFF = 100

journey('a month’s return: computed, audited, explained, sent, and found in its file', { demo: 'office' }, async (office) => {
  const { page } = office
  const [board, sheet] = [boardPage(page), returnPage(page)]
  await frame(page).go('报表')
  await board.ready()
  await board.task(TASK)
  await page.getByRole('heading', { name: new RegExp(`^${TASK}`), level: 1 }).waitFor()
  assert.match(await board.counts(), /已报0未报3/, 'nobody has sent the month that is over')
  await board.compute()
  await sheet.ready()
  const id = Number(/\/returns\/(\d+)$/.exec(page.url())?.[1])
  assert.ok(id > 0, 'computing leads to the page of the return')

  const members = Number(await sheet.value('表1', 'D13'))
  assert.ok(members > STAFF, `the table counts the members: ${members}`)
  await sheet.type('表1', 'D21', String(STAFF))
  await sheet.tab(/^审核/)
  await sheet.act('审核')
  await frame(page).notice('审核没有通过：强制错误 0 处，待说明 1 处。')
  await sheet.act('上报…')
  const send = dialogOf(page, '上报')
  await send.getByText('还不能上报：').waitFor()
  assert.equal(await send.getByRole('button', { name: '封存并写出文件…' }).count(), 0, 'nothing is sent while an explanation is wanting')
  await send.getByRole('button', { name: '去处理审核问题' }).click()
  await send.waitFor({ state: 'detached' })

  assert.equal(await sheet.explainAll(WHY), 1, 'the one sentence that does not hold is explained')
  await sheet.act('审核')
  await sheet.state('已审核')
  await sheet.act('上报…')
  const file = await downloaded(office, () => send.getByRole('button', { name: '封存并写出文件…' }).click())
  await send.getByText('已封存并写出上报文件。').waitFor()
  const print = await send.locator('.print').innerText()
  assert.match(print, /\S{4,}/, 'the fingerprint that signed it shows')
  await send.getByRole('button', { name: '完成' }).click()
  await sheet.state('已上报')
  assert.equal(await page.getByRole('button', { name: '重新运算' }).count(), 0, 'what was sent is not computed anew')

  assert.ok(basename(file).includes(TASK), `the file is named by its task: ${basename(file)}`)
  assert.deepEqual(unseen(file), ['_上报'], 'the file has the hidden sheet with what the office above reads')
  const paper = read(file).get('表1')
  const said = (label) => Number(paper.find((row) => row.some((text) => text.trim() === label))?.[3])
  assert.deepEqual([said('期末台账会员数'), said('职工人数')], [members, STAFF], 'the paper says what the screen showed and what was typed')

  const { state, sent, content } = await office.core('return.view', { id, today: false })
  assert.equal(state, 'sent', 'the return is sent')
  assert.match(sent, /^\d{4}-\d\d-\d\d$/, 'the day of its sending is kept')
  assert.deepEqual(content.notes.map(({ text }) => text), [WHY], 'the explanation went along')
  assert.equal(content.values.sheets[0].cells.D21, STAFF, 'the number that was typed was frozen')
})
