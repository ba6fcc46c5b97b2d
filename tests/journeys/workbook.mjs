// Reads the cells of an xlsx (ECMA-376: a zip of XML parts), without the program that wrote it.
import { readFileSync } from 'node:fs'
import { inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50

function parts(bytes) {
  let end = bytes.length - 22
  while (end >= 0 && bytes.readUInt32LE(end) !== END) end -= 1
  if (end < 0) throw new Error('not a zip file')
  const found = new Map()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (bytes.readUInt32LE(at) !== ENTRY) throw new Error('the zip file is broken')
    const [name, extra, note] = [28, 30, 32].map((by) => bytes.readUInt16LE(at + by))
    found.set(bytes.toString('utf8', at + 46, at + 46 + name), { method: bytes.readUInt16LE(at + 10), size: bytes.readUInt32LE(at + 20), from: bytes.readUInt32LE(at + 42) })
    at += 46 + name + extra + note
  }
  return found
}

function textOf(bytes, { method, size, from }) {
  const start = from + 30 + bytes.readUInt16LE(from + 26) + bytes.readUInt16LE(from + 28)
  const packed = bytes.subarray(start, start + size)
  return (method === 0 ? packed : inflateRawSync(packed)).toString('utf8')
}

const plain = (text) => text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))).replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&apos;/g, "'").replace(/&amp;/g, '&')
const texts = (xml) => [...xml.matchAll(/<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<\/(?:\w+:)?t>/g)].map(([, text]) => plain(text)).join('')

/** Gives the sheets by their names: each a list of rows, a row a list of the texts of its cells in the order of columns. */
export function read(path) {
  const bytes = readFileSync(path)
  const all = parts(bytes)
  const part = (name) => (all.has(name) ? textOf(bytes, all.get(name)) : '')
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>/gs)].map(([, xml]) => texts(xml))
  const targets = new Map([...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\s([^>]*)>/g)].map(([, words]) => [/Id="([^"]*)"/.exec(words)[1], /Target="([^"]*)"/.exec(words)[1]]))
  const sheets = [...part('xl/workbook.xml').matchAll(/<sheet\s([^>]*)>/g)].map(([, words]) => [plain(/name="([^"]*)"/.exec(words)[1]), /r:id="([^"]*)"/.exec(words)[1]])
  return new Map(sheets.map(([name, id]) => [name, rows(part(`xl/${targets.get(id).replace(/^\/?(xl\/)?/, '')}`), shared)]))
}

function rows(xml, shared) {
  return [...xml.matchAll(/<row\b[^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row = '']) => {
    const cells = []
    for (const [, words, inside = ''] of row.matchAll(/<c\s([^>]*?)(?:\/>|>(.*?)<\/c>)/gs)) cells[columnOf(words)] = valueOf(words, inside, shared)
    return Array.from(cells, (cell) => cell ?? '')
  })
}

const columnOf = (words) => [...(/r="([A-Z]+)\d+"/.exec(words)?.[1] ?? '')].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1

function valueOf(words, inside, shared) {
  const type = /t="(\w+)"/.exec(words)?.[1]
  const value = /<v>(.*?)<\/v>/s.exec(inside)?.[1] ?? ''
  if (type === 's') return shared[Number(value)] ?? ''
  return type === 'inlineStr' ? texts(inside) : plain(value)
}

/** The names of the sheets that the programs show to nobody, not even among the hidden ones. */
export function unseen(path) {
  const bytes = readFileSync(path)
  const book = textOf(bytes, parts(bytes).get('xl/workbook.xml'))
  return [...book.matchAll(/<sheet\s([^>]*)>/g)].filter(([, words]) => /state="veryHidden"/.test(words)).map(([, words]) => plain(/name="([^"]*)"/.exec(words)[1]))
}
