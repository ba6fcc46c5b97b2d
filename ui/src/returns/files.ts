/** The names of the files that returns, receipts, tasks and cards are written to, and the writing of them. */
import { host, type Endings } from '../api/host'
import { say, tell } from '../shell/notices'
import type { ReturnView } from './types'

/** The endings of files that come in. */
export const INCOMING: Endings = [['上报文件和表格', ['xlsx', 'xls', 'et', 'age']]]

/** The ending of workbooks. */
export const BOOK: Endings = [['Excel 工作簿', ['xlsx']]]

/** Without the signs that file systems refuse. */
export const plainName = (name: string): string => name.replace(/[\\/:*?"<>|]/g, '').replace(/\s+/g, ' ').trim()

/** The name of a return's file; from the second version on it says which. */
export const returnName = (view: Pick<ReturnView, 'unit_name' | 'title' | 'no'>, ending: string, more = ''): string =>
  plainName(`${view.unit_name} ${view.title}${view.no > 1 ? ` 第${view.no}版` : ''}${more}`) + `.${ending}`

/** Asks where a file goes and writes it; gives its path, or null where the user changed their mind or it failed. What fails is told by `failed`. */
export async function writeTo(ask: { title: string; name: string; endings: Endings }, write: (path: string) => Promise<unknown>, said: string, failed: (error: unknown) => void = tell): Promise<string | null> {
  try {
    const to = await host()
    const path = await to.pickPlace(ask)
    if (!path) return null
    await write(path)
    say(said, { label: to.folders ? '打开所在文件夹' : '再下载一次', run: () => void to.reveal(path).catch(tell) })
    if (!to.folders) await to.reveal(path)
    return path
  } catch (error) {
    failed(error)
    return null
  }
}

/** The ending of cards. */
export const CARD: Endings = [['通讯卡', ['unionbook-card']]]
