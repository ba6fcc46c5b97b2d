import { strict as assert } from 'node:assert'
import { makeMatrix, makeUnions, MATRIX, UNIONS } from './blanks.mjs'
import { downloaded, journey } from './harness.mjs'
import { boardPage, dialogOf, frame, inboxPage, returnPage, tasksPage } from './screen.mjs'
import { drawn, read, unseen } from './workbook.mjs'

const ABOVE = { name: '梅塘县总工会', code: 'county', level: '区县级' }
const SIGNERS = { 单位负责人: '冉若溪', 审核人: '卞秋实', 填表人: '经办甲' }
/** What is typed into the cells of the matrix that nothing counts. */
const TYPED = { C6: '3', D6: '1', E6: '0', C7: '7', D7: '2', E7: '0' }
const COLUMNS = [...'ABCDEFGHIJKLMNOPQ']
const RULE = '农民工女会员不应多于农民工会员。'
const WHY_BACK = '第二行的联系电话请核对。'

const stop = (label) => process.env.UNIONBOOK_LOOK && label
/** A picture of each screen on the way, where somebody wants to look. */
async function look(office, label) {
  if (stop(label)) await office.page.screenshot({ path: `${process.env.UNIONBOOK_LOOK}/${label}.png` })
}

async function toReturns(page, link) {
  await frame(page).go('报表')
  if (link) await page.getByRole('navigation', { name: '报表的页面' }).getByRole('link', { name: link, exact: true }).click()
}

/** Writes this seat's card; gives its file and the fingerprint on the screen. */
async function card(office) {
  const { page } = office
  await toReturns(page, '通讯卡')
  const own = page.getByRole('region', { name: '本机通讯卡' })
  await own.waitFor()
  await look(office, `cards-${office.file.length}`)
  const path = await downloaded(office, () => page.getByRole('button', { name: '写出本机通讯卡…' }).click())
  return { path, print: (await own.getByLabel(/^指纹/).innerText()).replace(/\s+/g, ' ') }
}

/** Takes another office's card in, and compares what is read out over the telephone. */
async function knows(office, { path, print }) {
  const { page } = office
  await toReturns(page, '通讯卡')
  await office.give(path, () => page.getByRole('button', { name: '装入对方的通讯卡…' }).click())
  const dialog = dialogOf(page, '核对指纹再装入')
  await dialog.waitFor()
  await look(office, 'fingerprint')
  assert.equal((await dialog.locator('.print').innerText()).replace(/\s+/g, ' '), print, 'the fingerprint is the one that the other office sees')
  await dialog.getByRole('button', { name: '一致，装入' }).click()
}

async function compute(office, title) {
  const [board, sheet] = [boardPage(office.page), returnPage(office.page)]
  await toReturns(office.page)
  await board.ready()
  await board.task(title)
  await office.page.getByRole('heading', { name: new RegExp(`^${title}`), level: 1 }).waitFor()
  await look(office, `board-${title}`)
  await board.compute()
  await sheet.ready()
  await office.page.locator('[role=gridcell][data-spot]').first().waitFor()
  return sheet
}

/** Seals what is on the screen; encrypted where a correspondent is named. */
async function send(office, sheet, to) {
  const { page } = office
  await sheet.act('上报…')
  const dialog = dialogOf(page, '上报')
  if (to) {
    await dialog.getByRole('checkbox', { name: /^加密/ }).check()
    await dialog.getByRole('checkbox', { name: to }).check()
  }
  await look(office, `send-${to ? 'secret' : 'clear'}`)
  const file = await downloaded(office, () => dialog.getByRole('button', { name: '封存并写出文件…' }).click())
  await dialog.getByText('已封存并写出上报文件。').waitFor()
  await look(office, `sent-${to ? 'secret' : 'clear'}`)
  await dialog.getByRole('button', { name: '完成' }).click()
  await sheet.state('已上报')
  return file
}

async function receive(office, files, words) {
  const inbox = inboxPage(office.page)
  await toReturns(office.page, '收件')
  await inbox.forget()
  await office.give(files, inbox.choose)
  await inbox.batch(words)
  await look(office, `inbox-${files.length}`)
  return inbox
}

/** Opens the newest return of a task from the board, by the union's name. */
async function open(office, title, unit) {
  const board = boardPage(office.page)
  await toReturns(office.page)
  await board.ready()
  await board.task(title)
  await office.page.getByRole('heading', { name: new RegExp(`^${title}`), level: 1 }).waitFor()
  await board.line(unit).getByRole('link').click()
  const sheet = returnPage(office.page)
  await sheet.ready()
  return sheet
}

const plainOf = (office) => downloaded(office, async () => {
  await office.page.getByRole('button', { name: '写出表格…' }).click()
  await dialogOf(office.page, '写出表格').getByRole('button', { name: '选择位置，写出…' }).click()
})

