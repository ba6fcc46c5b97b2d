// An office in the real window.
//   UNIONBOOK_WINDOW  the window's program
//   UNIONBOOK_SHOTS   a folder for pictures of the screen
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Office } from '../journeys/office.mjs'
import { open, until } from './driver.mjs'

const PROGRAM = process.env.UNIONBOOK_WINDOW
export const SHOTS = process.env.UNIONBOOK_SHOTS

/** An office in the window; its dialogs are answered by the file that the program reads for them. */
export class Windowed extends Office {
  answers = join(this.folder, 'answers.json')
  program = PROGRAM

  constructor(password) {
    super(password)
    const homes = { XDG_CONFIG_HOME: join(this.folder, 'config'), XDG_DATA_HOME: join(this.folder, 'data'), XDG_CACHE_HOME: join(this.folder, 'cache') }
    Object.assign(this.env, homes, { UNIONBOOK_ANSWERS: this.answers })
  }

  /** Starts the program with these words, and waits for its page. */
  async start(...words) {
    this.page = await open(this.program, { words, env: this.env })
    await until(() => this.page.run('return document.readyState === "complete" && document.body.innerText.length > 0'), 'the screens are shown')
  }

  async shut() {
    await this.page?.close()
    this.page = undefined
  }

  press(keys) {
    return this.page.press(keys)
  }

  type(text) {
    return this.page.type(text)
  }

  look(code, ...words) {
    return this.page.run(`return (${code})(...arguments)`, ...words)
  }

  /** Does what asks for a file, and chooses it. */
  async give(path, act) {
    writeFileSync(this.answers, JSON.stringify([path]))
    await act()
    await until(() => !existsSync(this.answers), 'the dialog is answered')
  }

  /** Does what asks where to write, and says where; gives the place. */
  async place(act) {
    const path = join(this.folder, '月报.xlsx')
    await this.give(path, act)
    await until(() => existsSync(path), `${path} is written`)
    return path
  }

  /** Keeps a picture of the screen, dialogs of the system included. */
  shoot(name) {
    if (!SHOTS) return
    mkdirSync(SHOTS, { recursive: true })
    const taken = spawnSync('import', ['-window', 'root', join(SHOTS, `${name}.png`)], { timeout: 60_000, encoding: 'utf8' })
    if (taken.status !== 0) console.error(`no picture of ${name}: ${taken.stderr}`)
  }
}
