/** What the screens may weigh, gzipped: a build that weighs more fails. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** What the browser loads until the home page stands there, and everything, in bytes. */
export const MOST = { first: 250_000, all: 1_200_000 }

/** The pages that are on the way to the home page though they are loaded when they are needed. */
const FIRST = [/\/home\/HomePage\.vue$/, /\/api\/host\/(tauri|http)\.ts$/]

/** A built file: what it brings with it, and what it is made of where it is a page of its own. */
export interface Piece {
  fileName: string
  isEntry?: boolean
  imports?: readonly string[]
  facadeModuleId?: string | null
  viteMetadata?: { importedCss: ReadonlySet<string> } | undefined
}

/** Lists the files that are loaded until the home page stands there. Pure. */
export function loadedFirst(pieces: readonly Piece[]): Set<string> {
  const byName = new Map(pieces.map((piece) => [piece.fileName, piece]))
  const found = new Set<string>(['index.html'])
  const take = (piece: Piece | undefined): void => {
    if (!piece || found.has(piece.fileName)) return
    found.add(piece.fileName)
    piece.viteMetadata?.importedCss.forEach((css) => found.add(css))
    piece.imports?.forEach((name) => take(byName.get(name)))
  }
  for (const piece of pieces) if (piece.isEntry || FIRST.some((page) => page.test(piece.facadeModuleId ?? ''))) take(piece)
  return found
}

/** Says what is too heavy; nothing where all is well. Pure. */
export function tooHeavy(weights: ReadonlyMap<string, number>, first: ReadonlySet<string>): string[] {
  const sum = (names: Iterable<string>): number => [...names].reduce((total, name) => total + (weights.get(name) ?? 0), 0)
  const weighed = { first: sum(first), all: sum(weights.keys()) }
  const said = (what: keyof typeof MOST, words: string): string[] => (weighed[what] > MOST[what] ? [`${words}: ${weighed[what]} of at most ${MOST[what]} bytes, gzipped`] : [])
  return [...said('first', 'what the first pages load'), ...said('all', 'all of the screens')]
}

/** Weighs every build. */
export function weighed(): Plugin {
  let folder = 'dist'
  let first = new Set<string>()
  return {
    name: 'weighed',
    apply: 'build',
    configResolved: (config) => void (folder = join(config.root, config.build.outDir)),
    writeBundle: (_, bundle) => void (first = loadedFirst(Object.values(bundle) as Piece[])),
    closeBundle() {
      const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      const paths = files.map((entry) => join(entry.parentPath, entry.name))
      const weights = new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), gzipSync(readFileSync(path)).length]))
      const faults = tooHeavy(weights, first)
      if (faults.length > 0) this.error(faults.join('; '))
    },
  }
}
