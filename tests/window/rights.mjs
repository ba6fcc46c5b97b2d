// What the page in the real window may do, and what it may not.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'

import { open, until } from './driver.mjs'

const program = process.env.UNIONBOOK_WINDOW
assert.ok(program, 'UNIONBOOK_WINDOW names the built window')
const folder = mkdtempSync(join(tmpdir(), 'unionbook-window-'))
const answers = join(folder, 'answers.json')
const office = join(folder, '甲.unionbook')
const PASSWORD = '一句好记的话'
const homes = { HOME: folder, XDG_CONFIG_HOME: join(folder, 'config'), XDG_DATA_HOME: join(folder, 'data'), XDG_CACHE_HOME: join(folder, 'cache') }
const env = { ...homes, UNIONBOOK_HOME: join(folder, 'settings'), UNIONBOOK_ANSWERS: answers }
let page

before(async () => {
  page = await open(program, { words: [office], env })
  await until(() => page.run('return document.readyState === "complete" && document.body.innerText.length > 0'), 'the screens are shown')
})

after(async () => {
  await page?.close()
  rmSync(folder, { recursive: true, force: true })
})

test('the page calls the desk and is refused with reports', async () => {
  const state = await page.call('desk.state')
  assert.equal(state.ok.office, null, 'nothing is open at first')
  const closed = await page.call('record.list', { record: 'unit' })
  assert.equal(closed.error.code, 'closed', 'a file must be open')
  const first = { path: office, password: PASSWORD, clerk: '经办人甲', code: 'T1', name: '测试工会', level: 'grassroots' }
  const made = await page.call('desk.create', first)
  assert.equal(made.ok?.recovery.split('-').length, 9, `an office is made: ${JSON.stringify(made)}`)
  const units = await page.call('record.list', { record: 'unit' })
  assert.equal(units.ok.rows[0].name, '测试工会', 'and answers')
})

/** What the start page shows in its field for the file. */
const fileField = () => page.run(`return [...document.querySelectorAll('input')].find((input) => input.labels?.[0]?.innerText === '台账文件')?.value ?? ''`)

test('the file that the program was started with is handed to the screens once', async () => {
  await until(async () => (await fileField()) === office, 'the start page shows the office file among the words')
  assert.deepEqual((await page.call('window.arrived')).ok, [], 'and it is not handed out again')
})

test('the page may ask for nothing but the one call and to hear of dropped files', async () => {
  const invoke = '(command, words) => window.__TAURI_INTERNALS__.invoke(command, words)'
  const forbidden = [
    ['plugin:dialog|open', { options: {} }],
    ['plugin:dialog|save', { options: {} }],
    ['plugin:dialog|message', { message: 'x' }],
    ['plugin:fs|read_file', { path: '/etc/passwd' }],
    ['plugin:window|close', { label: 'main' }],
    ['plugin:webview|create_webview_window', { options: { label: 'other', url: 'https://example.com' } }],
    ['plugin:window-state|filename', {}],
    ['plugin:path|resolve_directory', { directory: 1 }],
    ['plugin:app|version', {}],
    ['plugin:event|emit', { event: 'x', payload: null }],
    ['desk', {}],
  ]
  for (const [command, words] of forbidden) {
    const answer = await page.ask(invoke, command, words)
    assert.match(String(answer.error), /not allowed|not found/, `${command} is refused: ${JSON.stringify(answer)}`)
  }
  assert.equal(await page.run('return typeof window.__TAURI__'), 'undefined', 'no global door to Tauri')
})

test('the policy lets no code in and nothing out', async () => {
  const evaluated = await page.run(`const script = document.createElement('script'); script.textContent = 'window.slipped = 1'
    document.head.append(script); return window.slipped ?? null`)
  assert.equal(evaluated, null, 'no script within the page')
  const made = await page.ask(`() => new Promise((done, fail) => {
    const heard = (event) => { removeEventListener('securitypolicyviolation', heard); done(event.effectiveDirective) }
    addEventListener('securitypolicyviolation', heard); setTimeout(() => fail(new Error('nothing was refused')), 5000)
    fetch('http://127.0.0.1:9/').catch(() => null) })`)
  assert.equal(made.ok, 'connect-src', `no call to anywhere else: ${JSON.stringify(made)}`)
  const style = await page.run(`const box = document.createElement('div'); box.setAttribute('style', 'width: 77px'); document.body.append(box)
    const width = box.offsetWidth; box.remove(); return width`)
  assert.notEqual(style, 77, 'no style within the page')
  await page.run('window.location.href = "https://example.com/"; return null').catch(() => null)
  await new Promise((done) => setTimeout(done, 500))
  assert.match(await page.run('return location.href'), /^tauri:\/\/localhost(\/|#|$)/, 'the window leads nowhere else')
})

test('dialogs are asked for by the program', async () => {
  const answer = async (paths, command, payload) => {
    writeFileSync(answers, JSON.stringify(paths))
    const given = await page.call(command, payload)
    assert.ok(!existsSync(answers), 'an answer is used up')
    return given.ok
  }
  const endings = [['工作簿', ['xlsx']]]
  assert.deepEqual(await answer(['/a.xlsx', '/b.xlsx'], 'dialog.open', { title: '导入', endings, many: true }), ['/a.xlsx', '/b.xlsx'])
  assert.equal(await answer(['/c.xlsx'], 'dialog.save', { title: '导出', name: 'c.xlsx', endings }), '/c.xlsx')
  assert.equal(await answer(null, 'dialog.folder', { title: '备份' }), null, 'who changes their mind answers nothing')
})

test('the window is called as the page says', async () => {
  assert.deepEqual(await page.call('window.title', { title: '测试工会 · 工会台账' }), { ok: null })
})

test('a second start ends at once and hands its file to the first window', async () => {
  const other = join(folder, '乙.unionbook')
  const second = spawnSync(program, [other], { env: { ...process.env, ...env }, timeout: 20_000 })
  assert.equal(second.status, 0, `it ends by itself: ${second.stderr}`)
  await until(async () => (await fileField()) === other, 'the first window has the file')
  assert.deepEqual((await page.call('window.arrived')).ok, [], 'once')
})

test('where the window stood is remembered when it closes', async () => {
  // Nobody decorates windows on this display, so the close button is pressed in its place.
  const pressed = spawnSync('python3', [join(import.meta.dirname, 'close.py')])
  assert.equal(pressed.status, 0, `the window hears its close button: ${pressed.stderr}`)
  const kept = join(folder, 'config', 'cn.unionbook.desktop', '.window-state.json')
  await until(() => existsSync(kept), `${kept} is written`)
  assert.ok(JSON.parse(readFileSync(kept, 'utf8')).main.width > 0, 'with its size')
})
