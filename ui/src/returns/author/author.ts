/** A task that is made from an office's own blank: what its cells hold, row blocks, checks. Pure. */
import type { Blank, Form, FormCell } from '../form'
import type { Each, Holds, IndicatorLine, Proposal, ReportBlock, ReportCell, ReportCheck, ReportColumn, ReportKind, ReportTable, ReportTask } from '../types'
import { FACTS, holdsWord, letters, placeOf, type HoldsWord } from '../values'

/** A sheet of the blank, with what stands in it. */
export interface DraftSheet {
  blank: Blank
  /** Whether the task asks for it. */
  taken: boolean
  table: ReportTable
}

/** A task that is being made. */
export interface Draft {
  task: Omit<ReportTask, 'tables'>
  sheets: DraftSheet[]
}

/** What is pointed at: a single cell, or a column of the block. */
export type Pointed = { kind: 'cell'; at: string } | { kind: 'column'; at: string }

/** A cell or a column, as its form changes it. */
export type Held = Pick<ReportCell, 'at' | 'label' | 'holds' | 'kind'> & Pick<ReportColumn, 'values'>

const NAMES = /名称|单位$|工会$|姓名/

function columnOf(guess: { at: string; label: string; kind: ReportKind }, first: boolean): ReportColumn {
  if (/^序号|^编号$|^No/i.test(guess.label)) return { ...guess, kind: 'count', holds: 'number' }
  return first && guess.kind === 'text' && NAMES.test(guess.label) ? { ...guess, holds: { fact: 'unit' } } : { ...guess, holds: 'typed' }
}

function blockOf(guess: NonNullable<Proposal['block']>): ReportBlock {
  const name = guess.columns.find(({ kind, label }) => kind === 'text' && NAMES.test(label))
  return { ...guess, each: 'units', columns: guess.columns.map((column) => columnOf(column, column === name)) }
}

const holdsOf = (guess: Proposal['cells'][number]): Holds =>
  guess.fact ? { fact: guess.fact } : guess.formula ? { formula: guess.formula.startsWith('=') ? guess.formula : `=${guess.formula}` } : 'typed'

/** A task's word that no other task has. */
function unused(today: string, taken: readonly string[]): string {
  const word = `own-${today.replaceAll('-', '')}`
  let number = 1
  while (taken.includes(number === 1 ? word : `${word}-${number}`)) number += 1
  return number === 1 ? word : `${word}-${number}`
}

/** The first draft of a task: what the blank's cells seem to be for. */
export function begin(sheets: readonly Proposal[], blank: string, today: string, taken: readonly string[] = []): Draft {
  const title = sheets.find((sheet) => sheet.title !== '')?.title.replace(/(月|季|年)?报?表$/, '') ?? ''
  return {
    task: { key: unused(today, taken), version: 1, title, source: '', periods: ['month'], due: 5, late: 'next_version', checks: [], blank },
    sheets: sheets.map((sheet) => ({
      blank: sheet,
      taken: sheet.cells.length > 0 || sheet.block !== null,
      table: { sheet: sheet.sheet, cells: sheet.cells.map(({ at, label, kind, ...guess }) => ({ at, label, kind, holds: holdsOf({ at, label, kind, ...guess }) })), block: sheet.block && blockOf(sheet.block) },
    })),
  }
}

/** The next version of a task that there is. */
export function reopen(task: ReportTask, forms: readonly Blank[]): Draft {
  const { tables, ...head } = task
  const blank = (table: ReportTable): Blank => forms.find((form) => form.sheet === table.sheet) ?? { sheet: table.sheet, rows: 1, columns: 1, grid: [], merges: [], widths: [] }
  const others = forms.filter((form) => tables.every((table) => table.sheet !== form.sheet))
  return {
    task: { ...head, version: task.version + 1 },
    sheets: [...tables.map((table) => ({ blank: blank(table), taken: true, table })), ...others.map((form) => ({ blank: form, taken: false, table: { sheet: form.sheet, cells: [], block: null } }))],
  }
}

/** The task as its package has it; without the blank for looking it through. */
export function packed({ task, sheets }: Draft, whole: boolean): ReportTask {
  const { blank, ...head } = task
  const tables = sheets.filter(({ taken }) => taken).map(({ table }) => ({ ...table, cells: [...table.cells].sort((a, b) => placeOf(a.at).row - placeOf(b.at).row || placeOf(a.at).column - placeOf(b.at).column) }))
  return { ...head, tables, ...(whole && blank ? { blank } : {}) }
}

/** The rows of a block in the blank. */
export const inBlock = (block: ReportBlock | null | undefined, row: number): boolean => !!block && row >= block.first_row && row < block.first_row + block.reserved

/** What a press on the form points at. */
export function pointed(table: ReportTable, place: string): Pointed {
  const { row, column } = placeOf(place)
  return inBlock(table.block, row) ? { kind: 'column', at: letters(column) } : { kind: 'cell', at: place }
}

/** What stands where somebody points; nothing yet where it is none. */
export const heldAt = (table: ReportTable, at: Pointed): Held | undefined => (at.kind === 'cell' ? table.cells.find((cell) => cell.at === at.at) : table.block?.columns.find((column) => column.at === at.at))

