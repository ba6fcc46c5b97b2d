// The installed package: its files and what it depends on, and the way from the first start to the report in the program it brings. Nothing
// there answers dialogs for a test: the system's own dialogs are driven by mouse and keyboard.
//   UNIONBOOK_PACKAGE  the .deb it was installed from
import assert from 'node:assert/strict'
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { startToReport } from '../journeys/start-to-report.mjs'
import { until } from './driver.mjs'
import { Windowed } from './office.mjs'

const PACKAGE = process.env.UNIONBOOK_PACKAGE
const PROGRAM = process.env.UNIONBOOK_WINDOW
assert.ok(PACKAGE, 'UNIONBOOK_PACKAGE names the package')
const run = (program, ...words) => execFileSync(program, words, { encoding: 'utf8', timeout: 60_000 })
const MIME = 'application/x-unionbook'

/** The program's windows that show, by their numbers. */
const windows = () => new Set(spawnSync('xdotool', ['search', '--onlyvisible', '--class', 'unionbook'], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean))

class Installed extends Windowed {
  /** Does what opens a dialog, and answers it as somebody at the keyboard: the place of the file, and Enter. */
  async answer(path, act, ...before) {
    const there = windows()
    await act()
    const dialog = await until(() => [...windows()].find((one) => !there.has(one)), 'a dialog opens')
    run('xdotool', 'windowactivate', dialog, 'sleep', '1', ...before)
    run('xdotool', 'type', '--delay', '30', path)
    this.shoot(`dialog-${extname(path).slice(1)}`)
    run('xdotool', 'sleep', '0.5', 'key', 'Return')
    await until(() => !windows().has(dialog), 'the dialog closes')
  }

  async give(path, act) {
    // What is typed here has the keys of a plain keyboard alone.
    const plain = join(this.folder, `chosen${extname(path)}`)
    symlinkSync(path, plain)
    await this.answer(plain, act, 'key', 'ctrl+l')
  }

  async place(act) {
    const path = join(this.folder, 'report.xlsx')
    await this.answer(path, act, 'key', 'ctrl+a')
    await until(() => existsSync(path), `${path} is written`)
    return path
  }
}

let manager
before(() => {
  manager = spawn('matchbox-window-manager', ['-use_titlebar', 'yes'], { stdio: 'ignore' })
})
after(() => manager.kill())

test('the package names every library that the program is linked to, in a version that is new enough', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unionbook-package-'))
  mkdirSync(join(folder, 'debian'))
  writeFileSync(join(folder, 'debian', 'control'), 'Source: unionbook\n\nPackage: unionbook\nArchitecture: any\n')
  const said = execFileSync('dpkg-shlibdeps', ['-O', PROGRAM], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  rmSync(folder, { recursive: true })
  const parts = (list) => list.split(',').map((one) => one.trim()).filter(Boolean)
  const named = parts(run('dpkg-deb', '--field', PACKAGE, 'Depends')).flatMap((one) => one.split('|').map((other) => other.trim()))
  const needed = parts(said.replace(/^shlibs:Depends=/, ''))
  assert.ok(needed.length > 3, `libraries were found: ${needed}`)
  const parsed = (text) => /^(\S+?)(?::\w+)?(?:\s+\(>= ([^)]+)\))?$/.exec(text)?.slice(1) ?? [text]
  for (const need of needed) {
    const [name, version] = parsed(need)
    const found = named.map(parsed).filter(([other]) => other === name)
    assert.ok(found.length > 0, `${name} is among ${named}`)
    const enough = ([, least]) => !version || (least && spawnSync('dpkg', ['--compare-versions', least, 'ge', version]).status === 0)
    assert.ok(found.some(enough), `${need}: the package asks for ${found.map(([, least]) => least ?? 'any')}`)
  }
})

test('it stands in the menu with its icon, and office files are known as its own', () => {
  const files = run('dpkg', '--listfiles', 'unionbook').split('\n')
  const entry = files.find((file) => file.endsWith('.desktop'))
  assert.equal(run('desktop-file-validate', entry).trim(), '', 'the menu entry is as it should be')
  const words = Object.fromEntries(readFileSync(entry, 'utf8').split('\n').filter((line) => line.includes('=')).map((line) => line.split(/=(.*)/s)))
  assert.equal(words['Name[zh_CN]'], '工会台账', 'under its Chinese title')
  assert.ok(existsSync(join('/usr/bin', words.Exec.split(' ')[0])), `what it starts is there: ${words.Exec}`)
  assert.ok(words.MimeType.includes(MIME), 'it opens office files')
  for (const size of ['32x32', '128x128', '256x256']) {
    const icon = files.find((file) => file.includes(`hicolor/${size}`) && file.endsWith(`/apps/${words.Icon}.png`))
    assert.ok(icon && existsSync(icon), `the icon ${words.Icon} is there in ${size}: ${files.filter((file) => file.includes('icons')).join(' ')}`)
  }
  const folder = mkdtempSync(join(tmpdir(), 'unionbook-kind-'))
  const file = join(folder, '甲.unionbook')
  writeFileSync(file, 'x')
  assert.match(run('gio', 'info', '--attributes=standard::content-type', file), new RegExp(`content-type: ${MIME}$`, 'm'), 'an office file is known by its ending')
  assert.match(run('gio', 'mime', MIME), new RegExp(`: ${entry.split('/').pop()}$`, 'm'), 'and opened by the program')
  rmSync(folder, { recursive: true })
})

test('keyboard alone, installed: from the first start over a member who joins and a roster to the written report', { timeout: 240_000 }, async () => {
  const office = new Installed()
  delete office.env.UNIONBOOK_ANSWERS
  try {
    await office.start()
    await startToReport(office)
  } catch (error) {
    office.shoot('failed')
    throw error
  } finally {
    await office.end()
  }
})
