// Looks at every page in headless Chromium: a picture in light, dark and at 150 %, and what axe finds.
//   node look/look.mjs START_LINK [FOLDER] [PART...]
// START_LINK is what `unionbook-browser` prints; pictures go to FOLDER. Ends with 1 where axe finds something serious.
import { readFileSync, mkdirSync } from 'node:fs'
import { chromium } from 'playwright-core'

const [link, folder = 'look/out', ...parts] = process.argv.slice(2)
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const looks = [
  ['light', { 'look.theme': 'light', 'look.size': 100 }],
  ['sharp', { 'look.theme': 'light', 'look.contrast': true, 'look.size': 100 }],
  ['sharp-dark', { 'look.theme': 'dark', 'look.contrast': true, 'look.size': 100 }],
  ['dark', { 'look.contrast': null, 'look.theme': 'dark', 'look.size': 100 }],
  ['large', { 'look.theme': 'light', 'look.size': 150 }],
]
const open = (address) => async (page) => {
  await page.evaluate((to) => (location.hash = to), address)
  await page.waitForTimeout(900)
}
const places = [
  ['home', open('#/')],
  ['palette', async (page) => (await open('#/')(page), await page.keyboard.press('Control+k'), await page.waitForTimeout(500))],
  ['palette-found', async (page) => (await page.keyboard.type('wj'), await page.waitForTimeout(600))],
  ['palette-form', async (page) => (await page.keyboard.press('ArrowDown'), await page.keyboard.press('Enter'), await page.waitForTimeout(900))],
  ['timeline', async (page) => (await page.keyboard.press('Escape'), await open('#/timeline')(page))],
  ['settings', open('#/settings')],
  ['check', async (page) => (await open('#/settings?do=check')(page), await page.waitForTimeout(1500))],
  ['help', open('#/help/members')],
  ['units', open('#/units')],
  ['reports', open('#/reports')],
  ['members', open('#/records/member')],
  ['help-drawer', async (page) => (await page.keyboard.press('F1'), await page.waitForTimeout(600))],
]
const choose = (name) => async (page) => (await page.getByRole('button', { name }).click(), await page.waitForTimeout(300))
const startPlaces = [
  ['start-open', choose(/^打开台账/)],
  ['start-create', choose(/^新建台账/)],
  ['start-demo', choose(/^用示例试用/)],
]
const wanted = (name) => parts.length === 0 || parts.some((part) => name.startsWith(part))

const rpc = (page, command, payload) =>
  page.evaluate((body) => fetch('/rpc', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, job: null }) }).then((answer) => answer.json()), { command, payload })

async function judged(page, name) {
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  for (const { id, impact, help, nodes } of found.violations) console.log(`${name}: ${impact} ${id}: ${help}\n    ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 140)}  ${failureSummary.split('\n')[1] ?? ''}`).join('\n    ')}`)
  return serious.length
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', bypassCSP: process.env.AXE !== '0' })
const page = await context.newPage()
page.on('console', (said) => ['error', 'warning'].includes(said.type()) && console.log('console:', said.text()))
page.on('pageerror', (error) => console.log('page error:', error.message))
mkdirSync(folder, { recursive: true })
await page.goto(link)
let bad = 0
for (const [look, memory] of looks) {
  for (const [key, value] of Object.entries({ ...memory, 'tour.seen': true })) await rpc(page, 'desk.remember', { key, value })
  await page.reload()
  await page.waitForTimeout(800)
  const isStart = (await page.locator('.start').count()) > 0
  for (const [name, go] of isStart ? startPlaces : places) {
    if (!wanted(name)) continue
    await go(page)
    await page.screenshot({ path: `${folder}/${name}-${look}.png` })
    if (look !== 'large') bad += await judged(page, `${name} ${look}`)
  }
}
await rpc(page, 'desk.remember', { key: 'look.theme', value: null })
await rpc(page, 'desk.remember', { key: 'look.size', value: null })
await rpc(page, 'desk.remember', { key: 'look.contrast', value: null })
await browser.close()
console.log(bad === 0 ? 'axe: nothing serious' : `axe: ${bad} serious`)
process.exitCode = bad === 0 ? 0 : 1
