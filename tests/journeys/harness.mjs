// What every journey stands on: a folder of its own, the host on it, a browser at the host's start link, and the core asked afterwards.
//   UNIONBOOK_BROWSER, UNIONBOOK_CLI  the host and the command line (target/debug of this repository where not given)
//   UNIONBOOK_UI                      the built screen (ui/dist)
//   CHROMIUM                          the browser (/usr/bin/chromium)
//   UNIONBOOK_SHOTS                   a folder for a picture of the screen where a journey failed
import { spawn } from 'node:child_process'
import { strict as assert } from 'node:assert'
import { mkdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { inRepository, Office, PASSWORD } from './office.mjs'

export { PASSWORD }
export const fromUi = createRequire(new URL('../../ui/package.json', import.meta.url))
const { chromium } = fromUi('playwright-core')
const { env } = process
const HOST = env.UNIONBOOK_BROWSER ?? inRepository('target/debug/unionbook-browser')
const UI = env.UNIONBOOK_UI ?? inRepository('ui/dist')
const CHROMIUM = env.CHROMIUM ?? '/usr/bin/chromium'
/** How long the screen may take to show what is awaited; debug builds on a busy machine are slow. */
const PATIENCE = 20_000
const START = 30_000

/** An office in the browser. */
class Browsed extends Office {
  broken = []
  neighbours = []

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
    // A listener from the start: the browser is told to hand file dialogs over when the first one listens, and a key is faster than that.
    this.page.on('filechooser', () => undefined)
    await this.page.goto(link)
  }

  /** Another office with a file and a browser of its own; it ends with this one. `below` are unions under it, each with `code`, `name`, `level`. */
  async neighbour({ name, code, level, below }) {
    const other = new Browsed(this.password)
    this.neighbours.push(other)
    await other.cli('new', '--unit', name, '--code', code, '--level', level, other.file)
    const [own] = await other.stored('unit')
    for (const unit of below) await other.core('units.open', { ...unit, parent: own.id })
    await other.start(true)
    return other
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

  async end() {
    for (const other of this.neighbours) await other.end()
    await super.end()
  }

  /** Presses keys together, as `Control+k`. */
  press(keys) {
    return this.page.keyboard.press(keys)
  }

  /** Types into what has the focus. */
  type(text) {
    return this.page.keyboard.type(text)
  }

  /** Runs a function of the page, given as code. */
  look(code, ...words) {
    return this.page.evaluate(`(${code})(...${JSON.stringify(words)})`)
  }

  /** Does what asks for a file, and chooses it. */
  async give(path, act) {
    const [chooser] = await Promise.all([this.page.waitForEvent('filechooser'), act()])
    await chooser.setFiles(path)
  }

  /** Does what writes a file; gives its place. */
  place(act) {
    return downloaded(this, act)
  }

  async shoot(name) {
    if (!env.UNIONBOOK_SHOTS || !this.browser) return
    mkdirSync(env.UNIONBOOK_SHOTS, { recursive: true })
    await this.page.screenshot({ path: join(env.UNIONBOOK_SHOTS, `${name.replace(/\W+/g, '-')}.png`), timeout: 5000 })
  }
}

/** Declares a journey. `demo` is the scale of a demonstration to begin with; `file` one that is there already, which is only looked at. */
export function journey(name, { demo = null, file = null, password = PASSWORD, patience = 240_000, skip = false }, walk) {
  test(name, { timeout: patience, skip }, async () => {
    const office = new Browsed(password)
    try {
      if (demo) await office.cli('demo', '--scale', demo, '--seed', '7', office.file)
      if (file) office.file = file
      await office.start(demo !== null || file !== null)
      await walk(office)
      assert.deepEqual([office, ...office.neighbours].flatMap(({ broken }) => broken), [], 'no error on the page, nothing refused by the content policy')
    } catch (error) {
      for (const [at, one] of [office, ...office.neighbours].entries()) await one.shoot(`${name}${at || ''}`).catch((why) => console.error(`no picture: ${why.message}`))
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
