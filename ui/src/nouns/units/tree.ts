/** The tree of unions as it unfolds: which lines show, what keys do. Pure. */

/** A union in tree order. */
export interface Node {
  id: number
  parent: number | null
  code: string
  name: string
  level: string
  closed: boolean
  /** Its own members, and those of all unions below with them. */
  members: number
  all: number
}

/** A line of the tree. */
export interface Branch {
  node: Node
  /** How deep it stands, from 1. */
  depth: number
  /** Its place among those beside it, and how many they are. */
  place: number
  of: number
  /** Unions right below. */
  below: number
  open: boolean
}

/** The unions with those right below each. */
export interface Tree {
  nodes: ReadonlyMap<number, Node>
  below: ReadonlyMap<number | null, readonly Node[]>
}

/** Makes the tree; a union whose upper one is not among them stands at the top. */
export function treeOf(list: readonly Node[]): Tree {
  const nodes = new Map(list.map((node) => [node.id, node]))
  const below = new Map<number | null, Node[]>()
  for (const node of list) {
    const parent = node.parent !== null && nodes.has(node.parent) ? node.parent : null
    below.set(parent, [...(below.get(parent) ?? []), node])
  }
  return { nodes, below }
}

/** The unions above one, the topmost first. */
export function pathTo({ nodes }: Tree, id: number): number[] {
  const path: number[] = []
  for (let at = nodes.get(id)?.parent ?? null; at !== null && nodes.has(at) && !path.includes(at); at = nodes.get(at)?.parent ?? null) path.unshift(at)
  return path
}

/** Gives the lines that show: those under unfolded ones; with a search those that fit it, with what is above them. */
export function branches(tree: Tree, open: ReadonlySet<number>, sought = ''): Branch[] {
  const fits = sought.trim() === '' ? null : fitting(tree, sought.trim().toLowerCase())
  const lines: Branch[] = []
  const walk = (parent: number | null, depth: number): void => {
    const here = (tree.below.get(parent) ?? []).filter((node) => !fits || fits.has(node.id))
    for (const [at, node] of here.entries()) {
      const under = (tree.below.get(node.id) ?? []).filter((one) => !fits || fits.has(one.id))
      const isOpen = under.length > 0 && (fits !== null || open.has(node.id))
      lines.push({ node, depth, place: at + 1, of: here.length, below: under.length, open: isOpen })
      if (isOpen) walk(node.id, depth + 1)
    }
  }
  walk(null, 1)
  return lines
}

function fitting(tree: Tree, sought: string): Set<number> {
  const found = new Set<number>()
  for (const node of tree.nodes.values()) {
    if (!node.name.toLowerCase().includes(sought) && !node.code.toLowerCase().startsWith(sought)) continue
    found.add(node.id)
    for (const above of pathTo(tree, node.id)) found.add(above)
  }
  return found
}

/** What a key does: where the mark goes, what unfolds and folds. */
export interface Turn {
  to?: number
  open?: number
  fold?: number
}

/** Gives what a key does at a line, as in every tree: right unfolds and goes in, left folds and goes out. */
export function turnOf(key: string, lines: readonly Branch[], at: number, page = 10): Turn | null {
  const line = lines[at]
  if (!line) return lines.length > 0 ? { to: 0 } : null
  const inside = (to: number): Turn => ({ to: Math.min(Math.max(0, to), lines.length - 1) })
  switch (key) {
    case 'ArrowDown':
      return inside(at + 1)
    case 'ArrowUp':
      return inside(at - 1)
    case 'PageDown':
      return inside(at + page)
    case 'PageUp':
      return inside(at - page)
    case 'Home':
      return inside(0)
    case 'End':
      return inside(lines.length - 1)
    case 'ArrowRight':
      return line.open ? inside(at + 1) : line.below > 0 ? { open: line.node.id } : {}
    case 'ArrowLeft':
      return line.open ? { fold: line.node.id } : outOf(lines, at)
    default:
      return null
  }
}

function outOf(lines: readonly Branch[], at: number): Turn {
  const depth = lines[at]?.depth ?? 1
  for (let up = at - 1; up >= 0; up -= 1) if ((lines[up]?.depth ?? 0) < depth) return { to: up }
  return {}
}
