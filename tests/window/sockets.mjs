// The window under strace, driven by the keys of its display alone: a driver would talk to it through a socket of its own.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const { UNIONBOOK_WINDOW: program, UNIONBOOK_OFFICE: office, UNIONBOOK_PASSWORD: password, UNIONBOOK_LOG: log, UNIONBOOK_SHOTS: shots } = process.env
/** How long the window is looked at once the office is open, in milliseconds. */
const LOOKED_AT = 15_000

const xdotool = (...words) => spawnSync('xdotool', words, { encoding: 'utf8' }).stdout.trim()

/** Waits until something holds. */
async function until(holds, what, seconds = 60) {
  for (const end = Date.now() + seconds * 1000; !holds(); await wait(200)) assert.ok(Date.now() < end, `${what}: not within ${seconds} s`)
}

const start = Date.now()
// The file's index is made anew when the first program opens it; one that was killed leaves it behind.
const isOpen = () => existsSync(`${office}-shm`) && statSync(`${office}-shm`).mtimeMs > start
const windowOf = () => xdotool('search', '--onlyvisible', '--class', 'unionbook').split('\n')[0]

const traced = spawn('strace', ['-f', '-qq', '-e', 'trace=network', '-o', log, program, office], { stdio: ['ignore', 'ignore', 'inherit'] })
const ended = once(traced, 'exit')
try {
  await until(windowOf, 'the window stands on the display')
  await wait(6_000)
  xdotool('windowfocus', '--sync', windowOf())
  // The page puts the keyboard into the password's field.
  for (let attempt = 0; attempt < 5 && !isOpen(); attempt++) {
    xdotool('type', '--delay', '60', password)
    xdotool('key', 'Return')
    await wait(5_000)
  }
  assert.ok(isOpen(), 'the office opens by its password')
  await wait(LOOKED_AT)
  mkdirSync(shots, { recursive: true })
  spawnSync('import', ['-window', 'root', join(shots, 'sockets.png')])
} finally {
  // strace hands no signal on: each line of its log begins with the process that it is of, the first with the window's.
  const [, window] = (existsSync(log) && /^(\d+) /.exec(readFileSync(log, 'utf8'))) || []
  process.kill(window ? Number(window) : traced.pid, 'SIGTERM')
  await Promise.race([ended, wait(10_000)])
  if (traced.exitCode === null) traced.kill('SIGKILL')
}
assert.ok(existsSync(log), 'strace wrote what it saw')
