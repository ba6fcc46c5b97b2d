/** The types of returns, tasks and deliveries, as the core writes them; generated.ts takes their place. */
import type { Counted } from '../api/generated'

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
export interface ReportDraw {
  number?: string
  title?: string
  unit?: string
  units?: [number, string][]
  headings?: [string, string][]
  notes?: string[]
}
export interface ReportTable {
  sheet: string
  cells: ReportCell[]
  block?: ReportBlock | null
  draw?: ReportDraw
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
export interface CheckedCell {
  of: 'now' | 'last' | 'year_ago' | 'below'
  sheet: string
  at: string
  line: number | null
  label: string
  value: string
}
export interface BrokenCheck {
  check: string
  weight: ReportWeight
  message: string
  hint: string
  places: CheckedCell[]
  line: number | null
  left: string
  op: string
  right: string
  formula: string
}
export interface Audited {
  broken: BrokenCheck[]
  must: number
  unexplained: number
  passed: boolean
}
export interface ReturnNote {
  check: string
  line: number | null
  text: string
  by: string
}
export interface Adjustment {
  by: number
  why: string
}
export interface Signers {
  head: string
  auditor: string
  clerk: string
}
export interface ReturnContent {
  values: ReportValues
  typed: Record<string, ReportValue>
  notes: ReturnNote[]
  own: ReportValues | null
  parts: { id: number; unit: number; no: number }[]
  adjusted: Record<string, Adjustment>
  signers: Signers
  attachments: { name: string; digest: string; size: number }[]
  sealed: number | null
}
export type ReturnStateWord = 'draft' | 'audited' | 'sent' | 'accepted' | 'refused' | 'superseded'
export interface ReturnView {
  id: number
  unit: number
  unit_name: string
  period: string
  title: string
  no: number
  state: string
  state_label: string
  basis: string
  due: string
  sent: string | null
  reason: string | null
  task: ReportTask
  content: ReturnContent
  audit: Audited
  today: ReportValues | null
  differs: string[]
  last: ReportValues | null
  year_ago: ReportValues | null
}
export interface Source {
  label: string
  definition: string
  rows: Counted[]
  parts: { unit: number | null; name: string; id: number | null; amount: number }[]
}
export interface TaskLine {
  key: string
  version: number
  title: string
  source: string
  periods: Cycle[]
  due: number
  shipped: boolean
}
export interface TaskFlaw {
  place: string
  what: string
}
export interface BoardLine {
  unit: number
  code: string
  name: string
  level: number
  id: number | null
  no: number
  state: string
  state_label: string
  basis: string | null
  sent: string | null
  late: boolean
  score: number | null
}
export interface Board {
  title: string
  period: string
  due: string
  overdue: boolean
  lines: BoardLine[]
  expected: number
  sent: number
  late: number
  returned: number
  reminder: string
}
export interface ComputeOf {
  task: string
  unit: number
  period: string
}
export type Among = 'tree' | 'direct' | { selected: number[] } | { class: [string, string] }
export interface Consolidate extends ComputeOf {
  among?: Among
  own?: boolean
  adjusted?: Record<string, Adjustment>
}
export interface Consolidated {
  id: number
  parts: number
  missing: number[]
}
export interface ReturnNode {
  id: number
  unit: number
  name: string
  changed: string[]
  off: { at: string; label: string; says: string; sum: string }[]
}
export interface Delivered {
  id: number | null
  file: string
  state: string
  state_label: string
  sender: string
  title: string
  period: string
  no: number
  late: boolean
  notes: string[]
  changed: { sheet: string; at: string; label: string; sealed: string; found: string }[]
  understood: { sheet: string; at: string; own: string; label: string; text: string; value: ReportValue; note: string }[]
  unread: { sheet: string; at: string; own: string; label: string; text: string; what: string; hint: string }[]
  compared: { at: string; label: string; before: string; now: string }[]
}
export interface CardShown {
  code: string
  name: string
  fingerprint: string
}
export interface SeriesPoint {
  period: string
  label: string
  values: (number | null)[]
  year_ago: (number | null)[]
  year_to_date: (number | null)[]
}
export interface BlankCell {
  at: string
  text: string
  formula: string | null
  framed: boolean
}
export interface Proposal {
  sheet: string
  title: string
  rows: number
  columns: number
  grid: BlankCell[]
  merges: string[]
  widths: number[]
  cells: { at: string; label: string; formula: string | null; fact: ReportFact | null; kind: ReportKind }[]
  block: { header_row: number; first_row: number; reserved: number; note_row: number | null; columns: { at: string; label: string; kind: ReportKind }[] } | null
}
export interface IndicatorLine {
  code: string
  label: string
  measure: 'people' | 'times' | 'events' | 'things' | 'minutes' | 'money'
  measure_label: string
  kind_label: string
  definition: string
  additive: boolean
  splits: { key: string; label: string; parts: [string, string][] }[]
}

declare module '../api/generated' {
  interface Commands {
    'task.list': { payload: Record<string, never>; answer: TaskLine[] }
    'task.get': { payload: { key: string; version?: number | null }; answer: ReportTask }
    'task.check': { payload: { task: ReportTask }; answer: TaskFlaw[] }
    'task.add': { payload: { task: ReportTask }; answer: Written<number> }
    'task.read': { payload: { path: string }; answer: ReportTask }
    'task.propose': { payload: { path: string }; answer: { sheets: Proposal[]; blank: string } }
    'task.write': { payload: { key: string; path: string }; answer: string }
    'task.form': { payload: { key: string; version?: number | null }; answer: Proposal[] }
    'task.try': { payload: { task: ReportTask; unit: number; period: string }; answer: { values: ReportValues; audit: Audited } }
    'indicator.list': { payload: Record<string, never>; answer: IndicatorLine[] }
    'return.compute': { payload: ComputeOf; answer: Written<number> }
    'return.consolidate': { payload: Consolidate; answer: Written<Consolidated> }
    'return.view': { payload: { id: number; today?: boolean }; answer: ReturnView }
    'return.behind': { payload: { id: number; at: string }; answer: Source }
    'return.series': { payload: { task: string; unit: number; period: string; many: number; at: string[] }; answer: SeriesPoint[] }
    'return.type_in': { payload: { id: number; at: string; value: ReportValue }; answer: Written<null> }
    'return.type_rows': { payload: { id: number; sheet: string; rows: ReportValue[][] }; answer: Written<null> }
    'return.explain': { payload: { id: number; check: string; line: number | null; text: string }; answer: Written<null> }
    'return.sign': { payload: { id: number; signers: Signers }; answer: Written<null> }
    'return.audit': { payload: { id: number }; answer: Written<Audited> }
    'return.compute_all': { payload: { unit: number; period: string }; answer: Written<number[]> }
    'return.find': { payload: ComputeOf; answer: number | null }
    'return.attach': { payload: { id: number; add?: string[]; remove?: string[] }; answer: Written<null> }
    'return.correct': { payload: { id: number; reason: string }; answer: Written<number> }
    'return.write': { payload: { id: number; path: string }; answer: string }
    'return.send': { payload: { id: number; path?: string | null; to?: number[] }; answer: Written<{ path: string | null; fingerprint: string; digest: string }> }
    'return.receive': { payload: { paths: string[]; take?: boolean }; answer: Written<Delivered[]> }
    'return.delivery': { payload: { id: number }; answer: Delivered }
    'return.take': { payload: { ids: number[] }; answer: Written<number[]> }
    'return.answer': { payload: { id: number; refuse?: boolean; reasons?: { place?: string; reason: string }[]; path: string }; answer: Written<{ path: string }> }
    'card.own': { payload: { path?: string | null }; answer: CardShown }
    'card.add': { payload: { path: string }; answer: Written<CardShown> }
    'return.board': { payload: ComputeOf & { all?: boolean }; answer: Board }
    'return.nodes': { payload: { task: string; period: string }; answer: ReturnNode[] }
  }
}
