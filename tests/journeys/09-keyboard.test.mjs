import { strict as assert } from 'node:assert'
import { join } from 'node:path'
import { downloaded, journey, PASSWORD } from './harness.mjs'
import { daysAgo, idNumber } from './people.mjs'
import { frame } from './screen.mjs'
import { read } from './workbook.mjs'

const OFFICE = '梅塘县霞坝镇总工会'
const NAME = '覃榆霜'
const MOST_TABS = 80
/** A day of the month before, whose report is proposed. */
const joined = daysAgo(new Date().getDate() + 3)

/** The name of what has the focus, as it is read out: its label, its text, its title. */
const focused = (page) =>
  page.evaluate(() => {
    const { activeElement: at } = document
    return at?.getAttribute('aria-label') || at?.labels?.[0]?.innerText.trim() || at?.title || at?.innerText?.trim() || ''
  })

/** Presses a key until what has the focus has a name. */
async function pressTo(page, key, name) {
  const passed = []
  for (let left = MOST_TABS; left > 0; left -= 1) {
    const here = await focused(page)
    if (typeof name === 'string' ? here === name : name.test(here)) return here
    passed.push(here)
    await page.keyboard.press(key)
  }
  throw new Error(`${key} never came to ${name}; it passed ${passed.join(' → ')}`)
}

journey('keyboard alone: from the start page over a member who joins to the written report', {}, async (office) => {
  const { page } = office
  const { keyboard } = page
  const around = frame(page)
  office.file = join(office.folder, `${OFFICE}.unionbook`)
  await page.evaluate(() => ['mousedown', 'pointerdown', 'touchstart'].forEach((kind) => addEventListener(kind, () => (window.touched = true), true)))

  await page.getByRole('heading', { name: '新建台账', level: 2 }).waitFor()
  for (const [label, text] of [['工会名称', OFFICE], ['组织编号', '001'], ['经办人', '经办甲'], ['打开密码', PASSWORD], ['再输一遍', PASSWORD]]) {
    await pressTo(page, 'Tab', label)
    await keyboard.type(text)
  }
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: '记下恢复密钥' }).waitFor()
  await pressTo(page, 'Tab', /^我已经打印或抄下/)
  await keyboard.press('Space')
  await pressTo(page, 'Tab', '开始使用')
  await keyboard.press('Enter')
  await around.ready()
  await around.endTour()

  await keyboard.press('Control+k')
  await keyboard.type('办理入会')
  await page.getByRole('option', { name: /^办理入会/, selected: true }).waitFor()
  await keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: '办理入会' })
  await dialog.waitFor()
  await pressTo(page, 'Shift+Tab', /新登记人员|^否$/)
  await keyboard.press('Space')
  for (const [label, text] of [['姓名', NAME], ['证件号码', idNumber('19920229', '204')], ['所在工会', '梅塘']]) {
    await pressTo(page, 'Tab', label)
    await keyboard.type(text)
  }
  await dialog.getByRole('option', { name: OFFICE, selected: true }).waitFor()
  await keyboard.press('Enter')
  await pressTo(page, 'Tab', '批准日期')
  await keyboard.press('Control+a')
  await keyboard.type(joined)
  await keyboard.press('Tab')
  await keyboard.press('Control+Enter')
  await around.notice(`已办理入会：${NAME}。`)
  await dialog.waitFor({ state: 'detached' })

  await keyboard.press('Alt+9')
  await page.getByRole('heading', { name: new RegExp(`^${OFFICE}.*报表$`), level: 1 }).waitFor()
  await page.getByRole('gridcell').first().waitFor()
  await pressTo(page, 'Tab', /：打开这个数的来源$/)
  const here = await pressTo(page, 'ArrowRight', /，会员[^，]*[^期]入会：打开这个数的来源$/)
  const value = await page.evaluate(() => document.activeElement.innerText.trim())
  assert.equal(value, '1', `one member joined: ${here}`)
  await keyboard.press('Enter')
  const behind = page.getByRole('dialog')
  await behind.getByText(NAME).first().waitFor()
  await keyboard.press('Escape')
  await behind.waitFor({ state: 'detached' })

  await pressTo(page, 'Shift+Tab', '写出工作簿')
  const book = read(await downloaded(office, () => keyboard.press('Enter')))
  const sheet = book.get('组织和会员')
  const head = sheet.find((row) => row.includes('期末会员数'))
  const line = sheet.find((row) => row[1] === '合计')
  assert.deepEqual([line[head.indexOf('入会')], line[head.indexOf('期末会员数')]], ['1', '1'], 'the workbook counts the member who joined')
  assert.equal(await page.evaluate(() => window.touched ?? false), false, 'no mouse was needed')

  const [person] = await office.stored('person', { name: NAME })
  const members = await office.stored('member', { person: person.id })
  assert.deepEqual(members.map(({ state, joined: day }) => [state, day]), [['active', joined]], 'the file holds the membership')
})
