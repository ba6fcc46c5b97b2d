/** Acts that a noun adds to its record's page: joining, transfer, closing. The nouns fill this; the page knows none of them. */
import type { Component } from 'vue'
import type { RecordName } from '../api/generated'
import type { Entry } from '../shell/MenuButton.vue'
import { may, type Right } from '../shell/rights'
import type { Row } from './keys'

/** An act on a record's page. Its dialog gets `record` (described) and `rows` (the chosen rows), and emits `close`. */
export interface RecordAct {
  label: string
  /** How many rows must be chosen; `several` are two at least. */
  needs: 'none' | 'one' | 'some' | 'several'
  /** What it needs of whoever has the file open: to enter, where nothing else is said. */
  right?: Right
  /** Whether it stands as a button of its own, not in the menu. */
  primary?: boolean
  /** Says why it cannot be done for a row; empty where it can. */
  unfit?: (row: Row) => string
  /** Whether it is for rows that are kept and no longer used (已封存): for them as well, or for them alone; else it is for the others. */
  veiled?: 'too' | 'only'
  /** Whether it is no everyday act and stands apart in menus. */
  apart?: boolean
  /** Whether what it does cannot be taken back. */
  danger?: boolean
  dialog: () => Promise<Component>
}

const acts = new Map<RecordName, RecordAct[]>()

/** Adds acts to a record's page. */
export function addActs(record: RecordName, more: readonly RecordAct[]): void {
  acts.set(record, [...(acts.get(record) ?? []), ...more])
}

/** Whether an act is for rows that are veiled, or for those that are not. */
export const fitsVeil = ({ needs, veiled: when }: RecordAct, veiled: boolean): boolean => needs === 'none' || (veiled ? when !== undefined : when !== 'only')

/** The acts of a record's page, where it lists what is in use or what is veiled. */
export const actsOf = (record: RecordName, veiled = false): readonly RecordAct[] => (acts.get(record) ?? []).filter((act) => may(act.right ?? 'enter') && fitsVeil(act, veiled))

/** The acts for a single row, as its form offers them. */
export const actsOfOne = (record: RecordName, veiled = false): readonly RecordAct[] => actsOf(record, veiled).filter(({ needs }) => needs === 'one' || needs === 'some')

/** A menu of acts and what else a page offers: the everyday ones first, then a line, then those apart, what cannot be taken back last. */
export function inOrder(acts: readonly RecordAct[], entry: (act: RecordAct) => Entry, others: readonly Entry[] = []): Entry[] {
  const everyday = [...acts.filter(({ apart }) => !apart).map(entry), ...others.filter(({ danger }) => !danger)]
  const apart = acts.filter(({ apart }) => apart)
  const rest = [...apart.filter(({ danger }) => !danger).map(entry), ...others.filter(({ danger }) => danger), ...apart.filter(({ danger }) => danger).map(entry)]
  return [...everyday, ...rest.map((one, at) => ({ ...one, line: at === 0 && everyday.length > 0 }))]
}

let banner: (() => Promise<Component>) | null = null

/** Names what a form shows over a row that is veiled: it gets `root`, the row that the veil lies on. */
export const setVeilBanner = (load: () => Promise<Component>): void => void (banner = load)

/** What a form shows over a row that is veiled. */
export const veilBanner = (): Promise<Component> => (banner ? banner() : Promise.resolve({ render: () => null }))

const starts = new Map<RecordName, Row>()

/** Names what a new row of a record begins with. */
export const addStarts = (record: RecordName, values: Row): void => void starts.set(record, values)

/** What a new row of a record begins with. */
export const startsOf = (record: RecordName): Row => starts.get(record) ?? {}

/** The layout of an upstream blank, by the word that imports take. */
export interface Layout {
  key: string
  label: string
}

const layouts = new Map<RecordName, readonly Layout[]>()

/** Names the layouts that sheets of a record may follow. */
export const addLayouts = (record: RecordName, more: readonly Layout[]): void => void layouts.set(record, more)

/** The layouts that sheets of a record may follow. */
export const layoutsOf = (record: RecordName): readonly Layout[] => layouts.get(record) ?? []
