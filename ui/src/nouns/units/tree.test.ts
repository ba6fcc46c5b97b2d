import { expect, it } from 'vitest'
import { branches, pathTo, treeOf, turnOf, type Node } from './tree'

const node = (id: number, parent: number | null, name: string): Node => ({ id, parent, code: `c${id}`, name, level: 'grassroots', closed: false, members: 1, all: 1 })
const tree = treeOf([node(1, null, '县总'), node(2, 1, '镇总'), node(3, 2, '甲厂'), node(4, 2, '乙厂'), node(5, 1, '丙校')])
const names = (open: number[], sought = '') => branches(tree, new Set(open), sought).map((line) => `${'·'.repeat(line.depth)}${line.node.name}`)

it('only what stands under unfolded unions shows', () => {
  expect(names([]), 'the top alone').toEqual(['·县总'])
  expect(names([1]), 'its own level').toEqual(['·县总', '··镇总', '··丙校'])
  expect(names([2]), 'an unfolded union under a folded one does not show').toEqual(['·县总'])
  expect(branches(tree, new Set([1]))[1], 'its place among its neighbours').toMatchObject({ place: 1, of: 2, below: 2, open: false })
})

it('a search shows what fits with what is above it', () => {
  expect(names([], '乙'), 'the way to it').toEqual(['·县总', '··镇总', '···乙厂'])
  expect(names([], 'c5'), 'by its code').toEqual(['·县总', '··丙校'])
  expect(names([], '没有'), 'nothing').toEqual([])
})

it('keys walk the tree', () => {
  const lines = branches(tree, new Set([1, 2]))
  expect(turnOf('ArrowRight', branches(tree, new Set([1])), 1), 'right unfolds').toEqual({ open: 2 })
  expect(turnOf('ArrowRight', lines, 1), 'then goes in').toEqual({ to: 2 })
  expect(turnOf('ArrowLeft', lines, 3), 'left goes out').toEqual({ to: 1 })
  expect(turnOf('ArrowLeft', lines, 1), 'then folds').toEqual({ fold: 2 })
  expect(turnOf('ArrowDown', lines, 4), 'the last stays').toEqual({ to: 4 })
  expect(turnOf('x', lines, 0), 'other keys are not the tree\'s').toBeNull()
})

it('a union whose upper one is not in the list stands at the top, and a ring of unions ends', () => {
  expect(branches(treeOf([node(9, 8, '外')]), new Set()).map((line) => line.depth), 'at the top').toEqual([1])
  expect(pathTo(treeOf([node(1, 2, 'a'), node(2, 1, 'b')]), 1).length, 'no endless way').toBeLessThan(3)
})
