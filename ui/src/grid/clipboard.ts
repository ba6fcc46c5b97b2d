/** Blocks of cells as text, the way Excel and WPS put them on the clipboard: tabs between cells, line ends between rows, quotes where needed. */

/** Writes a block. */
export function toText(cells: readonly (readonly string[])[]): string {
  return cells.map((row) => row.map(quoted).join('\t') + '\r\n').join('')
}

function quoted(text: string): string {
  return /[\t\r\n]|^"/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Reads a block; rows may be of different length. Line ends inside a quoted cell become `\n`. */
export function fromText(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length || row.length > 0) {
    const cell = text[at] === '"' ? readQuoted(text, at) : readPlain(text, at)
    row.push(cell.text)
    at = cell.end
    if (text[at] === '\t') {
      at += 1
      if (at < text.length) continue
      row.push('')
    }
    rows.push(row)
    row = []
    at += text.startsWith('\r\n', at) ? 2 : 1
  }
  return rows
}

interface Read {
  text: string
  end: number
}

function readPlain(text: string, from: number): Read {
  const found = text.slice(from).search(/[\t\r\n]/)
  const end = found < 0 ? text.length : from + found
  return { text: text.slice(from, end), end }
}

/** A quote that is never closed, or followed by more text, is no quoting: the cell is taken as it stands. */
function readQuoted(text: string, from: number): Read {
  let end = from + 1
  for (;;) {
    end = text.indexOf('"', end)
    if (end < 0) return readPlain(text, from)
    if (text[end + 1] !== '"') break
    end += 2
  }
  const after = text[end + 1]
  if (after !== undefined && !'\t\r\n'.includes(after)) return readPlain(text, from)
  return { text: text.slice(from + 1, end).replaceAll('""', '"').replace(/\r\n?/g, '\n'), end: end + 1 }
}

/** Repeats a block over a larger one that it fits into whole times, as Excel does; else gives it as it is. */
export function spread(cells: readonly string[][], rows: number, columns: number): string[][] {
  const [high, wide] = [cells.length, cells[0]?.length ?? 0]
  const fits = high > 0 && wide > 0 && rows % high === 0 && columns % wide === 0 && cells.every((row) => row.length === wide)
  if (!fits) return cells.map((row) => [...row])
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => cells[row % high]?.[column % wide] ?? ''))
}
