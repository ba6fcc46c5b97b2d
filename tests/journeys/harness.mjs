// What every journey stands on: a folder of its own, the host on it, a browser at the host's start link, and the core asked afterwards.
//   UNIONBOOK_BROWSER, UNIONBOOK_CLI  the host and the command line (target/debug of this repository where not given)
//   UNIONBOOK_UI                      the built screen (ui/dist)
//   CHROMIUM                          the browser (/usr/bin/chromium)
//   UNIONBOOK_SHOTS                   a folder for a picture of the screen where a journey failed
import { execFile, spawn } from 'node:child_process'
import { strict as assert } from 'node:assert'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export const fromUi = createRequire(new URL('../../ui/package.json', import.meta.url))
const { chromium } = fromUi('playwright-core')
const run = promisify(execFile)
const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const { env } = process
const HOST = env.UNIONBOOK_BROWSER ?? inRepository('target/debug/unionbook-browser')
const CLI = env.UNIONBOOK_CLI ?? inRepository('target/debug/unionbook-cli')
const UI = env.UNIONBOOK_UI ?? inRepository('ui/dist')
const CHROMIUM = env.CHROMIUM ?? '/usr/bin/chromium'

export const PASSWORD = 'kmtwpz48xe'
const CLERK = '经办甲'
/** How long the screen may take to show what is awaited; debug builds on a busy machine are slow. */
const PATIENCE = 20_000
const START = 30_000

/** The office of a journey. */
class Office {
  broken = []

  constructor(password) {
    this.folder = mkdtempSync(join(tmpdir(), 'unionbook-journey-'))
    this.file = join(this.folder, '台账.unionbook')
    this.passwords = join(this.folder, 'password.txt')
    this.password = password
    mkdirSync(join(this.folder, 'settings'))
    writeFileSync(this.passwords, `${password}\n`)
    this.env = { ...env, UNIONBOOK_HOME: join(this.folder, 'settings'), HOME: this.folder }
  }

  async cli(...words) {
    const { stdout } = await run(CLI, [...words, '--password-file', this.passwords, '--clerk', CLERK], { env: this.env, maxBuffer: 1 << 28, timeout: 240_000 })
    return stdout
  }

  /** Starts the host and goes to its start link. */
  async start(withFile) {
    const open = withFile ? ['--office', this.file, '--password-file', this.passwords] : []
    this.host = spawn(HOST, ['--ui', UI, ...open], { env: this.env, stdio: ['ignore', 'pipe', 'pipe'] })
    this.ended = new Promise((done) => this.host.once('exit', done))
    this.said = ''
    this.host.stderr.on('data', (text) => (this.said += text))
    const link = await this.link()
    this.browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
    const context = await this.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', acceptDownloads: true, permissions: ['clipboard-read', 'clipboard-write'] })
    context.setDefaultTimeout(PATIENCE)
    this.page = await context.newPage()
    this.page.on('pageerror', (error) => this.broken.push(error.message))
    this.page.on('console', (said) => /Content Security Policy/.test(said.text()) && this.broken.push(said.text()))
    await this.page.goto(link)
  }

  link() {
    return new Promise((found, failed) => {
      createInterface({ input: this.host.stdout }).once('line', found)
      this.ended.then((code) => failed(new Error(`the host ended with ${code}: ${this.said}`)))
      setTimeout(() => failed(new Error(`the host gave no start link: ${this.said}`)), START).unref()
    })
  }

  /** Looks something up through the open page, to know what a demonstration holds. */
  ask(command, payload = {}) {
    return this.page.evaluate(async (body) => {
      const answer = await fetch('/rpc', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, job: null }) })
      if (!answer.ok) throw new Error(`${body.command}: ${await answer.text()}`)
      return answer.json()
    }, { command, payload })
  }

  /** Ends the browser and the host; the file is free then. */
  async shut() {
    await this.browser?.close()
    this.browser = undefined
    if (!this.host) return
    this.host.kill()
    await this.ended
    this.host = undefined
  }

  /** Asks the core itself, without screen and host. */
  async core(command, payload) {
    await this.shut()
    return JSON.parse(await this.cli('call', this.file, command, JSON.stringify(payload)))
  }

  /** All rows of a record that the file holds, by conditions like `{ name: '…' }`. */
  async stored(record, conditions = {}, more = {}) {
    const filters = Object.entries(conditions).map(([field, value]) => (Array.isArray(value) ? { field, op: 'between', value } : { field, op: 'is', value }))
    const page = await this.core('record.list', { record, filters, limit: 1000, ...more })
    assert.equal(page.next, null, `the list of ${record} is read to its end`)
    return page.rows
  }

  async shoot(name) {
    if (!env.UNIONBOOK_SHOTS || !this.browser) return
    mkdirSync(env.UNIONBOOK_SHOTS, { recursive: true })
    await this.page.screenshot({ path: join(env.UNIONBOOK_SHOTS, `${name.replace(/\W+/g, '-')}.png`), timeout: 5000 })
  }

  async end() {
    await this.shut()
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** Declares a journey. `demo` is the scale of a demonstration to begin with; `file` one that is there already, which is only looked at. */
export function journey(name, { demo = null, file = null, password = PASSWORD, patience = 240_000, skip = false }, walk) {
  test(name, { timeout: patience, skip }, async () => {
    const office = new Office(password)
    try {
      if (demo) await office.cli('demo', '--scale', demo, '--seed', '7', office.file)
      if (file) office.file = file
      await office.start(demo !== null || file !== null)
      await walk(office)
      assert.deepEqual(office.broken, [], 'no error on the page, nothing refused by the content policy')
    } catch (error) {
      await office.shoot(name).catch((why) => console.error(`no picture: ${why.message}`))
      throw error
    } finally {
      await office.end()
    }
  })
}

/** A file that the page hands down: its place. */
export async function downloaded(office, act) {
  const [download] = await Promise.all([office.page.waitForEvent('download'), act()])
  const path = join(office.folder, download.suggestedFilename())
  await download.saveAs(path)
  return path
}
