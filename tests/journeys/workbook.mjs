// Reads the cells of an xlsx (ECMA-376: a zip of XML parts), without the program that wrote it; writes an office's blank as such a file.
import { readFileSync, writeFileSync } from 'node:fs'
import { crc32, inflateRawSync } from 'node:zlib'

const END = 0x06054b50
const ENTRY = 0x02014b50
const LOCAL = 0x04034b50

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

const numbers = (...given) => {
  const bytes = Buffer.alloc(given.reduce((sum, [wide]) => sum + wide, 0))
  let at = 0
  for (const [wide, number] of given) at = bytes.writeUIntLE(number, at, wide)
  return bytes
}

/** A zip of parts that are not packed. */
function zipped(given) {
  const [bodies, entries] = [[], []]
  let at = 0
  for (const [path, text] of given) {
    const [name, bytes] = [Buffer.from(path), Buffer.from(text)]
    const about = numbers([2, 20], [2, 0x800], [2, 0], [2, 0], [2, 0x21], [4, crc32(bytes)], [4, bytes.length], [4, bytes.length], [2, name.length], [2, 0])
    bodies.push(numbers([4, LOCAL]), about, name, bytes)
    entries.push(numbers([4, ENTRY], [2, 20]), about, numbers([2, 0], [2, 0], [2, 0], [4, 0], [4, at]), name)
    at += 4 + about.length + name.length + bytes.length
  }
  const list = Buffer.concat(entries)
  return Buffer.concat([...bodies, list, numbers([4, END], [2, 0], [2, 0], [2, given.length], [2, given.length], [4, list.length], [4, at], [2, 0])])
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const KINDS = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const marked = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const xml = (body) => `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n${body}`
const related = (all) => xml(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${all.map(([kind, target], at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`).join('')}</Relationships>`)
const SIDES = '<left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/>'
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="1"><font><sz val="11"/><name val="宋体"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${SIDES}</border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1"/></cellXfs></styleSheet>`

/** Gives how a sheet is drawn: its merged areas, the widths of its columns, where its drop-down lists lie. */
export function drawn(path, name) {
  const bytes = readFileSync(path)
  const all = parts(bytes)
  const sheets = [...textOf(bytes, all.get('xl/workbook.xml')).matchAll(/<sheet\s([^>]*)>/g)].map(([, words]) => plain(/name="([^"]*)"/.exec(words)[1]))
  const sheet = textOf(bytes, all.get(`xl/worksheets/sheet${sheets.indexOf(name) + 1}.xml`))
  return {
    merges: [...sheet.matchAll(/<mergeCell ref="([^"]*)"/g)].map(([, area]) => area),
    widths: [...sheet.matchAll(/<col\s([^>]*)>/g)].map(([, words]) => Number(/width="([^"]*)"/.exec(words)[1])),
    lists: [...sheet.matchAll(/<dataValidation\s([^>]*)>/g)].map(([, words]) => /sqref="([^"]*)"/.exec(words)[1]),
  }
}

/** Writes a blank form of one sheet: rows of texts, framed from a row on, with merged areas like `A1:F1`, widths of columns, and drop-down lists as `[area, words]`. */
export function writeBlank(path, { sheet, rows: lines, framed, merges, widths = [], lists = [] }) {
  const cell = (text, row, column) => {
    const words = `r="${String.fromCharCode(65 + column)}${row}" s="${row >= framed ? 1 : 0}"`
    return text === '' ? `<c ${words}/>` : `<c ${words} t="inlineStr"><is><t>${marked(text)}</t></is></c>`
  }
  const data = lines.map((line, at) => `<row r="${at + 1}">${line.map((text, column) => cell(text, at + 1, column)).join('')}</row>`).join('')
  const wide = widths.map((width, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`).join('')
  const choices = lists.map(([area, words]) => `<dataValidation type="list" allowBlank="1" sqref="${area}"><formula1>"${words.join(',')}"</formula1></dataValidation>`).join('')
  writeFileSync(path, zipped([
    ['[Content_Types].xml', xml(`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${KINDS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${KINDS}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${KINDS}.styles+xml"/></Types>`)],
    ['_rels/.rels', related([['officeDocument', 'xl/workbook.xml']])],
    ['xl/workbook.xml', xml(`<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${marked(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>`)],
    ['xl/_rels/workbook.xml.rels', related([['worksheet', 'worksheets/sheet1.xml'], ['styles', 'styles.xml']])],
    ['xl/styles.xml', xml(STYLES)],
    ['xl/worksheets/sheet1.xml', xml(`<worksheet xmlns="${MAIN}">${wide && `<cols>${wide}</cols>`}<sheetData>${data}</sheetData><mergeCells count="${merges.length}">${merges.map((area) => `<mergeCell ref="${area}"/>`).join('')}</mergeCells>${choices && `<dataValidations count="${lists.length}">${choices}</dataValidations>`}</worksheet>`)],
  ]))
}
