import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { frame, gridOf, listPage } from './screen.mjs'

/** Minutes as hours are written: two places at most. */
const hours = (minutes) => (minutes / 60).toLocaleString('en-US', { maximumFractionDigits: 2 })
const is = (field, value) => ({ field, op: 'is', value })
const list = async (office, record, filters = [], order = []) => (await office.ask('record.list', { record, filters, order, limit: 1000 })).rows

/** A volunteer activity that was held, and a team of whom nobody has hours in it yet. */
async function fitting(office) {
  const activities = await list(office, 'activity', [is('state', 'held'), { field: 'length', op: 'not_empty' }, { field: 'area', op: 'not_empty' }], ['-day'])
  const teams = await Promise.all((await list(office, 'team')).map(async (team) => ({ team, people: await list(office, 'volunteer', [is('team', team.id), { field: 'ended', op: 'empty' }]) })))
  for (const activity of activities) {
    const before = await list(office, 'service', [is('activity', activity.id)])
    const free = ({ people }) => people.length > 1 && people.every((one) => one.registered <= activity.day && before.every(({ person }) => person !== one.person))
    const found = teams.find(free)
    if (found) return { activity, before, ...found }
  }
  throw new Error('the demonstration has no activity that a team could be entered for')
}

journey("a team's hours of an activity: the whole team on one sheet, one row corrected, one step", { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, activities] = [frame(page), listPage(page, '活动')]
  const { activity, before, team, people } = await fitting(office)
  await around.go('活动')
  await activities.ready()
  await page.evaluate((to) => (location.hash = to), `#/records/activity?filters=${encodeURIComponent(JSON.stringify([{ field: 'id', op: 'is', value: activity.id }]))}`)
  await activities.counts(1)
  await activities.at(0, 0)
  await activities.act('服务时长')

  await page.getByRole('heading', { name: `服务时长：${activity.title}`, level: 1 }).waitFor()
  const sheet = gridOf(page, '服务时长')
  const whole = page.getByRole('combobox', { name: '加入一支队伍的全部志愿者' })
  await whole.fill(team.name)
  await page.getByRole('option', { name: team.name }).first().click()
  await sheet.counts(before.length + people.length)
  await page.getByRole('button', { name: /^空着的都填/ }).click()
  await sheet.at(before.length, 1)
  await page.keyboard.type('0:30')
  await page.keyboard.press('Enter')
  const total = before.reduce((sum, { minutes }) => sum + minutes, 0) + activity.length * (people.length - 1) + 30
  await page.getByText(`${before.length + people.length} 人，共 ${hours(total)} 小时`).waitFor()
  await page.getByRole('button', { name: `保存 ${people.length} 人的时长` }).click()
  await around.notice(new RegExp(`^已登记服务时长：新增 ${people.length} 人`))
  assert.equal((await sheet.cell(before.length + 1, 1).innerText()).trim(), hours(activity.length), 'the sheet shows what was stored')

  const stored = await office.stored('service', { activity: activity.id })
  assert.deepEqual(stored.map(({ person }) => person).sort((a, b) => a - b), [...before, ...people].map(({ person }) => person).sort((a, b) => a - b), 'everybody of the team has hours, beside those who had')
  assert.equal(stored.reduce((sum, { minutes }) => sum + minutes, 0), total, 'the minutes are those that were filled in')
  const short = stored.filter(({ person, minutes }) => minutes === 30 && people.some((one) => one.person === person))
  assert.equal(short.length, 1, 'the row that was corrected is one of the team')
})
