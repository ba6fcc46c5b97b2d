import { strict as assert } from 'node:assert'
import { downloaded, journey } from './harness.mjs'
import { frame, reportPage } from './screen.mjs'
import { read } from './workbook.mjs'

journey('the monthly workbook: looked at, written, and read back cell by cell', { demo: 'office' }, async (office) => {
  const { page } = office
  const report = reportPage(page)
  await frame(page).go('月报')
  await report.ready()
  const tabs = await report.tabs()
  assert.ok(tabs.length > 1, 'the workbook has several sheets')
  const seen = new Map()
  for (const name of tabs) {
    await report.openTab(name)
    await report.table(name).waitFor()
    seen.set(name, await report.cells(name, 0))
  }
  const label = (await report.table(tabs.at(-1)).locator('th[scope=row]').first().innerText()).trim()
  const book = read(await downloaded(office, report.write))
  await frame(page).notice(/^已写出“/)

  let compared = 0
  for (const [name, cells] of seen) {
    assert.ok(book.has(name), `the file has the sheet “${name}” among ${[...book.keys()].join('、')}`)
    const line = book.get(name).find((row) => row[1] === label)
    assert.ok(line, `the sheet “${name}” has the line “${label}”`)
    const shown = cells.map((text) => Number(text.trim().replaceAll(',', '')))
    assert.deepEqual(line.slice(2).map(Number), shown, `the file has in the line “${label}” of “${name}” what the screen shows, column by column`)
    compared += shown.filter((number) => number > 0).length
  }
  assert.ok(compared > 10, `numbers that are not nought were among them: ${compared}`)
  const members = await office.core('record.list', { record: 'member', filters: [{ field: 'state', op: 'is', value: 'active' }], count: true, limit: 1 })
  assert.ok(members.total > 0, 'the file is whole and can be asked again')
})
