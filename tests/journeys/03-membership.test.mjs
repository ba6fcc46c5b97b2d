import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { daysAgo, idNumber } from './people.mjs'
import { actDialog, frame, listPage } from './screen.mjs'

const NAME = '覃榆霜'

journey('a member: entered and joined in one act, transferred, and the transfer taken back', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list] = [frame(page), listPage(page, '会员')]
  const branches = (await office.ask('record.list', { record: 'unit', filters: [{ field: 'parent', op: 'not_empty' }, { field: 'closed', op: 'empty' }] })).rows
  const [from, to] = branches
  assert.ok(from && to, 'the demonstration has two branches')
  await around.go('会员')
  await list.ready()

  await list.act('办理入会…')
  const join = actDialog(page, '办理入会')
  await join.check('新登记人员')
  await join.fill('姓名', NAME)
  await join.fill('证件号码', idNumber('19920229', '204'))
  await join.pick('所在工会', from.name)
  await join.fill('批准日期', daysAgo(40))
  assert.match(await join.sentence(), new RegExp(`“${NAME}”将在 ${daysAgo(40)} 加入“${from.name}”`), 'the act says beforehand what it will do')
  await join.run('办理入会')
  await around.notice(`已办理入会：${NAME}。`)

  const home = await list.columnOf('所在工会')
  await list.only(NAME)
  assert.equal((await list.cell(0, home).innerText()).trim(), from.name, 'the list shows the union that was joined')

  await list.more(/^办理转会/)
  const transfer = actDialog(page, '办理转会')
  await transfer.pick('转入工会', to.name)
  await transfer.fill('转会日期', daysAgo(5))
  await transfer.run('办理转会')
  await around.notice('已办理转会 1 人。')
  await list.cell(0, home).filter({ hasText: to.name }).waitFor()

  await list.at(0, 0)
  await page.keyboard.press('Control+z')
  await around.notice(/^已撤销“办理转会/)
  await list.cell(0, home).filter({ hasText: from.name }).waitFor()

  const [person, ...others] = await office.stored('person', { name: NAME })
  assert.equal(others.length, 0, 'the person was entered once')
  assert.deepEqual([person.sex, person.birth], ['female', '1992-02-29'], 'sex and birthday come from the number')
  const [member, ...more] = await office.stored('member', { person: person.id })
  assert.deepEqual([more.length, member.unit, member.state, member.joined], [0, from.id, 'active', daysAgo(40)], 'one membership, where it was before the transfer')
  const changes = await office.stored('change', { member: member.id })
  assert.deepEqual(changes.map(({ kind }) => kind), ['joined'], 'of its changes the joining alone is left')
})
