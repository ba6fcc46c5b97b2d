// A display that nobody sits before, whose picture is read from the file that it draws into: no client asks it for anything.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

const [WIDE, HIGH] = [1400, 900]
/** How often the picture is looked at, in milliseconds. */
const OFTEN = 4
/** Of what the page draws so much must stand there: the caret blinks. */
const ENOUGH = 0.97

/** A picture: a number for each of its points. */
class Picture {
  constructor(points) {
    this.points = points
  }

  /** The points that stand out from the ground, by their places. */
  get drawn() {
    const counts = new Map()
    for (const point of this.points) counts.set(point, (counts.get(point) ?? 0) + 1)
    const grounds = new Set([...counts].filter(([, count]) => count > this.points.length / 50).map(([point]) => point))
    return [...this.points.keys()].filter((at) => !grounds.has(this.points[at]))
  }

  same(other, places) {
    return places.reduce((sum, at) => sum + (this.points[at] === other.points[at] ? 1 : 0), 0) / places.length
  }
}

/** The first line that a process says; what follows is thrown away. */
async function line(started) {
  const [said] = await once(started.stdout, 'data')
  started.stdout.resume()
  return String(said).split('\n')[0]
}

export class Display {
  static async start() {
    const display = new Display()
    display.folder = mkdtempSync(join(tmpdir(), 'unionbook-display-'))
    display.server = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', `${WIDE}x${HIGH}x24`, '-fbdir', display.folder, '-nolisten', 'tcp'], { stdio: ['ignore', 'pipe', 'ignore'] })
    display.env = { DISPLAY: `:${await line(display.server)}` }
    // A bus of its own: the window looks there for a first start of itself.
    display.bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], { stdio: ['ignore', 'pipe', 'ignore'], env: { ...process.env, ...display.env } })
    display.env.DBUS_SESSION_BUS_ADDRESS = await line(display.bus)
    // A measurement that fails leaves neither behind.
    process.once('exit', () => [display.bus, display.server].forEach((started) => started.kill()))
    display.file = openSync(join(display.folder, 'Xvfb_screen0'), 'r')
    return display
  }

  /** Reads what the display shows: the points lie behind a header and a table of colours. */
  look() {
    const head = Buffer.alloc(100)
    readSync(this.file, head, 0, 100, 0)
    const [size, line, colours] = [head.readUInt32BE(0), head.readUInt32BE(48), head.readUInt32BE(76)]
    const bytes = Buffer.alloc(line * HIGH)
    readSync(this.file, bytes, 0, bytes.length, size + colours * 12)
    return new Picture(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4))
  }

  /** Waits until the picture has stood still for some time; gives it. */
  async settled(still = 1500) {
    let [before, since] = [this.look(), Date.now()]
    const places = [...Array(before.points.length).keys()].filter((at) => at % 3 === 0)
    for (;;) {
      await wait(100)
      const now = this.look()
      if (now.same(before, places) < 0.9999) [before, since] = [now, Date.now()]
      else if (Date.now() - since > still) return now
    }
  }

  /** Waits until what a picture shows stands on the display; gives the moment. */
  async shows(picture, seconds = 30) {
    const places = picture.drawn.filter((_, nth) => nth % 7 === 0)
    if (places.length < 50) throw new Error('the picture to wait for shows nothing')
    for (const end = performance.now() + seconds * 1000; performance.now() < end; await wait(OFTEN)) {
      if (this.look().same(picture, places) >= ENOUGH) return performance.now()
    }
    throw new Error(`what was waited for did not come within ${seconds} s`)
  }

  async stop() {
    closeSync(this.file)
    for (const started of [this.bus, this.server]) {
      started.kill()
      await once(started, 'exit')
    }
    rmSync(this.folder, { recursive: true, force: true })
  }
}
