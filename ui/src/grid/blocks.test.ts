import { describe, expect, it } from 'vitest'
import { useBlocks, type Part } from './blocks'

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** A list of numbered rows that counts how often it is asked. */
function numbered(many: number, mark = ''): { asked: number[]; fetch: (at: number, limit: number) => Promise<Part>; now: { many: number; mark: string } } {
  const asked: number[] = []
  const now = { many, mark }
  const fetch = (at: number, limit: number): Promise<Part> => {
    asked.push(at)
    const rows = Array.from({ length: Math.max(0, Math.min(limit, now.many - at)) }, (_, by) => ({ n: `${now.mark}${at + by}` }))
    return Promise.resolve({ rows, total: now.many })
  }
  return { asked, fetch, now }
}

describe('blocks of rows', () => {
  it('fetches what shows, once, and knows the total', async () => {
    const list = numbered(2_000_000)
    const blocks = useBlocks(list.fetch)
    blocks.need({ first: 0, end: 30 })
    blocks.need({ first: 5, end: 35 })
    await settled()
    expect(list.asked, 'one block holds all that shows').toEqual([0])
    expect([blocks.total.value, blocks.row(7)], 'the rows are here').toEqual([2_000_000, { n: '7' }])
    blocks.need({ first: 1_999_970, end: 2_000_000 })
    await settled()
    expect(blocks.row(1_999_999), 'the last row').toEqual({ n: '1999999' })
  })
  it('fetches across the edge of two blocks', async () => {
    const list = numbered(1000)
    const blocks = useBlocks(list.fetch)
    blocks.need({ first: 190, end: 215 })
    await settled()
    expect([blocks.row(199), blocks.row(200)], 'both sides of the edge').toEqual([{ n: '199' }, { n: '200' }])
  })
  it('passes over what a fast scroll went past', async () => {
    const list = numbered(1_000_000)
    const blocks = useBlocks(list.fetch)
    for (let at = 0; at < 500_000; at += 1000) blocks.need({ first: at, end: at + 30 })
    blocks.need({ first: 900_000, end: 900_030 })
    await settled()
    expect(list.asked.length, 'two that were under way, and the last').toBeLessThan(6)
    expect(blocks.row(900_000), 'where the scroll ended').toEqual({ n: '900000' })
  })
  it('shows what it has until a renewal brings the new', async () => {
    const list = numbered(100, 'old')
    const blocks = useBlocks(list.fetch)
    blocks.need({ first: 0, end: 30 })
    await settled()
    list.now.mark = 'new'
    blocks.renew()
    expect(blocks.row(0), 'no flash of emptiness').toEqual({ n: 'old0' })
    await settled()
    expect(blocks.row(0), 'fetched again').toEqual({ n: 'new0' })
  })
  it('never shows an answer that belongs to another list', async () => {
    const list = numbered(100, 'first')
    const blocks = useBlocks(list.fetch)
    blocks.need({ first: 0, end: 30 })
    list.now.mark = 'second'
    blocks.renew(true)
    await settled()
    expect(blocks.row(0), 'the answer of the list that was left is dropped').toEqual({ n: 'second0' })
  })
  it('tells what went wrong and goes on after a renewal', async () => {
    let works = false
    const list = numbered(10)
    const blocks = useBlocks((at, limit) => (works ? list.fetch(at, limit) : Promise.reject(new Error('断开'))))
    blocks.need({ first: 0, end: 10 })
    await settled()
    expect(blocks.failure.value, 'the error').toBeInstanceOf(Error)
    works = true
    blocks.renew()
    await settled()
    expect([blocks.failure.value, blocks.row(3)], 'well again').toEqual([null, { n: '3' }])
  })
  it('gives rows far from what shows, for copying', async () => {
    const blocks = useBlocks(numbered(1000).fetch)
    const rows = await blocks.rows(395, 405)
    expect(rows.map((row) => row?.n), 'across blocks').toEqual(['395', '396', '397', '398', '399', '400', '401', '402', '403', '404'])
  })
})
