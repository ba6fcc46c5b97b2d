// What is put into the page to see when things stand on the screen. It reads the page as assistive programs do, by role and label.

/** Puts `window.eyes` into the page; runs there, and so stands alone. */
export async function open() {
  if (window.eyes) return null
  const frame = () => new Promise((done) => requestAnimationFrame(done))
  /** After the next frame was drawn: a message waits until the frame's work is done. */
  const drawn = async () => {
    await frame()
    const { port1, port2 } = new MessageChannel()
    await new Promise((done) => ((port1.onmessage = done), port2.postMessage(null)))
    return performance.now()
  }
  /** The moment at which something that holds has been drawn; looked at in every frame. */
  async function seen(holds, what) {
    const end = performance.now() + 60_000
    for (;;) {
      if (holds()) return drawn()
      if (performance.now() > end) throw new Error(`not seen within a minute: ${what}; the page says: ${document.body.innerText.slice(0, 300)}`)
      await frame()
    }
  }
  const rest = (time) => new Promise((done) => setTimeout(done, time))

  const calls = []
  const fetched = window.fetch.bind(window)
  window.fetch = async (to, how) => {
    const command = typeof how?.body === 'string' && how.body.startsWith('{') ? JSON.parse(how.body).command : null
    const from = performance.now()
    const answer = await fetched(to, how)
    if (command) calls.push({ command, search: JSON.parse(how.body).payload?.search ?? null, from, to: performance.now() })
    return answer
  }
  const told = (since) => calls.filter(({ from }) => from >= since).map((call) => ({ ...call, from: call.from - since, to: call.to - since }))

  const one = (pick) => document.querySelector(pick)
  const grid = () => one('main [role=grid]')
  const count = () => Number(grid()?.getAttribute('aria-rowcount') ?? 0) - 1
  const rows = () => [...document.querySelectorAll('main [role=row][aria-rowindex]')].filter((row) => row.querySelector('[role=gridcell]'))
  const inView = () => {
    const { top, bottom } = one('.scroller').getBoundingClientRect()
    return rows().filter((row) => { const box = row.getBoundingClientRect(); return box.bottom > top + 1 && box.top < bottom - 1 })
  }
  /** A row whose cells wait for the core has a placeholder in each. */
  const here = (row) => row.querySelector('[role=gridcell] .waiting') === null
  const filled = () => { const found = inView(); return found.length > 0 && found.every(here) }
  const rowAt = (index) => rows().find((row) => row.getAttribute('aria-rowindex') === String(index + 2))
  const press = (key, more = {}) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...more }))
  function type(box, text) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, text)
    box.dispatchEvent(new InputEvent('input', { bubbles: true, data: text, inputType: 'insertText' }))
  }

  window.eyes = {
    /** Opens the file that the start page offers; gives when home stands on the screen, counted from the press of the button. */
    async enter(password) {
      await seen(() => one('input[type=password]'), 'the password prompt')
      type(one('input[type=password]'), password)
      await seen(() => !one('form button[type=submit]').disabled, 'a button that opens')
      const from = performance.now()
      one('form button[type=submit]').click()
      const to = await seen(() => one('main .home .card strong') && one('main .home table td'), 'home')
      return { took: to - from, calls: told(from) }
    },
    /** Goes to a record's list; gives when its rows stand on the screen. */
    async list(record) {
      const before = grid()
      const from = performance.now()
      location.hash = `#/records/${record}`
      const to = await seen(() => grid() && grid() !== before && count() > 0 && filled(), `the list of ${record}`)
      return { took: to - from, rows: count(), calls: told(from) }
    },
    async home() {
      location.hash = '#/'
      return seen(() => one('main .home .card strong'), 'home')
    },
    /** Steps through the list: a step in every `each`th frame; gives the time between frames, and the frames that showed rows not yet there. */
    async step(way, steps, each) {
      await window.eyes.top()
      const stepped = { page: () => press('PageDown'), row: () => press('ArrowDown'), wheel: () => one('.scroller').dispatchEvent(new WheelEvent('wheel', { deltaY: 84, bubbles: true, cancelable: true })) || 0 }[way]
      const before = rows()[0].getAttribute('aria-rowindex')
      const [times, scroller] = [[], one('.scroller')]
      let gaps = 0
      for (let at = 0, last = await frame(); at < steps * each; at += 1) {
        if (at % each === 0) stepped()
        // What a browser does of itself with a wheel that nobody took.
        if (way === 'wheel' && at % each === 0 && scroller.scrollHeight < 12_000_000) scroller.scrollTop += 84
        const now = await frame()
        times.push(now - last)
        last = now
        gaps += filled() ? 0 : 1
      }
      if (rows()[0].getAttribute('aria-rowindex') === before && way !== 'row') throw new Error(`${way}: the list did not move`)
      return { times, gaps }
    },
    /** Goes to the first row and waits until it stands there. */
    async top() {
      if (document.activeElement?.closest('.sheet') === null) rows()[0].querySelector('[role=gridcell]').dispatchEvent(new MouseEvent('mousedown', { bubbles: true, button: 0 }))
      await frame()
      one('.scroller').focus()
      press('Home', { ctrlKey: true })
      await seen(() => rowAt(0) && filled(), 'the first row')
      await rest(250)
    },
    /** Jumps to the last row by its key. */
    async last() {
      await window.eyes.top()
      const from = performance.now()
      press('End', { ctrlKey: true })
      const to = await seen(() => { const row = rowAt(count() - 1); return row && here(row) && filled() }, 'the last row')
      return { took: to - from, calls: told(from) }
    },
    /** Drags the scroll bar to a share of the list. */
    async jump(share) {
      const scroller = one('.scroller')
      const from = performance.now()
      scroller.scrollTop = share * scroller.scrollHeight
      await frame()
      await frame()
      const to = await seen(filled, `the rows at ${share}`)
      return { took: to - from, calls: told(from) }
    },
    /** Types words letter by letter into the search box; gives when what they find stands on the screen, counted from the last letter. */
    async search(text, hits, pause) {
      const box = one('input[type=search]')
      const all = count()
      const letters = [...text]
      for (let length = 1; length < letters.length; length += 1) {
        type(box, letters.slice(0, length).join(''))
        await rest(pause)
      }
      const from = performance.now()
      type(box, text)
      const answered = () => calls.some((call) => call.search === text && call.from >= from)
      const to = await seen(() => answered() && count() === hits && filled(), `${hits} hits of ${text} (${all} before)`)
      const told_ = told(from)
      type(box, '')
      await seen(() => count() !== hits || hits === all, 'the whole list')
      await rest(300)
      return { took: to - from, calls: told_ }
    },
    ask: async (command, payload) => {
      const inWindow = window.__TAURI_INTERNALS__
      if (inWindow) return inWindow.invoke('rpc', { command, payload, job: null })
      const answer = await fetched('/rpc', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ command, payload, job: null }) })
      if (!answer.ok) throw new Error(await answer.text())
      return answer.json()
    },
    loaded: () => performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname),
    rest,
  }
  return null
}
