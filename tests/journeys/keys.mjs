// What somebody sees and reaches without a mouse: the same in a browser and in the window.
import { setTimeout as wait } from 'node:timers/promises'

const MOST_STEPS = 80
const PATIENCE = 20_000

/** In the page: the name of what has the focus, as it is read out: its label, its text, its title. */
const NAME_IN_FOCUS = `() => {
  const at = document.activeElement
  return at?.getAttribute('aria-label') || at?.labels?.[0]?.innerText.trim() || at?.title || at?.innerText?.trim() || ''
}`

/** In the page: the text of the first element that shows and says what is looked for. */
const SHOWN = `(where, source) => {
  const said = (element) => element.getAttribute('aria-label') ?? element.innerText?.trim() ?? ''
  const shows = (element) => element.getClientRects().length > 0 && new RegExp(source).test(said(element))
  const found = [...document.querySelectorAll(where)].find(shows)
  return found ? said(found) : null
}`

const fits = (text, name) => (typeof name === 'string' ? text === name : name.test(text))
const quoted = (text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')

/** Waits until something holds. */
export async function until(holds, what, patience = PATIENCE) {
  for (const end = Date.now() + patience; ; await wait(40)) {
    const found = await holds()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${patience / 1000} s`)
  }
}

/** The keyboard of whoever has `press`, `type` and `look`. */
export function keysOf(office) {
  const focused = () => office.look(NAME_IN_FOCUS)
  const shown = (where, words) => office.look(SHOWN, where, words instanceof RegExp ? words.source : `^${quoted(words)}$`)
  const press = (keys) => office.press(keys)
  return {
    press,
    type: (text) => office.type(text),
    /** Waits until an element of that kind shows those words. */
    sees: (where, words) => until(() => shown(where, words), `${where} saying ${words}`),
    /** Waits until none shows them any more. */
    sawLast: (where, words) => until(async () => (await shown(where, words)) === null, `${where} no longer saying ${words}`),
    /** Waits until what has the focus has a name. */
    at: (name) => until(async () => fits(await focused(), name), `the focus at ${name}`),
    /** Presses a key until what has the focus has a name; gives the name. */
    async to(key, name) {
      const passed = []
      for (let left = MOST_STEPS; left > 0; left -= 1) {
        const here = await focused()
        if (fits(here, name)) return here
        passed.push(here)
        await press(key)
      }
      throw new Error(`${key} never came to ${name}; it passed ${passed.join(' → ')}`)
    },
  }
}
