import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { fieldsOf, frame, gridOf, listPage } from './screen.mjs'

/** An activity that was held, has a length and a title of its own, and nobody's hours yet. */
async function held(office) {
  const { rows } = await office.ask('record.list', { record: 'activity', filters: [{ field: 'state', op: 'is', value: 'held' }, { field: 'length', op: 'not_empty' }], order: ['-day'], limit: 1000 })
  for (const row of rows) {
    const service = await office.ask('record.list', { record: 'service', filters: [{ field: 'activity', op: 'is', value: row.id }], limit: 1 })
    if (service.rows.length === 0) return row
  }
  throw new Error('the demonstration has no activity without hours')
}
/** The team with most volunteers who had begun by a day, and who they are. */
async function teamOn(office, day) {
  const { rows: teams } = await office.ask('record.list', { record: 'team' })
  const filters = (team) => [{ field: 'team', op: 'is', value: team.id }, { field: 'ended', op: 'empty' }]
  const all = await Promise.all(teams.map(async (team) => ({ team, people: (await office.ask('record.list', { record: 'volunteer', filters: filters(team), limit: 1000 })).rows })))
  const fit = all.filter(({ people }) => people.length > 1 && people.every(({ registered }) => !registered || registered <= day))
  assert.ok(fit.length > 0, `a team had begun by ${day}`)
  return fit.sort((one, other) => other.people.length - one.people.length)[0]
}

journey("a team's hours of an activity: the whole team on one sheet, one row corrected, one step", { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list] = [frame(page), listPage(page, '活动')]
  const activity = await held(office)
  const { team, people } = await teamOn(office, activity.day)
  await around.go('活动')
  await list.ready()
  await page.evaluate((to) => (location.hash = to), `#/records/activity?filters=${encodeURIComponent(JSON.stringify([{ field: 'id', op: 'is', value: activity.id }]))}`)
  await list.counts(1)
  await list.at(0, 0)
  await list.act('服务时长')

  await page.getByRole('heading', { name: `服务时长：${activity.title}`, level: 1 }).waitFor()
  const sheet = gridOf(page, '服务时长')
  const team_ = page.getByRole('combobox', { name: '加入一支队伍的全部志愿者' })
  await team_.fill(team.name)
  await page.getByRole('option', { name: team.name }).first().click()
  await sheet.counts(people.length)
  await page.getByRole('button', { name: /^空着的都填/ }).click()
  const length = activity.length / 60
  await sheet.at(0, 1)
  await page.keyboard.type('0:30')
  await page.keyboard.press('Enter')
  const total = activity.length * (people.length - 1) + 30
  await page.getByText(`${people.length} 人，共 ${total / 60} 小时`).waitFor()
  await page.getByRole('button', { name: `保存 ${people.length} 人的时长` }).click()
  await around.notice(new RegExp(`^已登记服务时长：新增 ${people.length} 人`))
  assert.equal((await sheet.cell(1, 1).innerText()).trim(), String(length), 'the sheet shows what was stored')

  const stored = await office.stored('service', { activity: activity.id })
  assert.deepEqual(stored.map(({ person }) => person).sort((a, b) => a - b), people.map(({ person }) => person).sort((a, b) => a - b), 'everybody of the team has hours')
  assert.equal(stored.reduce((sum, { minutes }) => sum + minutes, 0), total, 'the minutes are those that were filled in')
  assert.equal(stored.filter(({ minutes }) => minutes === 30).length, 1, 'the row that was corrected is the only one of half an hour')
})
