/** The rows of a view, by their numbers. A list of links has no numbers in the core: it is walked from the nearest place known. */
import { call } from '../api/call'
import type { List } from '../api/generated'
import type { Titles } from '../fields/names'
import type { Fetch, Part } from '../grid/blocks'
import type { Described } from './describe'
import type { Row } from './keys'

/** The most rows of a page. */
const MOST = 1000

/** Takes the titles that answers bring. */
export type Hear = (titles: Titles) => void

/** The rows of a list by their numbers. */
export interface Source {
  fetch: Fetch
  /** Forgets what it knows of the list's places and length: rows came or went. */
  forget(): void
}

/** Fetches rows of a list by their numbers. */
export function sourceOf(record: Described, ask: List, hear: Hear): Source {
  return record.link ? walked(ask, hear) : numbered(ask, hear)
}

function numbered(ask: List, hear: Hear): Source {
  async function fetch(at: number, limit: number): Promise<Part> {
    // A search's first page would give many hits as it finds them, not in the order of the row numbers.
    const first = at === 0 && !ask.search ? await call('record.list', { ...ask, limit, count: true }) : null
    const page = first?.sorted ? first : await call('record.list', { ...ask, at, limit })
    hear(page.refs)
    return { rows: page.rows as Row[], total: page.total ?? 0 }
  }
  return { fetch, forget: () => undefined }
}

/** Fetches rows of a list of links, page after page from the nearest place known. */
export function walked(ask: List, hear: Hear): Source {
  let places = new Map<number, string | null>([[0, null]])
  let total: number | null = null

  async function page(at: number, limit: number): Promise<Part> {
    const after = places.get(at) ?? null
    const found = await call('record.list', { ...ask, after, limit, count: total === null })
    total ??= found.total
    if (found.next !== null) places.set(at + found.rows.length, found.next)
    hear(found.refs)
    return { rows: found.rows as Row[], total: total ?? 0 }
  }

  async function fetch(at: number, limit: number): Promise<Part> {
    let from = Math.max(...[...places.keys()].filter((place) => place <= at))
    while (from < at) {
      const { rows } = await page(from, Math.min(MOST, at - from))
      from += rows.length
      if (!places.has(from)) return { rows: [], total: total ?? 0 }
    }
    return page(at, limit)
  }

  function forget(): void {
    places = new Map([[0, null]])
    total = null
  }
  return { fetch, forget }
}
