/** The loopback host: the same calls over HTTP, for the system's browser. */
import type { Json, Report } from '../generated'
import type { Endings, Host, PickedFile } from './index'

/** Says in a report's form that the host cannot be reached. */
export const unreachable: Report = {
  code: 'unreachable',
  message: '与工会台账程序的连接断开了，这次操作没有完成。',
  hint: '请确认程序仍在运行；关掉了的，请重新启动，再用它给出的地址打开。填写的内容还在，可以稍后再保存。',
  faults: [],
  detail: '',
}

async function ask(path: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(path, { credentials: 'same-origin', ...init }).catch(() => null)
  if (!answer) throw unreachable
  if (!answer.ok) throw await reportOf(answer)
  return answer
}

/** Reads the error of an answer; what is no report is told as it stands. */
async function reportOf(answer: Response): Promise<Report> {
  const text = await answer.text()
  const report = parsed(text) as Report | null
  if (report?.message) return report
  return { ...unreachable, code: answer.status === 401 ? 'session' : 'unreachable', message: text || unreachable.message, detail: `HTTP ${answer.status}` }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

const json = (body: unknown): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** Lets the user choose files in the browser's own dialog. */
function chooseFiles(endings: Endings, many: boolean, folder: boolean): Promise<File[] | null> {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = many
  input.webkitdirectory = folder
  input.accept = endings.flatMap(([, list]) => list.map((ending) => `.${ending}`)).join(',')
  return new Promise((resolve) => {
    input.addEventListener('change', () => resolve([...(input.files ?? [])]))
    input.addEventListener('cancel', () => resolve(null))
    input.click()
  })
}

async function upload(file: File): Promise<PickedFile> {
  const answer = await ask(`/upload?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file })
  return { path: ((await answer.json()) as { path: string }).path, name: file.name }
}

/** How many files go up at the same time. */
const AT_ONCE = 6

/** Uploads files, a few at a time, in their order. */
async function uploadAll(files: readonly File[]): Promise<PickedFile[]> {
  const done: PickedFile[] = []
  for (let at = 0; at < files.length; at += AT_ONCE) done.push(...(await Promise.all(files.slice(at, at + AT_ONCE).map(upload))))
  return done
}

/** Whether a file's name has one of the endings; the lock files that lie beside open workbooks have none. */
const fits = (name: string, endings: Endings): boolean => !name.startsWith('~$') && endings.some(([, list]) => list.some((ending) => name.toLowerCase().endsWith(`.${ending}`)))

/** Gives the files that were dropped, those in folders too. */
async function dropped(event: DragEvent): Promise<File[]> {
  const files = [...(event.dataTransfer?.files ?? [])]
  const entries = [...(event.dataTransfer?.items ?? [])].flatMap((item) => item.webkitGetAsEntry?.() ?? [])
  return entries.some((entry) => entry.isDirectory) ? (await Promise.all(entries.map(inside))).flat() : files
}

async function inside(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return entry.name.startsWith('~$') ? [] : [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))]
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: File[] = []
  // A reader gives a hundred entries at a time and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return found
    for (const one of some) found.push(...(await inside(one)))
  }
}

function onDrop(take: (files: PickedFile[]) => void, hover: (over: boolean) => void): () => void {
  const over = (event: DragEvent): void => {
    event.preventDefault()
    hover(event.type === 'dragover')
  }
  const drop = (event: DragEvent): void => {
    over(event)
    void dropped(event).then(uploadAll).then(take, () => undefined)
  }
  const heard = [['dragover', over], ['dragleave', over], ['drop', drop]] as const
  for (const [name, listener] of heard) window.addEventListener(name, listener)
  return () => heard.forEach(([name, listener]) => window.removeEventListener(name, listener))
}

/** How often the host is told that the page is still open, in milliseconds. */
const ALIVE = 60_000
setInterval(() => void fetch('/alive').catch(() => null), ALIVE)

/** The loopback host. */
export const http: Host = {
  folders: false,
  async rpc(command, payload, options) {
    const answer = await ask('/rpc', json({ command, payload, job: options?.job ?? null }))
    return (await answer.json()) as Json
  },
  async pickFiles({ endings, many, folder }) {
    const files = await chooseFiles(endings, many ?? false, folder ?? false)
    return files && uploadAll(folder ? files.filter(({ name }) => fits(name, endings)) : files)
  },
  onDrop,
  // The browser opens no office files: nobody starts it with one.
  arrived: () => Promise.resolve([]),
  onArrived: () => () => undefined,
  onAway: () => () => undefined,
  async pickPlace({ name }) {
    const answer = await ask('/place', json({ name }))
    return ((await answer.json()) as { path: string }).path
  },
  pickFolder: () => Promise.resolve(null),
  reveal(path, again = false) {
    const link = document.createElement('a')
    link.href = `/download?path=${encodeURIComponent(path)}&again=${again}`
    link.download = path.split(/[\\/]/).pop() ?? ''
    link.click()
    return Promise.resolve()
  },
  used: async (path) => void (await ask('/used', json({ path }))),
  async forget(text) {
    // A browser that does not let the page read lets it empty the clipboard while the page is looked at.
    const held = await navigator.clipboard.readText().catch(() => (document.hasFocus() ? text : ''))
    if (held === text) await navigator.clipboard.writeText('')
  },
  title(text) {
    document.title = text
    return Promise.resolve()
  },
}