journey('an office’s own blanks go up and come back: filled, sealed, received, returned with a reason, corrected, and accepted by the union above', { demo: 'office', patience: 900_000 }, async (office) => {
  const { page } = office
  const [own] = (await office.ask('record.list', { record: 'unit', limit: 1 })).rows
  const above = await office.neighbour({ ...ABOVE, below: [{ code: own.code, name: own.name, level: own.level, opened: own.opened }] })

  // The blanks become tasks, and both offices have them.
  const unionsBlank = await makeUnions(office, async (author) => {
    const columns = await author.columns()
    await look(office, 'author-block')
    assert.equal(columns.length, COLUMNS.length, `every heading is a column: ${columns.join('；')}`)
    assert.match(columns.find((column) => column.startsWith('L 列')), /上级工会名称 上级工会$/, 'a column is matched with the field that its heading speaks of')
    await author.tab('任务')
    await author.fill('期后几天内报', '60')
    await look(office, 'author-task')
  })
  const matrixBlank = await makeMatrix(office, async (author) => {
    await author.tab(/^审核/)
    await author.panel.getByRole('button', { name: '加一条审核关系' }).click()
    await author.fill('应当成立', 'C6<=B6')
    await author.fill('不成立时怎么说', RULE)
    await look(office, 'author-checks')
    for (const at of Object.keys(TYPED)) assert.equal(await author.cell(MATRIX.sheet, at).innerText(), '手填', `${at} is left for the hand`)
    await author.tab('任务')
    await author.fill('期后几天内报', '60')
  })
  for (const { title } of [UNIONS, MATRIX]) {
    await toReturns(page, '任务')
    const file = await downloaded(office, () => tasksPage(page).write(title, '写出任务文件…'))
    await toReturns(above.page, '任务')
    await look(above, 'tasks-above')
    await above.give(file, () => tasksPage(above.page).load())
    const dialog = dialogOf(above.page, '装入任务文件')
    await dialog.getByText('检查通过。').waitFor()
    await look(above, 'task-load')
    await dialog.getByRole('button', { name: '装入', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
  }
  const [mine, theirs] = [await card(office), await card(above)]
  await knows(office, theirs)
  await knows(above, mine)

  // The sheet of unions goes up in the clear, the matrix for the union above alone.
  let sheet = await compute(office, UNIONS.title)
  const masked = await sheet.lines(UNIONS.sheet, COLUMNS)
  assert.match(masked.flat().join(' '), /\d\*{3,}\d/, 'numbers of people are masked')
  await page.getByLabel('显示完整号码').check()
  await page.getByRole('gridcell').filter({ hasText: /^1\d{10}$/ }).first().waitFor()
  await look(office, 'revealed')
  const lines = await sheet.lines(UNIONS.sheet, COLUMNS)
  await look(office, 'return-unions')
  const all = (await office.ask('record.list', { record: 'unit', limit: 100 })).rows
  const units = all.filter(({ level, closed }) => level !== 'branch' && closed === null)
  assert.deepEqual(lines.map((row) => row[9]), units.map(({ name }) => name), 'one row a union; the form lists no branches')
  assert.deepEqual(lines.map((row) => [row[0], row[1], row[15]]), units.map(({ employer, head }, at) => [String(at + 1), employer, head]), 'each with what the ledger says of it')
  await sheet.act('审核')
  await sheet.state('已审核')
  await sheet.sign(SIGNERS)
  await look(office, 'sign')
  const unionsFile = await send(office, sheet)

  sheet = await compute(office, MATRIX.title)
  await sheet.type(MATRIX.sheet, 'C6', '999', 'hand')
  await sheet.act('审核')
  await frame(page).notice('审核没有通过：强制错误 1 处，待说明 0 处。')
  await sheet.aside.getByText(`${RULE.slice(0, -1)}：左边是 999，右边是`).waitFor()
  await look(office, 'audit')
  for (const [at, text] of Object.entries(TYPED)) await sheet.type(MATRIX.sheet, at, text, 'hand')
  await sheet.act('审核')
  await sheet.state('已审核')
  await sheet.sign(SIGNERS)
  const seen = {}
  for (const at of ['B5', 'C5', 'D5', 'E5', 'B6', 'B7', ...Object.keys(TYPED)]) seen[at] = await sheet.value(MATRIX.sheet, at)
  const matrixFile = await send(office, sheet, ABOVE.name)
  assert.match(matrixFile, /\.age$/, 'an encrypted file has its own ending')

  const paper = read(unionsFile).get(UNIONS.sheet)
  assert.deepEqual(unseen(unionsFile), ['_上报'], 'the workbook has what the union above reads')
  assert.deepEqual(paper.slice(UNIONS.first - 1, UNIONS.first - 1 + lines.length), lines, 'the workbook says what the screen showed, and none of the blank’s examples')
  assert.deepEqual(paper[4], UNIONS.rows[4], 'the headings are the blank’s')
  assert.match(paper[2][0], new RegExp(`^填表单位（盖章）：\\s*${own.name}$`), 'whose it is stands where the blank asks for it')
  assert.match(paper.at(-1)[0], /^填表说明/, 'the note is the last row')
  const [blank, filled] = [drawn(unionsBlank, UNIONS.sheet), drawn(unionsFile, UNIONS.sheet)]
  assert.deepEqual(filled.widths, blank.widths, 'the columns are as wide as the blank’s')
  assert.deepEqual(filled.merges.slice(0, -1), blank.merges.slice(0, -1), 'the headings are merged as the blank’s')
  assert.equal(filled.lists.length, 1, 'the drop-down list is kept')

  // The union above takes one in, and returns the other with a reason.
  let inbox = await receive(above, [unionsFile, matrixFile], /可接收 2/)
  await inbox.open(MATRIX.title)
  await look(above, 'delivery')
  await inbox.act('接收')
  await frame(above.page).notice(/^已接收/)
  await inbox.close()
  await inbox.open(UNIONS.title)
  await inbox.act('退回…')
  await inbox.drawer.getByRole('textbox', { name: '总的说明' }).fill(WHY_BACK)
  await look(above, 'give-back')
  const refusal = await downloaded(above, () => inbox.act('退回并写出回执…'))
  await inbox.drawer.waitFor({ state: 'detached' })
  await inbox.state('已接收')
  await inbox.open(MATRIX.title)
  const receipt = await downloaded(above, () => inbox.act('写接收回执…'))
  await inbox.close()

  inbox = await receive(office, [refusal, receipt], /刚装入 2 份/)
  await inbox.receipt(/上级退回/)
  await inbox.receipt(/上级已接收/)
  sheet = await open(office, MATRIX.title, own.name)
  await sheet.state('已接收')
  sheet = await open(office, UNIONS.title, own.name)
  await sheet.state('退回')
  await page.getByText(`退回原因：${WHY_BACK}`).waitFor()
  await look(office, 'returned')

  // Both are corrected: the second versions replace the first ones.
  await correct(office, sheet, '已核对联系电话。')
  await sheet.act('重新运算')
  await sheet.act('审核')
  await sheet.state('已审核')
  const unionsAgain = await send(office, sheet)
  sheet = await open(office, MATRIX.title, own.name)
  await correct(office, sheet, '漏录一名农民工女会员，另有一人转出。')
  const after = { ...seen, C6: '4', E5: String(Number(seen.E5) + 1) }
  await sheet.type(MATRIX.sheet, 'C6', after.C6, 'hand')
  await sheet.type(MATRIX.sheet, 'E5', after.E5)
  await sheet.act('审核')
  await sheet.state('已审核')
  const matrixAgain = await send(office, sheet, ABOVE.name)

  inbox = await receive(above, [unionsAgain, matrixAgain], /可接收 2/)
  await inbox.open(MATRIX.title)
  await look(above, 'delivery-again')
  const change = inbox.drawer.getByRole('row').filter({ hasText: `${MATRIX.sheet}!E5` })
  await change.waitFor()
  assert.deepEqual((await change.getByRole('cell').allInnerTexts()).map((text) => text.trim()), [seen.E5, after.E5], 'a number that changed is shown with what it was')
  await inbox.act('接收')
  await frame(above.page).notice(/^已接收“.*第2版/)
  await inbox.close()
  await above.page.getByRole('button', { name: /^全部接收（1）$/ }).click()
  await frame(above.page).notice('已接收 1 份报表。')
  for (const { title } of [UNIONS, MATRIX]) {
    sheet = await open(above, title, own.name)
    await sheet.state('已接收')
    await above.page.getByText(/^第 2 版/).first().waitFor()
  }
  await look(above, 'received')
  for (const [at, text] of Object.entries(after)) assert.equal(await sheet.value(MATRIX.sheet, at), text, `${at} is at the union above what the office sent`)
  await sheet.tab('版本')
  await sheet.aside.getByText('已被更正').waitFor()
  const taken = read(await plainOf(above)).get(MATRIX.sheet)
  assert.deepEqual(taken.slice(0, 4).map((row) => row.slice(0, 5)), [MATRIX.rows[0], ['填报单位', own.name, '', '', ''], ...MATRIX.rows.slice(2, 4)], 'the headings are the blank’s')
  assert.deepEqual(taken.slice(4, 7).map((row) => row.slice(1)), [5, 6, 7].map((row) => [...'BCDE'].map((column) => after[`${column}${row}`])), 'its workbook says the same')
  assert.deepEqual(drawn(matrixBlank, MATRIX.sheet), drawn(await plainOf(above), MATRIX.sheet), 'it is drawn as the blank is')
})

async function correct(office, sheet, reason) {
  await sheet.act('更正…')
  const dialog = dialogOf(office.page, '更正')
  await dialog.getByRole('textbox', { name: '为什么更正' }).fill(reason)
  await look(office, 'correct')
  await dialog.getByRole('button', { name: '另做第 2 版' }).click()
  await dialog.waitFor({ state: 'detached' })
  await sheet.state('草稿')
}
