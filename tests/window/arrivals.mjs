// Files that come to the window from outside: with its start, with a second start, and dropped on it.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { keysOf } from '../journeys/keys.mjs'
import { daysAgo, idNumber } from '../journeys/people.mjs'
import { importOpened } from '../journeys/start-to-report.mjs'
import { until } from './driver.mjs'
import { Windowed } from './office.mjs'

const office = new Windowed()
const keys = keysOf(office)
const [first, second] = ['甲', '乙'].map((name) => ({ name: `${name}县总工会`, file: join(office.folder, `${name}.unionbook`) }))
const DIALOG = 'dialog[open]'
/** Where the files to be dragged lie: beside the window, whose place nobody manages on this display. */
const BESIDE = [1300, 840]

/** What stands in the start page's field for the file. */
const fileField = () => office.look(`() => [...document.querySelectorAll('input')].find((input) => input.labels?.[0]?.innerText === '台账文件')?.value ?? ''`)

async function unlock({ name }) {
  await keys.at('打开密码')
  await keys.type(office.password)
  await keys.press('Enter')
  await keys.sees('nav', '导航')
  await keys.sees('aside *, nav *, .frame *', name)
}

function startAgain(...words) {
  const other = spawnSync(office.program, words, { env: office.env, timeout: 20_000 })
  assert.equal(other.status, 0, `the second start ends by itself: ${other.stderr}`)
}

before(async () => {
  for (const { name, file } of [first, second]) await office.cli('new', file, '--unit', name, '--code', '001')
  await office.start(first.file)
})

after(() => office.end())

test('a double-clicked office file is asked for its password at once, and opens', async () => {
  await keys.sees('h2', '打开台账')
  await until(async () => (await fileField()) === first.file, 'the file stands in its field')
  await unlock(first)
})

test('a second start with the open file says that it is open', async () => {
  startAgain(first.file)
  await keys.sees('[aria-label=提示] *', `“${first.name}”已经打开。`)
})

test('a second start with another file asks before the open one is closed, and stays where it is told to', async () => {
  startAgain(second.file)
  await keys.sees(`${DIALOG} h2`, '打开另一本台账')
  await keys.at('不打开，继续工作')
  await keys.press('Enter')
  await keys.sawLast(`${DIALOG} h2`, '打开另一本台账')
  assert.equal((await office.page.call('desk.state')).ok.office.path, first.file, 'nothing was closed')
})

test('and opens it where it is told to', async () => {
  startAgain(second.file)
  await keys.sees(`${DIALOG} h2`, '打开另一本台账')
  await keys.to('Shift+Tab', '关闭现在的台账并打开')
  await keys.press('Enter')
  await keys.sees('h2', '打开台账')
  await until(async () => (await fileField()) === second.file, 'the other file stands in its field')
  await unlock(second)
  assert.equal((await office.page.call('desk.state')).ok.office.path, second.file, 'the other file is open')
})

test('what was copied is taken off the clipboard while it is still there, and nothing that was copied since', async () => {
  const box = (value) => office.look(`(value) => {
    const box = document.getElementById('probe') ?? document.body.appendChild(Object.assign(document.createElement('input'), { id: 'probe' }))
    box.value = value
    box.focus()
    box.select()
  }`, value)
  const pasted = async () => {
    await box('')
    await office.press('Control+v')
    return office.look(`() => document.getElementById('probe').value`)
  }
  await box('13800001234')
  await office.press('Control+c')
  assert.equal(await pasted(), '13800001234', 'it is on the clipboard')
  await office.page.call('clipboard.forget', { text: '13900005678' })
  assert.equal(await pasted(), '13800001234', 'another text than the one that is to go stays')
  await office.page.call('clipboard.forget', { text: '13800001234' })
  assert.equal(await pasted(), '', 'then it is gone')
  await office.look(`() => document.getElementById('probe').remove()`)
})

/** Says over the session's bus what a desktop says when its screen is locked, or unlocked. */
const screen = (locked) =>
  assert.equal(spawnSync('dbus-send', ['--session', '--type=signal', '/org/freedesktop/ScreenSaver', 'org.freedesktop.ScreenSaver.ActiveChanged', `boolean:${locked}`]).status, 0, 'the desktop says it')
const isLocked = () => office.look('() => document.documentElement.dataset.locked')

test('the ledger is locked with the screen, and opened by the password alone', async () => {
  screen(false)
  assert.equal(await isLocked(), 'false', 'an unlocked screen means nothing')
  screen(true)
  await until(async () => (await isLocked()) === 'true', 'the pages are covered')
  screen(false)
  assert.equal(await isLocked(), 'true', 'and stay so')
  await keys.at('打开密码')
  await keys.type(office.password)
  await keys.press('Enter')
  await until(async () => (await isLocked()) === 'false', 'the password uncovers them')
})

test('a sheet that is dropped on the window is read by the import wizard', async () => {
  const sheet = join(office.folder, '名册.csv')
  writeFileSync(sheet, `姓名,证件号码,所在工会,会籍变化类型,会籍变化日期\n滕若苇,${idNumber('19800715', '200')},${second.name},入会,${daysAgo(3)}\n`)
  await importOpened(keys)
  const source = spawn('python3', [join(import.meta.dirname, 'drag.py'), ...BESIDE, sheet], { env: office.env, stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = once(source, 'exit')
  await once(createInterface({ input: source.stdout }), 'line')
  const [x, y] = BESIDE
  const hand = (...words) => assert.equal(spawnSync('xdotool', words.map(String)).status, 0, `the mouse does ${words.join(' ')}`)
  hand('mousemove', x + 20, y + 20, 'mousedown', 1)
  // A hand moves in steps, and so does what follows it.
  for (const [dx, dy] of [[10, 5], [-20, -30], [-300, -200], [-600, -400], [-610, -410]]) hand('sleep', 0.2, 'mousemove', x + dx, y + dy)
  // While something hovers the driver answers nothing, so that the page can be asked only afterwards.
  hand('sleep', 0.3, 'mouseup', 1)
  await ended
  await keys.sees(`${DIALOG} b`, '名册.csv')
  await keys.sees(`${DIALOG} button`, '导入 1 行')
})
