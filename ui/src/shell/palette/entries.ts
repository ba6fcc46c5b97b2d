/** What the palette offers, and how it is found. Pure. */
import type { Json, Page } from '../../api/generated'
import { noNames, shown } from '../../fields/look'
import { titleOf } from '../../fields/titles'
import type { Described } from '../../records/describe'
import type { IconName } from '../icons'

/** Something the palette leads to. */
export interface PaletteEntry {
  key: string
  label: string
  /** A few words beside it. */
  note: string
  /** Its pinyin and initials, by words. */
  spell: string
  icon: IconName
  /** The keys that do the same. */
  keys?: string
  run: () => void
}

/** Entries under a heading. */
export interface PaletteGroup {
  heading: string
  entries: PaletteEntry[]
}

/** How well an entry fits what is sought: 0 not at all, more is better. */
export function fit(entry: Pick<PaletteEntry, 'label' | 'spell'>, sought: string): number {
  const text = sought.trim().toLowerCase()
  if (text === '') return 1
  const label = entry.label.toLowerCase()
  if (label.startsWith(text)) return 4
  const spells = entry.spell.split(' ')
  if (spells.some((spell) => spell.startsWith(text))) return 3
  if (label.includes(text)) return 2
  return text.length > 1 && spells.some((spell) => spell.includes(text)) ? 1 : 0
}

/** Gives the entries that fit, the best first, each as it stood among equals. */
export function fitting<T extends Pick<PaletteEntry, 'label' | 'spell'>>(entries: readonly T[], sought: string): T[] {
  const judged = entries.map((entry) => ({ entry, fits: fit(entry, sought) })).filter(({ fits }) => fits > 0)
  return judged.sort((a, b) => b.fits - a.fits).map(({ entry }) => entry)
}

/** A row that was found, in words. */
export interface Hit {
  id: number
  title: string
  note: string
}

/** The kinds of fields that tell a row from others without a list to look words up in. */
const TELLING = new Set(['text', 'code', 'ref', 'day'])

/** Gives found rows in words: what people call them, and what tells those of one name apart. */
export function hitsOf(record: Described, rows: readonly Json[], refs: Page['refs']): Hit[] {
  const names = { term: noNames.term, title: (of: string, id: number) => refs[of]?.[String(id)] ?? '' }
  return rows.flatMap((json) => {
    if (typeof json !== 'object' || json === null || Array.isArray(json) || typeof json.id !== 'number') return []
    const title = titleOf(record, json, names)
    const told = record.fields.filter((field) => TELLING.has(field.kind) && (field.listed || field.name === record.unit))
    const words = told.map((field) => shown(field, json[field.name], names)).filter((word) => word !== '' && word !== title)
    return [{ id: json.id, title, note: [...new Set(words)].slice(0, 4).join(' · ') }]
  })
}
