/** Short notices at the window's edge: what was done, what went wrong. */
import { shallowRef } from 'vue'
import { refusalOf, type Refusal } from '../api/call'

/** A notice. */
export interface Notice {
  id: number
  kind: 'done' | 'wrong'
  text: string
  hint: string
  /** Something to copy for a support call. */
  detail: string
  /** A way on: undo, open. */
  action: { label: string; run: () => void } | null
}

/** How long a notice stays, in milliseconds; what went wrong stays until it is closed. */
const STAYS = 5000
/** How many of each kind are kept. */
const MOST = 4
let next = 1

/** The notices that show, the latest last. */
export const notices = shallowRef<readonly Notice[]>([])

function put(notice: Omit<Notice, 'id'>): void {
  const id = (next += 1)
  const others = notices.value.filter(({ kind, text, hint }) => kind !== notice.kind || text !== notice.text || hint !== notice.hint)
  notices.value = [...others, { ...notice, id }].filter((one, at, all) => all.slice(at).filter(({ kind }) => kind === one.kind).length <= MOST)
  if (notice.kind === 'done') setTimeout(() => close(id), STAYS)
}

/** Takes a notice away. */
export function close(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

/** What shows of them: of those that went wrong the latest alone, with how many wait behind it. Pure. */
export function shownOf(all: readonly Notice[]): { notice: Notice; behind: number }[] {
  const wrong = all.filter(({ kind }) => kind === 'wrong')
  return all.filter((one) => one.kind === 'done' || one === wrong.at(-1)).map((notice) => ({ notice, behind: notice.kind === 'wrong' ? wrong.length - 1 : 0 }))
}

/** Takes the notice of what went wrong last away; says whether there was one. */
export function dismiss(): boolean {
  const last = notices.value.filter(({ kind }) => kind === 'wrong').at(-1)
  if (last) close(last.id)
  return last !== undefined
}

/** Says that something was done. */
export const say = (text: string, action: Notice['action'] = null): void => put({ kind: 'done', text, hint: '', detail: '', action })

/** Says that something was not taken, and why. */
export function warn(text: string, hint = ''): void {
  put({ kind: 'wrong', text, hint, detail: '', action: null })
  setTimeout(close, STAYS * 2, next)
}

/** What the program itself got wrong; shown with its details until it is closed. */
export const bug = shallowRef<Refusal | null>(null)

/** What other parts of the frame say: the link's own line, the unlocking dialog. */
const SAID_ELSEWHERE = new Set(['unreachable', 'session', 'closed'])

/** Says what went wrong, in the words of the core; work that was stopped by the user is no fault. */
export function tell(error: unknown): void {
  const refusal = refusalOf(error)
  if (refusal.code === 'stopped') return say(refusal.message)
  if (refusal.code === 'bug') {
    bug.value = refusal
    return
  }
  if (SAID_ELSEWHERE.has(refusal.code)) return
  put({ kind: 'wrong', text: refusal.message, hint: refusal.hint, detail: refusal.report.detail, action: null })
}
