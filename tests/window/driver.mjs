// A client for WebKitWebDriver, as small as it can be: it starts the real window and talks to the page in it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** A port that nobody else listens on: several drivers may run on one machine. */
const PORT = await new Promise((free) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address()
    server.close(() => free(port))
  })
})
/** How long the driver may take to answer, in milliseconds. */
const PATIENCE = 60_000
/** The keys that have no character, as WebDriver writes them (W3C WebDriver, 17.4.2). */
const KEYS = {
  Control: '\uE009', Alt: '\uE00A', Shift: '\uE008', Tab: '\uE004', Enter: '\uE007', Escape: '\uE00C', Space: ' ', F6: '\uE036',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015',
}

/** Starts the window; gives what drives it. */
export async function open(program, { words = [], env = {} } = {}) {
  const driver = spawn('WebKitWebDriver', [`--port=${PORT}`], { env: { ...process.env, ...env, TAURI_WEBVIEW_AUTOMATION: 'true' }, stdio: 'ignore' })
  await until(async () => (await fetch(`http://127.0.0.1:${PORT}/status`)).ok, 'the driver answers')
  const wanted = { 'webkitgtk:browserOptions': { binary: program, args: words } }
  const session = await send('POST', '/session', { capabilities: { alwaysMatch: wanted } })
  return new Page(driver, `/session/${session.sessionId}`)
}

async function send(method, path, body) {
  const answer = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(PATIENCE) })
  const { value } = await answer.json()
  if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`)
  return value
}

/** Waits until something holds; a failure on the way counts as not yet. */
export async function until(holds, what, seconds = 30) {
  const end = Date.now() + seconds * 1000
  for (let last = null; ; await wait(50)) {
    try {
      const found = await holds()
      if (found) return found
    } catch (error) {
      last = error
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${seconds} s (${last?.message ?? 'no error'})`)
  }
}

/** The page in the window. */
class Page {
  constructor(driver, session) {
    this.driver = driver
    this.session = session
  }

  /** Runs a script in the page, with its arguments, and gives what it returns. */
  run(script, ...words) {
    return send('POST', `${this.session}/execute/sync`, { script, args: words })
  }

  /** Runs an asynchronous function of the page, written as text; gives `{ ok }` or `{ error }`. */
  ask(code, ...words) {
    const script = `const done = arguments[arguments.length - 1]; const words = [...arguments].slice(0, -1)
      ;(${code})(...words).then((ok) => done({ ok: ok ?? null }), (error) => done({ error: error?.code ? error : String(error?.message ?? error) }))`
    return send('POST', `${this.session}/execute/async`, { script, args: words })
  }

  /** Makes a call of the desk. */
  call(command, payload = {}, job = null) {
    return this.ask('(command, payload, job) => window.__TAURI_INTERNALS__.invoke("rpc", { command, payload, job })', command, payload, job)
  }

  /** Presses keys together, as `Control+k`. */
  press(keys) {
    const values = keys.split('+').map((key) => KEYS[key] ?? key)
    const actions = [...values.map((value) => ({ type: 'keyDown', value })), ...values.toReversed().map((value) => ({ type: 'keyUp', value }))]
    return send('POST', `${this.session}/actions`, { actions: [{ type: 'key', id: 'keys', actions }] })
  }

  /** Types into what has the focus. */
  async type(text) {
    const [focused] = Object.values(await send('GET', `${this.session}/element/active`))
    await send('POST', `${this.session}/element/${focused}/value`, { text })
  }

  /** Closes the window, and ends when the driver has. */
  async close() {
    await send('DELETE', this.session).catch(() => null)
    // A driver that is told to end at once may leave the window behind.
    await wait(1000)
    this.driver.kill()
    if (this.driver.exitCode === null) await once(this.driver, 'exit')
  }
}
