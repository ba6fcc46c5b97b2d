// From the first start to the written report, by keyboard alone: one way, walked in a browser, in the window, and in the installed program.
import { strict as assert } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keysOf } from './keys.mjs'
import { daysAgo, idNumber } from './people.mjs'
import { read } from './workbook.mjs'

const OFFICE = { name: '梅塘县霞坝镇总工会', code: '001', clerk: '经办甲' }
const NAME = '覃榆霜'
/** A day of the month before, whose report is proposed. */
const joined = daysAgo(new Date().getDate() + 3)
const roster = ['滕若苇', '雒寒汀', '郗晚舟'].map((name, at) => ({ name, number: idNumber(`198${at}0715`, `20${at}`) }))
const names = [NAME, ...roster.map(({ name }) => name)]

const MENU = '[role=menuitem]'
const DIALOG = 'dialog[open]'
const OPTION = '[role=option][aria-selected=true]'

/** An office is made, its recovery key noted, the tour put away. */
async function firstRun(keys, password) {
  await keys.sees('h2', '新建台账')
  for (const [label, text] of [['工会名称', OFFICE.name], ['组织编号', OFFICE.code], ['经办人', OFFICE.clerk], ['打开密码', password], ['再输一遍', password]]) {
    await keys.to('Tab', label)
    await keys.type(text)
  }
  await keys.press('Enter')
  await keys.sees('h2', '记下恢复密钥')
  await keys.to('Tab', /^我已经打印或抄下/)
  await keys.press('Space')
  await keys.to('Tab', '开始使用')
  await keys.press('Enter')
  await keys.sees('nav', '导航')
  await keys.sees('[role=dialog]', /从这里进入各本台账/)
  await keys.press('Escape')
  await keys.sawLast('[role=dialog]', /从这里进入各本台账/)
}

/** Somebody who is not in the book joins. */
async function oneJoins(keys) {
  await keys.press('Control+k')
  await keys.at('查找页面、业务、人员')
  await keys.type('办理入会')
  await keys.sees(OPTION, /^办理入会/)
  await keys.press('Enter')
  await keys.sees(`${DIALOG} h2`, '办理入会')
  await keys.to('Shift+Tab', /新登记人员|^否$/)
  await keys.press('Space')
  for (const [label, text] of [['姓名', NAME], ['证件号码', idNumber('19920229', '204')], ['所在工会', '梅塘']]) {
    await keys.to('Tab', label)
    await keys.type(text)
  }
  await keys.sees(OPTION, new RegExp(`^${OFFICE.name}`))
  await keys.press('Enter')
  await keys.to('Tab', '批准日期')
  await keys.press('Control+a')
  await keys.type(joined)
  await keys.press('Tab')
  await keys.press('Control+Enter')
  await keys.sees('[aria-label=提示] *', new RegExp(`已办理入会：${NAME}。`))
  await keys.sawLast(`${DIALOG} h2`, '办理入会')
}

/** The import of members is opened, from any page. */
export async function importOpened(keys) {
  await keys.press('Alt+3')
  await keys.sees('h1', '会员')
  await keys.at('会员：人员')
  await keys.press('Shift+F6')
  await keys.to('Shift+Tab', /^更多/)
  await keys.press('Enter')
  await keys.sees(MENU, /^导入/)
  await keys.to('ArrowDown', /^导入/)
  await keys.press('Enter')
  await keys.sees(`${DIALOG} h2`, '导入会员')
}

/** A small roster comes in through the wizard. */
async function rosterImported(office, keys) {
  const path = join(office.folder, '名册.csv')
  const lines = roster.map(({ name, number }, at) => `${at + 1},${name},${number},${OFFICE.name},入会,${joined}`)
  writeFileSync(path, `\uFEFF工会会员名册,,,,,\n序号,姓名,证件号码,所在工会,会籍变化类型,会籍变化日期\n${lines.join('\n')}\n`)
  await importOpened(keys)
  await keys.to('Tab', '选择文件')
  await office.give(path, () => keys.press('Enter'))
  await keys.sees(`${DIALOG} button`, `导入 ${roster.length} 行`)
  await keys.to('Tab', `导入 ${roster.length} 行`)
  await keys.press('Enter')
  await keys.sees(`${DIALOG} [role=status]`, new RegExp(`已导入 ${roster.length} 行。`))
  await keys.to('Tab', '完成')
  await keys.press('Enter')
  await keys.sawLast(`${DIALOG} h2`, '导入会员')
}

/** The month is looked at, its number of joined members opened, the workbook written; gives its place. */
async function reported(office, keys) {
  await keys.press('Alt+9')
  await keys.sees('h1', new RegExp(`^${OFFICE.name}.*报表$`))
  await keys.sees('[role=gridcell]', /./)
  await keys.to('Tab', /：打开这个数的来源$/)
  const here = await keys.to('ArrowRight', /，会员[^，]*[^期]入会：打开这个数的来源$/)
  assert.equal(await office.look('() => document.activeElement.innerText.trim()'), String(names.length), `so many joined: ${here}`)
  await office.shoot('report')
  await keys.press('Enter')
  for (const name of names) await keys.sees(`${DIALOG} *`, name)
  await keys.press('Escape')
  await keys.sawLast(DIALOG, /./)
  await keys.to('Shift+Tab', '写出工作簿')
  const path = await office.place(() => keys.press('Enter'))
  await keys.sees('[aria-label=提示] *', /已写出“/)
  return path
}

/** A workbook's cells without the minute in which it was written. */
const timeless = (book) => [...book].map(([name, rows]) => [name, rows.map((row) => row.map((cell) => cell.replace(/\d{4}-\d\d-\d\d \d\d:\d\d/, '')))])

/** What the file and the workbook hold afterwards, asked without any screen. */
async function readBack(office, path) {
  const book = read(path)
  const sheet = book.get('组织和会员')
  const head = sheet.find((row) => row.includes('期末会员数'))
  const line = sheet.find((row) => row[1] === '合计')
  const many = String(names.length)
  assert.deepEqual([line[head.indexOf('入会')], line[head.indexOf('期末会员数')]], [many, many], 'the workbook counts the members who joined')
  for (const name of names) {
    const [person, ...others] = await office.stored('person', { name })
    const members = await office.stored('member', { person: person.id })
    assert.deepEqual([others.length, members.map(({ state, joined: day }) => [state, day])], [0, [['active', joined]]], `the file holds the membership of ${name}`)
  }
  const again = join(office.folder, '再写一次.xlsx')
  await office.cli('report', office.file, 'monthly', '--unit', OFFICE.code, '--period', joined.slice(0, 7), again)
  assert.deepEqual(timeless(read(again)), timeless(book), 'the command line writes the same workbook, cell by cell')
}

/** Walks all of it. An office has `press`, `type`, `look`, `give`, `place` and `shoot`, and is to show the start page. */
export async function startToReport(office) {
  const keys = keysOf(office)
  office.file = join(office.folder, `${OFFICE.name}.unionbook`)
  await office.look(`() => ['mousedown', 'pointerdown', 'touchstart'].forEach((kind) => addEventListener(kind, () => (window.touched = true), true))`)
  await firstRun(keys, office.password)
  await oneJoins(keys)
  await rosterImported(office, keys)
  const path = await reported(office, keys)
  assert.equal(await office.look('() => window.touched ?? false'), false, 'no mouse was needed')
  await office.shut()
  await readBack(office, path)
}
