// Looks at every page in headless Chromium: a picture in each look, and what axe finds. Or makes the pictures of the user guide.
//   node look/look.mjs START_LINK [FOLDER] [PART...]
//   node look/look.mjs START_LINK --pictures
// START_LINK is what `unionbook-browser` prints, on a demonstration office for the guide; pictures go to FOLDER, those of the guide to
// assets/help/pictures, small (ImageMagick makes them so where it is there). Ends with 1 where axe finds something serious.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { pictures, places, rpc, startPlaces, wayTo } from './places.mjs'

const [link, folder = 'look/out', ...parts] = process.argv.slice(2)
const forGuide = folder === '--pictures'
const axe = readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8')
const plain = { 'look.theme': 'light', 'look.contrast': false, 'look.size': 100 }
const looks = [
  ['light', plain],
  ['sharp', { ...plain, 'look.contrast': true }],
  ['sharp-dark', { ...plain, 'look.theme': 'dark', 'look.contrast': true }],
  ['dark', { ...plain, 'look.theme': 'dark' }],
  ['large', { ...plain, 'look.size': 150 }],
].filter(([look]) => !process.env.LOOKS || process.env.LOOKS.split(',').includes(look))
const wanted = (name) => parts.length === 0 || parts.some((part) => name.startsWith(part))

async function judged(page, name) {
  await page.evaluate(axe)
  const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }))
  const serious = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  for (const { id, impact, help, nodes } of found.violations) console.log(`${name}: ${impact} ${id}: ${help}\n    ${nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 140)}  ${failureSummary.split('\n')[1] ?? ''}`).join('\n    ')}`)
  return serious.length
}

async function dress(page, memory) {
  for (const [key, value] of Object.entries({ ...memory, 'tour.seen': true })) await rpc(page, 'desk.remember', { key, value })
  await page.reload()
  await page.waitForTimeout(1000)
}

/** Looks at the places in every look; gives how much axe found that is serious. */
async function lookAround(page) {
  mkdirSync(folder, { recursive: true })
  let bad = 0
  for (const [look, memory] of looks) {
    await dress(page, memory)
    const isStart = (await page.locator('.start').count()) > 0
    for (const [name, go] of isStart ? startPlaces : places) {
      if (!wanted(name)) continue
      await go(page).catch((error) => console.log(`${name} ${look}: ${error.message.split('\n')[0]}`))
      await page.screenshot({ path: `${folder}/${name}-${look}.png` })
      if (process.env.AXE !== '0') bad += await judged(page, `${name} ${look}`)
    }
  }
  await dress(page, { 'look.theme': null, 'look.size': null, 'look.contrast': null })
  return bad
}

/** Makes the pictures of the guide. */
async function drawGuide(page) {
  const to = fileURLToPath(new URL('../../assets/help/pictures/', import.meta.url))
  mkdirSync(to, { recursive: true })
  await dress(page, plain)
  for (const [name, place] of pictures) {
    const path = `${to}${name}.png`
    await wayTo(place)(page)
    await page.screenshot({ path })
    const small = spawnSync('convert', [path, '+dither', '-colors', '48', '-strip', '-define', 'png:compression-level=9', `png8:${path}`])
    console.log(`${name}.png${small.error ? ' (not made small: ImageMagick is not there)' : ''}`)
  }
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] })
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: forGuide ? 0.75 : 1, locale: 'zh-CN', bypassCSP: process.env.AXE !== '0' })
const page = await context.newPage()
page.setDefaultTimeout(60000)
page.on('console', (said) => ['error', 'warning'].includes(said.type()) && console.log('console:', said.text()))
page.on('pageerror', (error) => console.log('page error:', error.message))
await page.goto(link)
await page.waitForTimeout(800)
const bad = forGuide ? (await drawGuide(page), 0) : await lookAround(page)
await browser.close()
if (!forGuide) console.log(bad === 0 ? 'axe: nothing serious' : `axe: ${bad} serious`)
process.exitCode = bad === 0 ? 0 : 1
