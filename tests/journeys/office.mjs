// An office's folder of its own, and the core asked about its file without any screen.
//   UNIONBOOK_CLI  the command line (target/debug of this repository where not given)
import { execFile } from 'node:child_process'
import { strict as assert } from 'node:assert'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)
export const inRepository = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url))
const CLI = process.env.UNIONBOOK_CLI ?? inRepository('target/debug/unionbook-cli')
const CLERK = '经办甲'

export const PASSWORD = 'kmtwpz48xe'

/** The office of a journey; what opens its file, a browser or the window, is added by those who extend it. */
export class Office {
  constructor(password = PASSWORD) {
    this.folder = mkdtempSync(join(tmpdir(), 'unionbook-journey-'))
    this.file = join(this.folder, '台账.unionbook')
    this.passwords = join(this.folder, 'password.txt')
    this.password = password
    mkdirSync(join(this.folder, 'settings'))
    writeFileSync(this.passwords, `${password}\n`)
    this.env = { ...process.env, UNIONBOOK_HOME: join(this.folder, 'settings'), HOME: this.folder }
  }

  async cli(...words) {
    const first = ['new', 'demo'].includes(words[0]) ? ['--account', CLERK] : []
    const { stdout } = await run(CLI, [...words, '--password-file', this.passwords, ...first], { env: this.env, maxBuffer: 1 << 28, timeout: 240_000 })
    return stdout
  }

  /** Ends what has the file open; the file is free then. */
  shut() {
    return Promise.resolve()
  }

  /** Asks the core itself, without any screen. */
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

  async end() {
    await this.shut()
    rmSync(this.folder, { recursive: true, force: true })
  }
}
