import { describe, expect, it } from 'vitest'
import { useBlocks } from './blocks'
import type { Column } from './columns'
import { copied, summary, textHere, textOf } from './copying'

const column = (key: string, number = false): Column => ({
  key,
  label: key,
  help: '',
  width: 100,
  align: 'left',
  sortable: true,
  leads: false,
  locked: '',
  text: (row) => String(row[key] ?? ''),
  edited: (row) => String(row[key] ?? ''),
  amount: number ? (row) => (typeof row[key] === 'number' ? row[key] : null) : null,
  sum: String,
})
const columns = [column('name'), column('count', true), column('note')]
const list = (many = 1000) => useBlocks((at, limit) => Promise.resolve({ rows: Array.from({ length: Math.min(limit, many - at) }, (_, by) => ({ name: `站${at + by}`, count: at + by < 3 ? null : 2, note: 'a\tb' })), total: many }))
const wide = (top: number, bottom: number) => ({ top, bottom, left: 0, right: 1 })

describe('copying', () => {
  it('writes what is chosen as it is shown, rows that are far away too', async () => {
    const blocks = list()
    expect(textHere(blocks, columns, [wide(0, 1)]), 'nothing is here yet').toBeNull()
    expect(await textOf(blocks, columns, [wide(0, 1)]), 'fetched').toBe('站0\t\r\n站1\t\r\n')
    expect(textHere(blocks, columns, [{ top: 1, bottom: 1, left: 2, right: 2 }]), 'a cell with a tab is quoted').toBe('"a\tb"\r\n')
  })
  it('puts blocks of the same columns one below the other, each row once', () => {
    expect(copied([wide(5, 8), wide(7, 9), wide(1, 1)]).spans, 'in the order of the list').toEqual([[1, 1], [5, 9]])
    expect(copied([wide(5, 8), { top: 0, left: 2, bottom: 0, right: 2 }]), 'else the last one').toEqual({ spans: [[0, 0]], left: 2, right: 2 })
  })
})

const none = (): Promise<Record<string, number>> => Promise.reject(new Error('not the whole list'))

describe('the status bar', () => {
  it('lets the core add up a whole long list', async () => {
    const blocks = list(20_000)
    await blocks.rows(0, 1)
    const { sums } = await summary(blocks, columns, [wide(0, 19_999)], (keys) => Promise.resolve(Object.fromEntries(keys.map((key) => [key, 1994]))))
    expect(sums, 'the one column of numbers').toEqual([{ label: 'count', total: '1994', mean: '' }])
  })
  it('adds up numbers and leaves out what is empty', async () => {
    const { rows, cells, sums } = await summary(list(), columns, [wide(0, 9)], none)
    expect([rows, cells], 'what is chosen').toEqual([10, 20])
    expect(sums, 'seven numbers of two').toEqual([{ label: 'count', total: '14', mean: '2' }])
  })
  it('counts a cell once that two blocks hold', async () => {
    const { sums } = await summary(list(), columns, [wide(3, 5), wide(4, 6)], none)
    expect(sums[0]?.total, 'four rows').toBe('8')
  })
})
