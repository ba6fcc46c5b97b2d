/** The desktop shell as the host: the one file that imports Tauri. */
import { invoke } from '@tauri-apps/api/core'
import { getCurrentWebview } from '@tauri-apps/api/webview'
import type { Json } from '../generated'
import type { CallOptions, Host, PickedFile } from './index'

const rpc = (command: string, payload: unknown, options?: CallOptions): Promise<Json> =>
  invoke<Json>('rpc', { command, payload, job: options?.job ?? null })

const picked = (path: string): PickedFile => ({ path, name: path.split(/[\\/]/).pop() ?? path })

function onDrop(take: (files: PickedFile[]) => void, hover: (over: boolean) => void): () => void {
  const listening = getCurrentWebview().onDragDropEvent(({ payload }) => {
    hover(payload.type === 'enter' || payload.type === 'over')
    if (payload.type === 'drop') take(payload.paths.map(picked))
  })
  return () => void listening.then((end) => end())
}

const arrived = async (): Promise<string[]> => (await rpc('window.arrived', {})) as string[]

/** The event says that there are some; they are asked for, so that each is handed out once and no start is missed. */
function onArrived(take: (paths: string[]) => void): () => void {
  const listening = getCurrentWebview().listen('arrived', () => void arrived().then(take))
  return () => void listening.then((end) => end())
}

function onAway(left: () => void): () => void {
  const listening = getCurrentWebview().listen('away', left)
  return () => void listening.then((end) => end())
}

/** The desktop shell. */
export const tauri: Host = {
  rpc,
  folders: true,
  async pickFiles({ title, endings, many, folder }) {
    if (folder) {
      const path = (await rpc('dialog.folder', { title })) as string | null
      return path === null ? null : [picked(path)]
    }
    const paths = (await rpc('dialog.open', { title, endings, many: many ?? false })) as string[] | null
    return paths && paths.map(picked)
  },
  onDrop,
  arrived,
  onArrived,
  onAway,
  pickPlace: async ({ title, name, endings }) => (await rpc('dialog.save', { title, name, endings })) as string | null,
  pickFolder: async ({ title }) => (await rpc('dialog.folder', { title })) as string | null,
  reveal: async (path) => void (await rpc('dialog.reveal', { path })),
  used: () => Promise.resolve(),
  forget: async (text) => void (await rpc('clipboard.forget', { text })),
  title: async (text) => void (await rpc('window.title', { title: text })),
}
