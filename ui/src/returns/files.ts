/** The names of the files that returns, receipts, tasks and cards are written to. */
import type { Endings } from '../api/host'
import { periodWords } from '../reports/book'
import { plainName } from '../shell/saving'
import type { ReturnView } from './types'

/** The endings of files that come in. */
export const INCOMING: Endings = [['上报文件和表格', ['xlsx', 'xls', 'et', 'age']]]

/** The ending of workbooks. */
export const BOOK: Endings = [['Excel 工作簿', ['xlsx']]]

/** The name of a return's file; from the second version on it says which. */
export const returnName = (view: Pick<ReturnView, 'unit_name' | 'title' | 'no'>, ending: string, more = ''): string =>
  plainName(`${view.unit_name} ${view.title}${view.no > 1 ? ` 第${view.no}版` : ''}${more}`) + `.${ending}`

/** The ending of cards. */
export const CARD: Endings = [['通讯卡', ['unionbook-card']]]

/** The name of a briefing. */
export const briefingName = (task: string, period: string): string => plainName(`${task}情况简报 ${periodWords(period)}`) + '.pdf'

/** The name of a cross table. */
export const pivotName = (task: string, period: string): string => plainName(`${task}透视表 ${periodWords(period)}`) + '.xlsx'
