// Measures the screens and writes what it measured as JSON; `unionbook-bench --ui` sets it beside goals and floors.
//   node measure.mjs weight | start | window | browser
//   UNIONBOOK_WINDOW UNIONBOOK_BROWSER UNIONBOOK_SKELETON  the programs      UNIONBOOK_UI  the built screens      CHROMIUM  the browser
//   UNIONBOOK_OFFICE UNIONBOOK_PASSWORD                    the file that is opened; it is only looked at
// Times are seconds, memory is bytes; every list holds one number a run.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'

import { Display } from './display.mjs'
import { end, family, memory, shares, start, variables } from './processes.mjs'
import { Home, InBrowser, InWindow } from './seats.mjs'
import { work } from './work.mjs'

const { env } = process
/** How often a start is measured, and how often a file is opened. */
const [STARTS, OPENINGS] = [7, 3]
/** How long a program rests before its memory is read, in milliseconds. */
const REST = 2000

/** Starts of the window, each beside a start of a bare one that draws in the same way. */
async function starts() {
  const display = await Display.start()
  const home = new Home(env.UNIONBOOK_OFFICE)
  const found = { prompt: [], skeleton: [], promptMemory: [], skeletonMemory: [], parts: {} }
  const own = { ...home.env, ...display.env }
  // Started once each so that all files are in the system's memory, and to know what to wait for.
  const { picture, way } = await once(env.UNIONBOOK_WINDOW, own, display)
  const bare = { ...own, ...way }
  const { picture: barePicture } = await once(env.UNIONBOOK_SKELETON, bare, display)
  for (let nth = 0; nth < STARTS; nth += 1) {
    await timed(env.UNIONBOOK_WINDOW, own, display, picture, (time, bytes) => (found.prompt.push(time), found.promptMemory.push(bytes)))
    await timed(env.UNIONBOOK_SKELETON, bare, display, barePicture, (time, bytes) => (found.skeleton.push(time), found.skeletonMemory.push(bytes)))
  }
  await display.stop()
  home.clear()
  return { ...found, way: Object.keys(way) }
}

/** Starts a program and gives what it shows in the end, and how it was told to draw. */
async function once(program, own, display) {
  const { pid } = start(program, [], own)
  const picture = await display.settled()
  // Its children have what it set for them.
  const way = Object.fromEntries(Object.entries(variables(family(pid).at(-1))).filter(([name]) => name.startsWith('WEBKIT_')))
  if (env.UNIONBOOK_TELL) console.error(program, Object.keys(way).join(' '), JSON.stringify(shares(family(pid))))
  await gone(pid, display)
  return { picture, way }
}

async function timed(program, own, display, picture, note) {
  const from = performance.now()
  const { pid } = start(program, [], own)
  const shown = await display.shows(picture)
  await wait(REST)
  note((shown - from) / 1000, memory(family(pid)))
  await gone(pid, display)
}

async function gone(pid, display) {
  await end(family(pid))
  await display.settled(400)
}

/** Opens the file some times, and works in it the last time. */
async function sit(how) {
  const found = { home: [], open: [], today: [], memory: {} }
  for (let nth = 1; nth <= OPENINGS; nth += 1) {
    const { seat, leave } = await how()
    const entered = await seat.ask('enter', env.UNIONBOOK_PASSWORD)
    const took = (command) => entered.calls.filter((call) => call.command === command).map(({ from, to }) => (to - from) / 1000)[0]
    found.home.push(entered.took / 1000)
    found.open.push(took('desk.open'))
    found.today.push(took('home.today'))
    if (env.UNIONBOOK_TELL) console.error(JSON.stringify(entered))
    if (nth === OPENINGS) Object.assign(found, await work(seat, REST))
    await leave()
  }
  return found
}

async function inWindow() {
  const [display, home] = [await Display.start(), new Home(env.UNIONBOOK_OFFICE)]
  const found = await sit(async () => {
    const seat = await InWindow.sit(env.UNIONBOOK_WINDOW, home, display)
    return { seat, leave: () => seat.rise() }
  })
  await display.stop()
  home.clear()
  return found
}

async function inBrowser() {
  const home = new Home(env.UNIONBOOK_OFFICE)
  const found = await sit(async () => {
    const seat = await InBrowser.sit(env.UNIONBOOK_BROWSER, home)
    return { seat, leave: () => seat.rise() }
  })
  home.clear()
  return found
}

/** The weight of what a browser loads until home stands there, and of all that was built, in gzipped bytes. */
async function weight() {
  const home = new Home(env.UNIONBOOK_OFFICE)
  const seat = await InBrowser.sit(env.UNIONBOOK_BROWSER, home)
  await seat.ask('enter', env.UNIONBOOK_PASSWORD)
  const loaded = new Set(['/index.html', ...(await seat.ask('loaded'))])
  await seat.rise()
  home.clear()
  const files = readdirSync(env.UNIONBOOK_UI, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const weighed = files.map((entry) => join(entry.parentPath, entry.name)).map((path) => ({ path: path.slice(env.UNIONBOOK_UI.length), bytes: gzipSync(readFileSync(path)).length }))
  const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0)
  return { first: sum(weighed.filter(({ path }) => loaded.has(path))), all: sum(weighed) }
}

const cases = { weight, start: starts, window: inWindow, browser: inBrowser }
const found = await cases[process.argv[2]]()
console.log(JSON.stringify(found))
