import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { frame, gridOf, listPage } from './screen.mjs'

const monthBefore = (day) => new Date(Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 2, 1)).toISOString().slice(0, 7)
const daysIn = (month) => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate()

journey("a station's month of visits: a block of numbers pasted over days and groups of people, one cell typed, one step", { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list, sheet] = [frame(page), listPage(page, '服务站点'), gridOf(page, '服务人次')]
  const [station] = (await office.ask('record.list', { record: 'station', filters: [{ field: 'closed', op: 'empty' }] })).rows
  const { today } = await office.ask('desk.state')
  const month = monthBefore(today)
  const days = daysIn(month)
  await around.go('服务站点')
  await list.ready()
  await list.only(station.name)
  await list.act('服务人次')
  await page.getByRole('heading', { name: `服务人次：${station.name}`, level: 1 }).waitFor()
  await page.getByRole('button', { name: '上一月' }).click()
  await page.getByText(`${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月`, { exact: true }).waitFor()
  await sheet.counts(days + 1)

  const groups = Number(await sheet.grid.getAttribute('aria-colcount')) - 3
  assert.ok(groups >= 2, 'people are counted in groups')
  const numbers = Array.from({ length: days }, (_, day) => Array.from({ length: groups }, (_, group) => 100 + day * groups + group))
  await sheet.at(0, 2)
  await sheet.paste(numbers.map((row) => row.join('\t')).join('\n'))
  await sheet.at(0, 2)
  await page.keyboard.type('777')
  await page.keyboard.press('Enter')
  numbers[0][0] = 777
  const total = numbers.flat().reduce((sum, number) => sum + number, 0)
  await page.getByText(`本月 ${total.toLocaleString('en-US')} 人次`).waitFor()
  assert.equal((await sheet.cell(0, 1).innerText()).trim(), numbers[0].reduce((sum, number) => sum + number, 0).toLocaleString('en-US'), 'the day’s sum follows')
  await page.keyboard.press('Control+s')
  await around.notice(/^已/)
  await page.getByRole('button', { name: '保存', exact: true }).waitFor()

  const stored = await office.stored('visit', { station: station.id, day: [`${month}-01`, `${month}-${days}`] })
  assert.equal(stored.length, days * groups, 'every day has every group')
  assert.equal(stored.reduce((sum, { count }) => sum + count, 0), total, 'the counts are those of the block')
  assert.deepEqual(stored.filter(({ count }) => count === 777).map(({ day }) => day), [`${month}-01`], 'the typed cell is where it was typed')
})
