/** The titles of other records' rows, as answers brought them: the latest ones, so that a long scroll does not fill the memory. */
import type { Titles } from './names'

/** How many titles are kept. */
const KEPT = 50_000

/** Titles by record and id. */
export interface TitleStore {
  hear(titles: Titles): void
  title(record: string, id: number): string
}

/** Keeps titles. */
export function titleStore(kept = KEPT): TitleStore {
  const known = new Map<string, string>()
  function hear(titles: Titles): void {
    for (const [record, byId] of Object.entries(titles)) {
      for (const [id, title] of Object.entries(byId)) {
        known.delete(`${record}:${id}`)
        known.set(`${record}:${id}`, title)
      }
    }
    for (const key of known.keys()) {
      if (known.size <= kept) break
      known.delete(key)
    }
  }
  return { hear, title: (record, id) => known.get(`${record}:${id}`) ?? '' }
}
