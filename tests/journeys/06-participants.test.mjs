import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { daysAgo } from './people.mjs'
import { actDialog, dialogOf, fieldsOf, frame, gridOf, listPage } from './screen.mjs'

const TITLE = '秋季职工健步走'

/** People whose names nobody else has. */
async function distinct(office, many) {
  const { rows } = await office.ask('record.list', { record: 'person', limit: 1000 })
  const alone = rows.filter(({ name }) => rows.filter((other) => other.name === name).length === 1)
  assert.ok(alone.length >= many, 'the demonstration has people with names of their own')
  return alone.slice(-many)
}

journey('an activity: entered, held, and its participants pasted as a list with a stranger among them', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list] = [frame(page), listPage(page, '活动')]
  const people = await distinct(office, 12)
  const unit = (await office.ask('record.list', { record: 'unit', filters: [{ field: 'parent', op: 'empty' }] })).rows[0]
  const { entries } = await office.ask('term.list', { list: 'activity_kind' })
  await around.go('活动')
  await list.ready()
  await list.act('新增活动')
  const form = dialogOf(page, '新增活动')
  const fields = fieldsOf(form)
  await fields.fill('活动名称', TITLE)
  await fields.pick('活动类型', entries.find(({ code }) => code === 'sports')?.name ?? entries[0].name)
  await fields.pick('主办工会', unit.name)
  await fields.pick('状态', '计划')
  await fields.fill('计划日期', daysAgo(6))
  await form.getByRole('button', { name: '保存', exact: true }).click()
  await form.waitFor({ state: 'detached' })

  await list.only(TITLE)
  await list.more(/^登记活动举办|^登记举办/)
  const hold = actDialog(page, '登记活动举办')
  assert.equal(await hold.field('举办日期').inputValue(), daysAgo(6), 'the planned day is proposed')
  await hold.run('登记举办')
  await around.notice(`“${TITLE}”已登记为已举办。`)

  await list.at(0, 0)
  await list.act('参加名单')
  await page.getByRole('heading', { name: `参加名单：${TITLE}`, level: 1 }).waitFor()
  await page.getByRole('button', { name: '粘贴名单…' }).click()
  const paste = dialogOf(page, '粘贴名单')
  const names = people.map(({ name }, at) => `${at + 1}. ${name}`)
  await paste.getByRole('textbox').fill([...names.slice(0, 6), '7. 欧阳无此人', ...names.slice(6), names[0]].join('\n'))
  await paste.getByRole('button', { name: `查找这 ${people.length + 1} 人` }).click()
  await paste.getByText(`找到 ${people.length} 人。`).waitFor()
  await paste.getByText('台账里没有这个人').waitFor()
  await paste.getByRole('button', { name: `加入 ${people.length} 人` }).click()
  const sheet = gridOf(page, '参加名单')
  await sheet.counts(people.length)
  await page.getByRole('button', { name: `保存 ${people.length} 处改动` }).click()
  await around.notice(new RegExp(`^已登记：加入 ${people.length} 人`))

  const [activity] = await office.stored('activity', { title: TITLE })
  assert.deepEqual([activity.state, activity.day], ['held', daysAgo(6)], 'the activity was held on that day')
  const stored = await office.stored('participation', { activity: activity.id })
  assert.deepEqual(stored.map(({ person }) => person).sort((a, b) => a - b), people.map(({ id }) => id).sort((a, b) => a - b), 'the list holds everybody once, and no stranger')
})
