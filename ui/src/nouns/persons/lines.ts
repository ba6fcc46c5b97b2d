/** Pasted lines that name people: names, with or without a number that tells them apart. Pure. */

/** A line of a pasted list. */
export interface Line {
  /** The line as it was pasted. */
  text: string
  name: string
  /** An id number, phone or card number in the line, or nothing. */
  number: string
  /** Which of the pasted rows it is, from 0. */
  at: number
}

const narrow = (text: string): string => text.replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replaceAll('　', ' ')

const isNumber = (part: string): boolean => /^[0-9A-Za-z*()-]{4,18}$/.test(part) && /\d{4}/.test(part)
const isCount = (part: string): boolean => /^\d{1,3}[.、]?$/.test(part)
const isName = (part: string): boolean => /[\p{Script=Han}·]/u.test(part) && !/^(男|女|姓名|序号)$/.test(part)

/** Reads a line: its first name and its first number; a running number before them is passed over. */
export function lineOf(text: string, at = 0): Line | null {
  const parts = narrow(text).split(/[\s,，;；|]+/).map((part) => part.replace(/^\d{1,3}[.、]/, '')).filter((part) => part !== '' && !isCount(part))
  const name = parts.find(isName) ?? ''
  const number = parts.find(isNumber)?.toUpperCase() ?? ''
  return name || number ? { text: text.trim(), name, number, at } : null
}

/** Reads lines under a heading that says which column holds the names. */
function underHeading(rows: readonly string[], heading: readonly string[]): (Line | null)[] {
  const name = heading.findIndex((cell) => /姓名/.test(cell))
  const numbers = heading.flatMap((cell, at) => (/证件|身份证|手机|电话|卡号/.test(cell) ? [at] : []))
  return rows.map((row, at) => {
    const cells = narrow(row).split('\t').map((cell) => cell.trim())
    const number = numbers.map((place) => cells[place] ?? '').find(isNumber)?.toUpperCase() ?? ''
    return at > 0 && (cells[name] || number) ? { text: row.trim(), name: cells[name] ?? '', number, at } : null
  })
}

/** Reads a pasted list: a line each, or names on one line with commas or 、 between them. Doubles are named once. */
export function linesOf(text: string): Line[] {
  const rows = text.split(/\r?\n/)
  const filled = rows.filter((row) => row.trim() !== '')
  const [only = ''] = filled
  const heading = only.split('\t').map((cell) => cell.trim())
  const inline = filled.length === 1 && !/\d{4}/.test(only)
  const lines = inline ? only.split(/[\s,，、;；]+/).map((part) => lineOf(part, rows.indexOf(only))) : heading.some((cell) => /^姓\s*名$/.test(cell)) ? underHeading(rows, heading) : rows.map(lineOf)
  const found = new Map<string, Line>()
  for (const line of lines) {
    const key = line ? `${line.name}|${line.number}` : ''
    if (line && !found.has(key)) found.set(key, line)
  }
  return [...found.values()]
}

/** Someone a line may mean. */
export interface Candidate {
  id: number
  name: string
  /** The id number or phone as it is shown, perhaps masked. */
  numbers: string[]
}

/** Whether a number that may be masked (`110***1234`) can be the given one. */
export function fits(shown: string, given: string): boolean {
  if (shown === '' || given === '') return false
  if (!shown.includes('*')) return shown.toUpperCase() === given || shown.endsWith(given)
  const [head = '', ...rest] = shown.toUpperCase().split(/\*+/)
  const tail = rest.at(-1) ?? ''
  return (given.length >= shown.length - 1 && given.startsWith(head) && given.endsWith(tail)) || (given.length <= tail.length && tail.endsWith(given))
}

/** Gives those of the candidates that a line means: by its number where that decides, else by its whole name. */
export function meant<T extends Candidate>(line: Line, candidates: readonly T[]): T[] {
  const named = line.name ? candidates.filter(({ name }) => name === line.name) : [...candidates]
  if (!line.number) return named
  const numbered = named.filter(({ numbers }) => numbers.some((one) => fits(one, line.number)))
  return numbered.length > 0 ? numbered : named
}
