/** Acts that a noun adds to its record's page: joining, transfer, closing. The nouns fill this; the page knows none of them. */
import type { Component } from 'vue'
import type { RecordName } from '../api/generated'
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
  dialog: () => Promise<Component>
}

const acts = new Map<RecordName, RecordAct[]>()

/** Adds acts to a record's page. */
export function addActs(record: RecordName, more: readonly RecordAct[]): void {
  acts.set(record, [...(acts.get(record) ?? []), ...more])
}

/** The acts of a record's page. */
export const actsOf = (record: RecordName): readonly RecordAct[] => (acts.get(record) ?? []).filter(({ right }) => may(right ?? 'enter'))

/** The acts for a single row, as its form offers them. */
export const actsOfOne = (record: RecordName): readonly RecordAct[] => actsOf(record).filter(({ needs }) => needs === 'one' || needs === 'some')

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
