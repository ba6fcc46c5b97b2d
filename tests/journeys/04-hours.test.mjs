import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { daysAgo } from './people.mjs'
import { frame, gridOf, listPage } from './screen.mjs'

/** Minutes as hours are written: two places at most. */
const hours = (minutes) => (minutes / 60).toLocaleString('en-US', { maximumFractionDigits: 2 })
const is = (field, value) => ({ field, op: 'is', value })
const list = async (office, record, filters = [], order = []) => (await office.ask('record.list', { record, filters, order, limit: 1000 })).rows

/** The team with most volunteers, and an activity like one of the demonstration's that was held lately and has nobody's hours yet. */
async function begun(office) {
  const day = daysAgo(2)
  const teams = await Promise.all((await list(office, 'team')).map(async (team) => ({ team, people: await list(office, 'volunteer', [is('team', team.id), { field: 'ended', op: 'empty' }]) })))
  const [{ team, people }] = teams.sort((one, other) => other.people.length - one.people.length)
  assert.ok(people.length > 1 && people.every(({ registered }) => registered <= day), 'a team had begun by then')
  const [{ kind, area, unit }] = await list(office, 'activity', [{ field: 'area', op: 'not_empty' }])
  const values = { title: '社区义诊与义剪', kind, area, unit, state: 'planned', planned: day, length: 150 }
  const { value } = await office.ask('record.save', { record: 'activity', values })
  await office.ask('activities.hold', { activity: value.id, day })
  return { activity: { id: value.id, title: values.title, length: values.length }, team, people }
}

journey("a team's hours of an activity: the whole team on one sheet, one row corrected, one step", { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, activities] = [frame(page), listPage(page, '活动')]
  const { activity, team, people } = await begun(office)
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
  await sheet.counts(people.length)
  await page.getByRole('button', { name: /^空着的都填/ }).click()
  await sheet.at(0, 1)
  await page.keyboard.type('0:30')
  await page.keyboard.press('Enter')
  const total = activity.length * (people.length - 1) + 30
  await page.getByText(`${people.length} 人，共 ${hours(total)} 小时，${people.length} 人的还没有保存`).waitFor()
  await page.getByRole('button', { name: `保存 ${people.length} 人的时长` }).click()
  await around.notice(new RegExp(`^已登记服务时长：新增 ${people.length} 人`))
  await page.getByText(`${people.length} 人，共 ${hours(total)} 小时`, { exact: true }).waitFor()

  const stored = await office.stored('service', { activity: activity.id })
  assert.deepEqual(stored.map(({ person }) => person).sort((a, b) => a - b), people.map(({ person }) => person).sort((a, b) => a - b), 'everybody of the team has hours')
  assert.equal(stored.reduce((sum, { minutes }) => sum + minutes, 0), total, 'the minutes are those that were filled in')
  const short = stored.filter(({ person, minutes }) => minutes === 30 && people.some((one) => one.person === person))
  assert.equal(short.length, 1, 'the row that was corrected is one of the team')
})
