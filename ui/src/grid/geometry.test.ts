import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clampTop, isScaled, lastTop, leftToShow, lefts, pageRows, scrolledHeight, scrollOf, TALLEST, topOf, topToShow, visible, type Extent } from './geometry'

const extents = fc.record({ rows: fc.integer({ min: 0, max: 3_000_000 }), rowHeight: fc.integer({ min: 20, max: 60 }), viewport: fc.integer({ min: 61, max: 2000 }) })
const province: Extent = { rows: 2_000_000, rowHeight: 28, viewport: 700 }

describe('scrolling a list', () => {
  it('reaches the last of 2,000,000 rows at the bottom of the element', () => {
    expect(isScaled(province), '56,000,000 pixels are more than an element holds').toBe(true)
    const top = topOf(province, scrolledHeight(province) - province.viewport)
    expect(visible(province, top).end, 'the last row shows').toBe(2_000_000)
    expect(top, 'the bottom').toBe(lastTop(province))
  })
  it('never makes an element higher than engines lay out', () => {
    fc.assert(fc.property(extents, (extent) => scrolledHeight(extent) <= TALLEST), { verbose: true })
  })
  it('comes back to the same position through the element', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, part) => {
        const top = part * lastTop(extent)
        expect(topOf(extent, scrollOf(extent, top)), 'there and back').toBeCloseTo(top, 4)
      }),
    )
  })
  it('shows a row whole after it was brought into view, and moves no further than needed', () => {
    fc.assert(
      fc.property(extents, fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (extent, at, part) => {
        fc.pre(extent.rows > 0)
        const row = at % extent.rows
        const before = part * lastTop(extent)
        const top = topToShow(extent, before, row)
        expect(row * extent.rowHeight, 'not cut off above').toBeGreaterThanOrEqual(top - 0.001)
        expect((row + 1) * extent.rowHeight, 'not cut off below').toBeLessThanOrEqual(top + extent.viewport + 0.001)
        expect(topToShow(extent, top, row), 'a row that shows moves nothing').toBe(top)
      }),
    )
  })
  it('gives only rows that exist, the shown ones among them', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(20), (extent, part, beyond) => {
        const span = visible(extent, part * lastTop(extent), beyond)
        expect(span.first, 'no row before the first').toBeGreaterThanOrEqual(0)
        expect(span.end, 'no row after the last').toBeLessThanOrEqual(extent.rows)
      }),
    )
  })
  it('stays at the top of an empty list', () => {
    const empty = { rows: 0, rowHeight: 28, viewport: 700 }
    expect([topOf(empty, 50), scrollOf(empty, 50), clampTop(empty, 50)], 'nothing to scroll').toEqual([0, 0, 0])
    expect(visible(empty, 0), 'nothing to show').toEqual({ first: 0, end: 0 })
  })
  it('pages by what shows, less one row, and never by none', () => {
    expect(pageRows(province), '25 rows show').toBe(24)
    expect(pageRows({ ...province, viewport: 10 }), 'a window lower than a row').toBe(1)
  })
})

describe('columns', () => {
  it('stand beside each other', () => {
    expect(lefts([10, 20, 5]), 'edges').toEqual([0, 10, 30, 35])
  })
  it('are brought beside the frozen part or to the right edge', () => {
    const edges = lefts([50, 100, 100, 100, 100])
    expect(leftToShow(edges, 0, 50, 200, 300), 'a frozen column always shows').toBe(200)
    expect(leftToShow(edges, 1, 50, 200, 300), 'to the left').toBe(0)
    expect(leftToShow(edges, 4, 50, 0, 300), 'to the right').toBe(150)
    expect(leftToShow(edges, 2, 50, 0, 300), 'it shows already').toBe(0)
  })
})
