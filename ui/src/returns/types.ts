/** Tasks and values as the core reads and writes them: what may be left out is left out, and an empty value is null. All else is as generated. */
import type * as wire from '../api/generated'

export type { Adjustment, Audited, BlankCell, Board, BoardLine, BrokenCheck, CardShown, CheckedCell, ComputeOf, Consolidate, Consolidated, Delivered, IndicatorLine, Node as ReturnNode, Pivot, PivotCell, PivotLine, BlankProposal as Proposal, ReturnNote, SeriesPoint, Signers, Source, TaskFlaw, TaskLine, TaskNumber } from '../api/generated'

export type Among = NonNullable<wire.Consolidate['among']>

export type Cycle = 'month' | 'quarter' | 'half' | 'year' | 'union_year'
export type ReportKind = 'count' | 'distinct' | 'minutes' | 'money' | 'rate' | 'text'
export type ReportFact = 'unit' | 'code' | 'period' | 'until' | 'head' | 'clerk' | 'day'
export type ReportWeight = 'must' | 'explain' | 'hint'
export type ReportValue = null | number | string
export interface CountedBy {
  code: string
  part?: [string, string] | null
}
export interface Opened {
  of: string
  first: CountedBy
}
export type Holds = { indicator: CountedBy } | { formula: string } | { opening: Opened } | 'typed' | { fact: ReportFact } | { field: string } | 'number'
export interface ReportCell {
  at: string
  label: string
  holds: Holds
  kind: ReportKind
}
export interface ReportColumn {
  at: string
  label: string
  holds: Holds
  kind: ReportKind
  values?: [string, string][]
}
export type Each = 'units' | 'typed' | { record: string }
export interface ReportBlock {
  header_row: number
  first_row: number
  reserved: number
  note_row?: number | null
  each: Each
  columns: ReportColumn[]
}
export interface ReportTable {
  sheet: string
  cells: ReportCell[]
  block?: ReportBlock | null
  draw?: Partial<wire.ReportDraw>
}
export interface ReportCheck {
  key: string
  sheet?: string | null
  weight: ReportWeight
  formula: string
  rows: boolean
  message: string
  hint: string
}
export interface ReportTask {
  key: string
  version: number
  title: string
  source: string
  periods: Cycle[]
  due: number
  late: 'next_version' | 'next_period'
  tables: ReportTable[]
  checks: ReportCheck[]
  blank?: string | null
}
export interface ReportLine {
  key: string
  values: ReportValue[]
}
export interface ReportSheet {
  cells: Record<string, ReportValue>
  lines?: ReportLine[]
}
export interface ReportValues {
  sheets: ReportSheet[]
}
export type ReturnContent = Omit<wire.ReturnContent, 'values' | 'typed' | 'own'> & { values: ReportValues; typed: Record<string, ReportValue>; own: ReportValues | null }
export type ReturnView = Omit<wire.ReturnView, 'task' | 'content' | 'today' | 'last' | 'year_ago'> & { task: ReportTask; content: ReturnContent; today: ReportValues | null; last: ReportValues | null; year_ago: ReportValues | null }

/** A task for a command. */
export const taskOnWire = (task: ReportTask): wire.ReportTask => task as unknown as wire.ReportTask

/** A value for a command. */
export const valueOnWire = (value: ReportValue): wire.TypeIn['value'] => value as wire.TypeIn['value']
