import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, advance, all, area, block, blocks, columnsIn, go, isWholeRows, move, only, rowCount, rows, rowSpans, type Block, type Cell, type Way } from './selection'

const size = { rows: 100, columns: 8 }
const ways: Way[] = ['up', 'down', 'left', 'right', 'page-up', 'page-down', 'row-start', 'row-end', 'first', 'last', 'top', 'bottom']
const cells = fc.record({ row: fc.nat(99), column: fc.nat(7) })
const someBlocks = fc.array(fc.tuple(cells, cells).map(([a, b]): Block => block({ active: a, head: b, others: [] })), { maxLength: 6 })

describe('moving', () => {
  it('never leaves the grid', () => {
    fc.assert(
      fc.property(cells, fc.constantFrom(...ways), fc.nat(500), (from, way, page) => {
        const to = go(size, from, way, page)
        expect(to.row >= 0 && to.row < 100 && to.column >= 0 && to.column < 8, 'inside').toBe(true)
      }),
    )
  })
  it('goes where the keys of Excel go', () => {
    const at: Cell = { row: 50, column: 3 }
    expect(go(size, at, 'bottom'), 'Ctrl+Down').toEqual({ row: 99, column: 3 })
    expect(go(size, at, 'row-start'), 'Home').toEqual({ row: 50, column: 0 })
    expect(go(size, at, 'last'), 'Ctrl+End').toEqual({ row: 99, column: 7 })
    expect(go(size, at, 'page-up', 20), 'Page Up').toEqual({ row: 30, column: 3 })
  })
  it('extends with Shift from the cell where it began', () => {
    const chosen = move(move(only({ row: 5, column: 5 }), size, 'down', true), size, 'left', true)
    expect(block(chosen), 'two rows, two columns').toEqual({ top: 5, left: 4, bottom: 6, right: 5 })
    expect(chosen.active, 'the cell that is typed into stays').toEqual({ row: 5, column: 5 })
    expect(area(block(chosen)), 'cells').toBe(4)
  })
  it('goes into the next row with Tab at the end of a row, and back', () => {
    const end = only({ row: 2, column: 7 })
    const next = advance(end, size, 'next')
    expect(next.active, 'the next row begins').toEqual({ row: 3, column: 0 })
    expect(advance(next, size, 'previous'), 'Shift+Tab comes back').toEqual(end)
    expect(advance(only({ row: 99, column: 7 }), size, 'next').active, 'the last cell is the last').toEqual({ row: 99, column: 7 })
  })
  it('is harmless in an empty grid', () => {
    const empty = { rows: 0, columns: 0 }
    for (const way of ways) expect(go(empty, { row: 0, column: 0 }, way), way).toEqual({ row: 0, column: 0 })
    expect(advance(only({ row: 0, column: 0 }), empty, 'next').active, 'Tab').toEqual({ row: 0, column: 0 })
  })
})

describe('choosing', () => {
  it('keeps blocks made before with Ctrl', () => {
    const chosen = add(only({ row: 1, column: 1 }), { row: 4, column: 2 })
    expect(blocks(chosen), 'both').toHaveLength(2)
    expect(columnsIn(blocks(chosen), 4), 'columns of the second').toEqual([[2, 2]])
    expect(columnsIn(blocks(chosen), 2), 'a row between').toEqual([])
  })
  it('chooses everything', () => {
    expect(isWholeRows(block(all(size)), size), 'whole rows').toBe(true)
    expect(rowCount(blocks(all(size))), 'all of them').toBe(100)
  })
  it('counts each row once, whatever blocks overlap', () => {
    fc.assert(
      fc.property(someBlocks, (chosen) => {
        const counted = new Set(chosen.flatMap(({ top, bottom }) => Array.from({ length: bottom - top + 1 }, (_, at) => top + at)))
        expect(rowCount(chosen), 'the same as counted one by one').toBe(counted.size)
        const spans = rowSpans(chosen)
        for (const [at, span] of spans.entries()) expect(span[0] > (spans[at - 1]?.[1] ?? -2) + 1, 'spans apart and in order').toBe(true)
      }),
    )
  })
  it('chooses rows from their numbers', () => {
    expect(block(rows(size, 7, 3)), 'upwards').toEqual({ top: 3, left: 0, bottom: 7, right: 7 })
  })
})
