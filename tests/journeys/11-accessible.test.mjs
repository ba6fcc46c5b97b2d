import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { fromUi, journey } from './harness.mjs'
import { dialogOf, frame, listPage } from './screen.mjs'

const axe = readFileSync(fromUi.resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds that is serious or critical, in words; what it cannot decide is left out. */
async function faults(page, where) {
  await page.evaluate(axe)
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return grave.map(({ id, nodes }) => `${where}: ${id}: ${nodes.slice(0, 3).map(({ html, any }) => `${html.slice(0, 160)} ${any[0]?.message ?? ''}`).join('\n      ')}`)
}

/** Every page with an address, and what must stand on it before it is judged. */
async function places(office) {
  const records = await office.ask('record.describe')
  const first = async (record, filters = []) => (await office.ask('record.list', { record, filters, limit: 1 })).rows[0].id
  const held = await first('activity', [{ field: 'state', op: 'is', value: 'held' }, { field: 'area', op: 'not_empty' }])
  const [station, member] = [await first('station'), await first('member')]
  const heading = (page) => page.getByRole('heading', { level: 1 }).first().waitFor()
  const filled = async (page) => (await heading(page), await page.getByRole('gridcell').first().or(page.getByText(/^还没有|^表上还没有/).first()).first().waitFor())
  const printed = (page) => page.getByRole('table').first().waitFor()
  return [
    ['/', async (page) => page.getByRole('heading', { name: '基本情况' }).waitFor()],
    ['/timeline', async (page) => page.getByRole('button', { name: /^撤销 / }).first().waitFor()],
    ['/settings', heading],
    ['/handover', async (page) => page.getByRole('region', { name: '台账资料' }).getByRole('row').first().waitFor()],
    ['/privacy', async (page) => page.getByRole('heading', { name: /^保存期限已满的/ }).waitFor()],
    ['/help/members', heading],
    ['/units', async (page) => page.getByRole('treeitem').first().waitFor()],
    ['/members/join', filled],
    [`/activities/${held}/people`, filled],
    [`/activities/${held}/hours`, filled],
    ['/stations/map', async (page) => page.locator('canvas').first().waitFor()],
    [`/stations/${station}/visits`, filled],
    ['/reports', filled],
    [`/print/sign-in/${held}`, printed],
    [`/print/application/${member}`, printed],
    [`/print/member/${member}`, printed],
    ...records.map(({ name }) => [`/records/${name}`, filled]),
  ]
}

/** What opens over a page: from where, how, and what must stand in it before it is judged. */
const people = (page) => listPage(page, '人员')
const overlays = [
  ['/records/person', '人员', [
    ['palette', (page) => page.keyboard.press('Control+k'), (page) => page.getByRole('listbox', { name: '查找结果' }).getByRole('option').first()],
    ['help', (page) => page.keyboard.press('F1'), (page) => page.getByRole('dialog').getByRole('heading').first()],
    ['form', (page) => page.keyboard.press('Control+Enter'), (page) => page.getByRole('tab', { name: '资料' })],
    ['acts of a form', async (page) => (await page.keyboard.press('Control+Enter'), await page.getByRole('button', { name: '办理', exact: true }).click()), (page) => page.getByRole('menuitem').first()],
    ['history', async (page) => (await page.keyboard.press('Control+Enter'), await page.getByRole('tab', { name: '修改记录' }).click()), (page) => page.getByRole('tab', { name: '修改记录', selected: true })],
    ['related', async (page) => (await page.keyboard.press('Control+Enter'), await page.getByRole('tab', { name: '相关记录' }).click()), (page) => page.getByRole('tab', { name: '相关记录', selected: true })],
    ['new', (page) => people(page).act('新增人员'), (page) => dialogOf(page, '新增人员').getByRole('textbox').first()],
    ['bulk', (page) => people(page).more(/^批量修改/), (page) => dialogOf(page, /^批量修改/).getByLabel('修改哪一栏')],
    ['import', (page) => people(page).more(/^导入/), (page) => dialogOf(page, '导入人员').getByRole('button', { name: '选择文件' })],
    ['export', (page) => people(page).more(/^导出…/), (page) => dialogOf(page, '导出人员').getByRole('button', { name: '导出', exact: true })],
    ['columns', (page) => people(page).act('列'), (page) => page.getByRole('dialog').getByRole('checkbox').first()],
    ['block', (page) => people(page).more(/^封存个人信息/), (page) => dialogOf(page, '封存个人信息').getByText(/不能办理|只保存、不使用/).first()],
    ['erase', (page) => people(page).more(/^清除个人信息/), (page) => dialogOf(page, '清除个人信息').getByText(/不能办理|请先输入/).first()],
    ['remove', (page) => people(page).more(/^删除/), (page) => page.getByRole('dialog').getByRole('button', { name: /删除/ }).first()],
  ]],
  ['/records/member', '会员', [
    ['join', (page) => listPage(page, '会员').act('办理入会…'), (page) => dialogOf(page, '办理入会').getByRole('combobox', { name: '所在工会' })],
    ['transfer', (page) => listPage(page, '会员').more(/^办理转会/), (page) => dialogOf(page, '办理转会').getByRole('combobox', { name: '转入工会' })],
  ]],
]

async function withOverlays(page, look) {
  const found = []
  for (const [address, label, over] of overlays) {
    const list = listPage(page, label)
    await page.evaluate((to) => (location.hash = to), `#${address}`)
    await list.ready()
    for (const [name, open, shown] of over) {
      await list.at(0, 1)
      await open(page)
      await shown(page).waitFor()
      found.push(...(await faults(page, `${name} ${look}`)))
      await shut(page)
    }
  }
  return found
}

/** Closes what lies over the page, the topmost first. */
async function shut(page) {
  while ((await page.locator('dialog[open]').count()) > 0) {
    await page.keyboard.press('Escape')
    await page.waitForTimeout(50)
  }
}

/** What a number of the report opens, and its chart. */
async function withReport(page, look) {
  const found = []
  const cell = page.getByRole('gridcell').filter({ hasText: /[1-9]/ }).first()
  await page.evaluate(() => (location.hash = '#/reports'))
  for (const [name, open, shown] of [
    ['behind', () => cell.click(), page.getByRole('dialog').getByText(/[1-9]/).first()],
    ['chart', () => page.getByRole('button', { name: '画图', exact: true }).click(), page.getByRole('dialog').locator('canvas').first()],
  ]) {
    await cell.waitFor()
    await open()
    await shown.waitFor()
    found.push(...(await faults(page, `${name} ${look}`)))
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  return found
}

/** How the page may look: its colours, whether its contrast is high, the size of its text in percent. */
const looks = [
  ['light', 'light', false, 100],
  ['dark', 'dark', false, 100],
  ['light, large', 'light', false, 150],
  ['dark, large', 'dark', false, 150],
  ['light, high contrast', 'light', true, 100],
  ['dark, high contrast, large', 'dark', true, 150],
]

/** Gives the page a look, and makes sure that it has it. */
async function dress(office, theme, sharp, size) {
  const { page } = office
  for (const [key, value] of [['look.theme', theme], ['look.contrast', sharp], ['look.size', size]]) await office.ask('desk.remember', { key, value })
  await page.reload()
  await frame(page).ready()
  const worn = await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.dataset.contrast ?? '', getComputedStyle(document.documentElement).getPropertyValue('--text-scale')])
  assert.deepEqual([worn[0], worn[1] === 'high', Number(worn[2])], [theme, sharp, size / 100], 'the page has the look that is judged')
}

for (const [look, theme, sharp, size] of looks) {
  journey(`axe finds nothing serious on any page, ${look}`, { demo: 'office', patience: 400_000 }, async (office) => {
    const { page } = office
    await dress(office, theme, sharp, size)
    const found = []
    for (const [address, ready] of await places(office)) {
      await page.evaluate((to) => (location.hash = to), `#${address}`)
      await ready(page)
      found.push(...(await faults(page, `${address} ${look}`)))
    }
    found.push(...(await withOverlays(page, look)), ...(await withReport(page, look)))
    await frame(page).palette('关闭台账')
    for (const way of [/^打开台账/, /^新建台账/, /^用示例试用/]) {
      await page.getByRole('button', { name: way }).click()
      await page.getByRole('heading', { name: way, level: 2 }).waitFor()
      found.push(...(await faults(page, `start ${way} ${look}`)))
    }
    assert.deepEqual(found, [], `nothing serious:\n    ${found.join('\n    ')}`)
    const { rows } = await office.core('record.list', { record: 'person', limit: 1 })
    assert.equal(rows.length, 1, 'looking at it left the file as it was')
  })
}
