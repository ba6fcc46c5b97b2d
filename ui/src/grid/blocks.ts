/** The rows of a long list, fetched in blocks as they come into view. */
import { shallowRef, type ShallowRef } from 'vue'
import type { Row } from './columns'
import type { Span } from './geometry'

/** Some rows of a list and how many it has in all. */
export interface Part {
  rows: Row[]
  total: number
}

/** Fetches rows from a place on. */
export type Fetch = (at: number, limit: number) => Promise<Part>

/** How many rows are fetched at a time (a jump waits for them: twice what shows on a large screen), how many blocks are kept, how many are asked for at once. */
const SIZE = 100
const KEPT = 80
const AT_ONCE = 2

/** A list whose rows come as they are needed. */
export interface Blocks {
  /** How many rows there are; null until the first answer. */
  total: ShallowRef<number | null>
  /** Counts up with every change of rows: what is drawn from them reads it. */
  version: ShallowRef<number>
  /** What went wrong with the last fetch. */
  failure: ShallowRef<unknown>
  /** Gives a row if it is here. */
  row(at: number): Row | undefined
  /** Says which rows show; those that are missing come. */
  need(span: Span): void
  /** Gives rows, fetched where they are missing. */
  rows(first: number, end: number): Promise<(Row | undefined)[]>
  /** Fetches anew; what is here shows until then. With `empty` it is another list. */
  renew(empty?: boolean): void
}

interface Held {
  rows: Row[]
  /** The renewal that it was fetched after. */
  round: number
}

/** Makes a list over a way to fetch its rows. */
export function useBlocks(fetch: Fetch): Blocks {
  const total = shallowRef<number | null>(null)
  const version = shallowRef(0)
  const failure = shallowRef<unknown>(null)
  const held = new Map<number, Held>()
  const flying = new Map<string, Promise<void>>()
  let wanted: number[] = [0]
  let round = 0
  let era = 0

  const fresh = (block: number): boolean => held.get(block)?.round === round

  function keep(block: number, part: Part, since: number): void {
    held.delete(block)
    held.set(block, { rows: part.rows, round: since })
    total.value = part.total
    failure.value = null
    for (const old of held.keys()) {
      if (held.size <= KEPT) break
      if (!wanted.includes(old)) held.delete(old)
    }
    version.value += 1
  }

  function load(block: number): Promise<void> {
    const key = `${era}:${round}:${block}`
    const [since, then] = [round, era]
    const flight =
      flying.get(key) ??
      fetch(block * SIZE, SIZE)
        .then((part) => {
          if (then === era) keep(block, part, since)
        })
        .catch((error: unknown) => {
          if (then === era) failure.value = error
          throw error
        })
        .finally(() => flying.delete(key))
    flying.set(key, flight)
    return flight
  }

  function pump(): void {
    for (const block of wanted) {
      if (flying.size >= AT_ONCE) return
      if (!fresh(block) && !flying.has(`${era}:${round}:${block}`)) load(block).then(pump, () => undefined)
    }
  }

  function need({ first, end }: Span): void {
    const from = Math.floor(first / SIZE)
    const to = Math.max(from, Math.floor(Math.max(first, end - 1) / SIZE))
    wanted = Array.from({ length: to - from + 1 }, (_, at) => from + at)
    if (!failure.value) pump()
  }

  async function rows(first: number, end: number): Promise<(Row | undefined)[]> {
    const found: (Row | undefined)[] = []
    for (let at = first; at < end; at += 1) {
      const block = Math.floor(at / SIZE)
      if (!fresh(block)) await load(block)
      found.push(held.get(block)?.rows[at % SIZE])
    }
    return found
  }

  function renew(empty = false): void {
    round += 1
    failure.value = null
    if (empty) {
      era += 1
      held.clear()
      wanted = [0]
      total.value = null
      version.value += 1
    }
    pump()
  }

  return { total, version, failure, row: (at) => held.get(Math.floor(at / SIZE))?.rows[at % SIZE], need, rows, renew }
}
