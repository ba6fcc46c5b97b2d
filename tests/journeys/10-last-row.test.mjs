// The last of many rows, at town scale; with UNIONBOOK_JOURNEY_LARGE (a file) and UNIONBOOK_JOURNEY_PASSWORD at any scale, 2,000,000 rows too.
import { strict as assert } from 'node:assert'
import { journey } from './harness.mjs'
import { frame, listPage } from './screen.mjs'

async function toTheLast(office) {
  const { page } = office
  const list = listPage(page, '人员')
  const { total } = await office.ask('record.list', { record: 'person', limit: 1, count: true })
  const [last] = (await office.ask('record.list', { record: 'person', limit: 1, at: total - 1 })).rows
  await frame(page).go('人员')
  await list.ready()
  await list.counts(total)
  await page.getByText(`共 ${total.toLocaleString('zh-CN')} 行`).waitFor()
  const first = await list.cell(0, 0).innerText()

  await list.at(0, 0)
  const from = Date.now()
  await page.keyboard.press('Control+End')
  await list.cell(total - 1, 0).filter({ hasText: last.name }).waitFor()
  console.log(`  ${total.toLocaleString('en-US')} rows: the last one shows after ${Date.now() - from} ms, the driver's own time among it`)
  const box = await list.cell(total - 1, 0).boundingBox()
  const view = await page.locator('.scroller').boundingBox()
  assert.ok(box.y + box.height <= view.y + view.height + 1, 'the whole of the last row is in view')
  assert.equal(await page.locator('[role=row]').last().getAttribute('aria-rowindex'), String(total + 1), 'no row stands behind it')
  assert.ok((await page.locator('[role=row]').count()) < 120, 'only the rows in view are drawn')

  await page.keyboard.press('Control+Home')
  await list.cell(0, 0).filter({ hasText: first.trim() }).waitFor()
  await page.locator('.scroller').hover()
  await page.mouse.wheel(0, 2 ** 31)
  await list.cell(total - 1, 0).filter({ hasText: last.name }).waitFor()
  const stored = await office.core('record.list', { record: 'person', limit: 1, at: total - 1, count: true })
  assert.deepEqual([stored.total, stored.rows[0].id], [total, last.id], 'the file says the same')
}

journey('the last of many rows: by Ctrl+End and by the wheel', { demo: 'town' }, toTheLast)

const { UNIONBOOK_JOURNEY_LARGE: file, UNIONBOOK_JOURNEY_PASSWORD: password = '123456' } = process.env
journey('the last of the rows of a file that was given', { file: file ?? null, password, patience: 600_000, skip: file ? false : 'UNIONBOOK_JOURNEY_LARGE names no file' }, toTheLast)