/** Puts something in its place, or with null takes it away. */
export function put(table: ReportTable, at: Pointed, held: Held | null): ReportTable {
  if (at.kind === 'cell') {
    const rest = table.cells.filter((cell) => cell.at !== at.at)
    return { ...table, cells: held ? [...rest, { at: held.at, label: held.label, holds: held.holds, kind: held.kind }] : rest }
  }
  if (!table.block) return table
  const rest = table.block.columns.filter((column) => column.at !== at.at)
  const columns = (held ? [...rest, held] : rest).sort((a, b) => a.at.length - b.at.length || a.at.localeCompare(b.at))
  return { ...table, block: { ...table.block, columns } }
}

/** The words beside a place in the blank: to the left, else above. */
export function labelAt(blank: Blank, at: Pointed, header: number): string {
  const words = new Map(blank.grid.map((cell) => [cell.at, cell.text.trim()]))
  const { row, column } = at.kind === 'column' ? placeOf(`${at.at}${header}`) : placeOf(at.at)
  if (at.kind === 'column') return words.get(`${at.at}${header}`) ?? ''
  for (let left = column - 1; left > 0; left -= 1) {
    const word = words.get(`${letters(left)}${row}`)
    if (word) return word
  }
  for (let up = row - 1; up > 0; up -= 1) {
    const word = words.get(`${letters(column)}${up}`)
    if (word) return word
  }
  return ''
}

/** What a cell holds, in a few words for the form. */
export function summary(holds: Holds, name: (code: string) => string, field: (name: string) => string = (of) => of): string {
  if (holds === 'typed') return '手填'
  if (holds === 'number') return '序号'
  if ('indicator' in holds) return name(holds.indicator.code) + (holds.indicator.part ? `·${holds.indicator.part[1]}` : '')
  if ('formula' in holds) return holds.formula
  if ('opening' in holds) return `期初（${holds.opening.of}）`
  return 'fact' in holds ? FACTS[holds.fact] : field(holds.field)
}

/** What may stand in a single cell, or in a column of a block by what makes its rows. */
export function allowed(at: Pointed, each: Each | undefined): HoldsWord[] {
  if (at.kind === 'cell') return ['indicator', 'formula', 'typed', 'fact', 'opening']
  if (each === 'units') return ['indicator', 'formula', 'typed', 'fact', 'opening', 'number']
  return each === 'typed' ? ['typed', 'formula', 'number'] : ['field', 'formula', 'number']
}

/** The kind of an indicator's numbers. */
export const kindOf = ({ measure, additive }: Pick<IndicatorLine, 'measure' | 'additive'>): ReportKind => (measure === 'minutes' || measure === 'money' ? measure : additive ? 'count' : 'distinct')

/** Something of another kind begins like this. */
export function fresh(word: HoldsWord, before: Holds): Holds {
  if (holdsWord(before) === word) return before
  const counted = typeof before === 'object' && 'indicator' in before ? before.indicator : { code: '' }
  const made: Record<HoldsWord, Holds> = { indicator: { indicator: { code: '' } }, formula: { formula: '=' }, opening: { opening: { of: '', first: counted } }, typed: 'typed', fact: { fact: 'unit' }, field: { field: '' }, number: 'number' }
  return made[word]
}

const bare = (text: string): string => text.replace(/[\s（）()：:，、其中本期期末期初数（人）]/g, '')

/** Gives the indicators that fit what is sought; without anything sought, those that the label speaks of come first. */
export function found(all: readonly IndicatorLine[], sought: string, label: string): IndicatorLine[] {
  const text = sought.trim().toLowerCase()
  const of = bare(label)
  const near = (one: IndicatorLine): number => {
    const name = bare(one.label)
    if (name !== '' && name === of) return 3
    return name !== '' && of !== '' && (of.includes(name) || name.includes(of)) ? 2 : 0
  }
  const fits = (one: IndicatorLine): boolean => text === '' || `${one.label} ${one.code} ${one.definition}`.toLowerCase().includes(text)
  return all.filter(fits).map((one) => ({ one, near: near(one) })).sort((a, b) => b.near - a.near).map(({ one }) => one)
}

/** A check that is not written yet. */
export function newCheck(checks: readonly ReportCheck[], sheet: string | null): ReportCheck {
  const used = new Set(checks.map(({ key }) => key))
  let number = checks.length + 1
  while (used.has(`c${number}`)) number += 1
  return { key: `c${number}`, sheet, weight: 'must', formula: '=', rows: false, message: '', hint: '' }
}

/** The place that a flaw speaks of, `表1!D6` or `分单位!C列`; none where it is no place. */
export function placeIn(flaw: string): { sheet: string; at: Pointed } | null {
  const cell = /^(.+)!([A-Z]{1,3}\d+)/.exec(flaw)
  if (cell) return { sheet: cell[1] ?? '', at: { kind: 'cell', at: cell[2] ?? '' } }
  const column = /^(.+)!([A-Z]{1,3})列/.exec(flaw)
  return column ? { sheet: column[1] ?? '', at: { kind: 'column', at: column[2] ?? '' } } : null
}

/** The next cell of the form in a direction, words and empty cells too. */
export function around(form: Form, from: string, key: string): FormCell | undefined {
  const all = form.rows.flat()
  const here = all.find((cell) => cell.place === from)
  if (!here) return all[0]
  if (key === 'ArrowLeft') return form.rows[here.row - 1]?.filter((cell) => cell.column < here.column).at(-1)
  if (key === 'ArrowRight') return form.rows[here.row - 1]?.find((cell) => cell.column > here.column)
  const row = key === 'ArrowUp' ? here.row - 2 : here.row - 1 + here.down
  return form.rows[row]?.filter((cell) => cell.column <= here.column).at(-1) ?? form.rows[row]?.[0]
}
