import { strict as assert } from 'node:assert'
import { makeMatrix, MATRIX } from './blanks.mjs'
import { journey } from './harness.mjs'
import { boardPage, returnPage } from './screen.mjs'

const { title: TITLE, sheet: SHEET, counted: COUNTED } = MATRIX

journey('an office’s own blank with merged headings: made a task by pointing, computed, and seen', { demo: 'office' }, async (office) => {
  const { page } = office
  const [board, sheet] = [boardPage(page), returnPage(page)]
  await makeMatrix(office, async (author) => {
    assert.match(await author.cell(SHEET, 'C6').getAttribute('aria-label'), /农民工会员.*期末人数.*其中：女/, 'a cell is called by its row and by both headings above it, the merged one too')
    await author.tab('任务')
    assert.equal(await author.panel.getByLabel(/^任务名称/).inputValue(), TITLE, 'the title is read from the blank')
  })
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
