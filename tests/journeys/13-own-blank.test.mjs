import { strict as assert } from 'node:assert'
import { join } from 'node:path'
import { journey } from './harness.mjs'
import { authorPage, boardPage, frame, returnPage } from './screen.mjs'
import { writeBlank } from './workbook.mjs'

const TITLE = '会员分类情况'
const SHEET = '附表1'
const BLANK = {
  sheet: SHEET,
  framed: 3,
  merges: ['A1:E1', 'B2:E2', 'A3:A4', 'B3:C3', 'D3:E3'],
  rows: [
    [`${TITLE}月报表`, '', '', '', ''],
    ['填报单位', '', '', '', ''],
    ['类别', '期末人数', '', '本期变动', ''],
    ['', '会员', '其中：女', '入会', '转出'],
    ['全部会员', '', '', '', ''],
    ['农民工会员', '', '', '', ''],
    ['其他会员', '', '', '', ''],
  ],
}
/** What each cell counts, and where the shipped return of members has the same number. */
const COUNTED = [['B5', '期末会员数', 'D13'], ['C5', '女会员', 'D14'], ['D5', '入会', 'D7'], ['E5', '转出', 'D9'], ['B6', '农民工会员', 'D15']]

journey('an office’s own blank with merged headings: made a task by pointing, computed, and seen', { demo: 'office' }, async (office) => {
  const { page } = office
  const [author, board, sheet] = [authorPage(page), boardPage(page), returnPage(page)]
  const blank = join(office.folder, '空白表.xlsx')
  writeBlank(blank, BLANK)
  await frame(page).go('报表')
  await board.ready()
  await page.getByRole('link', { name: '任务', exact: true }).click()
  await page.getByRole('link', { name: '用空白表制作任务…' }).click()
  await office.give(blank, author.choose)
  await author.ready()
  assert.equal(await author.panel.getByLabel(/^任务名称/).inputValue(), TITLE, 'the title is read from the blank')
  assert.match(await author.cell(SHEET, 'C6').getAttribute('aria-label'), /农民工会员.*期末人数.*其中：女/, 'a cell is called by its row and by both headings above it, the merged one too')

  for (const [at, indicator] of COUNTED) await author.counts(SHEET, at, indicator)
  await author.formula(SHEET, 'B7', '=B5-B6')
  await author.save()
  await frame(page).notice(`已保存任务“${TITLE}”第 1 版。`)
  await page.getByRole('heading', { name: new RegExp(`^${TITLE}`), level: 1 }).waitFor()
  await board.compute()
  await sheet.ready()
  await page.getByRole('gridcell', { name: '期末人数', exact: true }).and(page.locator('[colspan="2"]')).waitFor()
  await page.getByRole('gridcell', { name: '类别', exact: true }).and(page.locator('[rowspan="2"]')).waitFor()
  const shown = {}
  for (const at of [...COUNTED.map(([place]) => place), 'B7', 'C6']) shown[at] = await sheet.value(SHEET, at)
  const id = Number(/\/returns\/(\d+)$/.exec(page.url())?.[1])

  const own = await office.core('return.view', { id, today: false })
  assert.equal(own.task.title, TITLE, 'the return is the one of the new task')
  const { value: other } = await office.core('return.compute', { task: 'members', unit: own.unit, period: own.period })
  const [table] = (await office.core('return.view', { id: other, today: false })).content.values.sheets
  for (const [at, indicator, there] of COUNTED) assert.equal(shown[at], String(table.cells[there]), `${at} shows “${indicator}” as the shipped return counts it`)
  assert.ok(table.cells.D13 > table.cells.D15 && table.cells.D15 > 0, 'the numbers tell the cells apart')
  assert.equal(shown.B7, String(table.cells.D13 - table.cells.D15), 'the formula is worked out')
  assert.equal(shown.C6, '', 'what nobody pointed at is left for the hand')
})
