/** Acts that a noun adds to its record's page: joining, transfer, closing. The nouns fill this; the page knows none of them. */
import type { Component } from 'vue'
import type { RecordName } from '../api/generated'

/** An act on a record's page. Its dialog gets `record` (described) and `rows` (the chosen rows), and emits `close`. */
export interface RecordAct {
  label: string
  /** How many rows must be chosen. */
  needs: 'none' | 'one' | 'some'
  /** Whether it stands as a button of its own, not in the menu. */
  primary?: boolean
  dialog: () => Promise<Component>
}

const acts = new Map<RecordName, RecordAct[]>()

/** Adds acts to a record's page. */
export function addActs(record: RecordName, more: readonly RecordAct[]): void {
  acts.set(record, [...(acts.get(record) ?? []), ...more])
}

/** The acts of a record's page. */
export const actsOf = (record: RecordName): readonly RecordAct[] => acts.get(record) ?? []

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
