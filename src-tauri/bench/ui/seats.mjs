// The two ways to sit before the screens: the real window, and a browser before the host. Each gives `ask`, which runs what `eyes` can do.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { open as drive, until } from '../../../tests/window/driver.mjs'
import { open as eyes } from './eyes.mjs'
import { family, memory, shares } from './processes.mjs'

const { env } = process
const fromUi = createRequire(new URL('../../../ui/package.json', import.meta.url))

/** A home of its own for a program: settings that know one office file, and no others. */
export class Home {
  constructor(office) {
    this.folder = mkdtempSync(join(tmpdir(), 'unionbook-speed-'))
    const at = (name) => join(this.folder, name)
    this.env = { HOME: this.folder, XDG_CONFIG_HOME: at('config'), XDG_DATA_HOME: at('data'), XDG_CACHE_HOME: at('cache'), UNIONBOOK_HOME: at('settings') }
    mkdirSync(at('settings'))
    const recent = { path: office, file: '测量.unionbook', name: '测量用的工会', opened_at: 1_790_000_000, there: true, backups: null }
    writeFileSync(join(at('settings'), 'recent.json'), JSON.stringify([recent]))
  }

  clear() {
    rmSync(this.folder, { recursive: true, force: true })
  }
}

/** The real window. */
export class InWindow {
  static async sit(program, home, display) {
    const seat = new InWindow()
    seat.page = await drive(program, { env: { ...home.env, ...display.env } })
    await until(() => seat.page.run('return document.querySelector("input[type=password]") !== null'), 'the password prompt')
    await seat.run(eyes)
    return seat
  }

  async run(code, ...words) {
    const answer = await this.page.ask(code.toString(), ...words)
    if (answer.error) throw new Error(JSON.stringify(answer.error))
    return answer.ok
  }

  ask(act, ...words) {
    return this.run('async (act, ...words) => window.eyes[act](...words)', act, ...words)
  }

  /** The window's processes, the driver not among them. */
  get pids() {
    return family(this.page.driver.pid).slice(1)
  }

  get memory() {
    return memory(this.pids)
  }

  get shares() {
    return shares(this.pids)
  }

  rise() {
    return this.page.close()
  }
}

/** A browser before the host. */
export class InBrowser {
  static async sit(program, home) {
    const seat = new InBrowser()
    seat.host = spawn(program, ['--ui', env.UNIONBOOK_UI], { env: { ...env, ...home.env }, stdio: ['ignore', 'pipe', 'inherit'] })
    const link = await new Promise((found) => createInterface({ input: seat.host.stdout }).once('line', found))
    const { chromium } = fromUi('playwright-core')
    seat.browser = await chromium.launch({ executablePath: env.CHROMIUM, args: ['--no-sandbox'] })
    const context = await seat.browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' })
    seat.page = await context.newPage()
    await seat.page.goto(link)
    await seat.page.waitForSelector('input[type=password]')
    await seat.run(eyes)
    return seat
  }

  run(code, ...words) {
    return this.page.evaluate(`(${code.toString()})(...${JSON.stringify(words)})`)
  }

  ask(act, ...words) {
    return this.run('async (act, ...words) => window.eyes[act](...words)', act, ...words)
  }

  async rise() {
    await this.browser.close()
    const ended = new Promise((done) => this.host.once('exit', done))
    this.host.kill()
    await ended
  }
}
