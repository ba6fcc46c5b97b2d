// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PickedFile } from './index'
import { tauri } from './tauri'

type Heard = (event: { event: string; id: number; payload: unknown }) => void

/** The shell as the window's library sees it: what was asked of it, and who listens to which event. */
const asked: [command: string, words: Record<string, unknown>][] = []
const callbacks: Heard[] = []
const listeners = new Map<number, [event: string, heard: Heard]>()
let answer: unknown = null

function invoke(command: string, words: Record<string, unknown>): Promise<unknown> {
  asked.push([command, words])
  if (command !== 'plugin:event|listen') return Promise.resolve(answer)
  const heard = callbacks[words.handler as number]
  if (heard) listeners.set(listeners.size + 1, [String(words.event), heard])
  return Promise.resolve(listeners.size)
}

/** What the program tells the page. */
function emit(name: string, payload: unknown): void {
  for (const [id, [event, heard]] of listeners) if (event === name) heard({ event, id, payload })
}

const position = { x: 10, y: 10 }

beforeEach(() => {
  asked.length = callbacks.length = 0
  listeners.clear()
  answer = null
  const metadata = { currentWindow: { label: 'main' }, currentWebview: { label: 'main', windowLabel: 'main' } }
  Object.assign(window, {
    __TAURI_INTERNALS__: { invoke, metadata, transformCallback: (heard: Heard) => callbacks.push(heard) - 1 },
    __TAURI_EVENT_PLUGIN_INTERNALS__: { unregisterListener: (_: string, id: number) => listeners.delete(id) },
  })
})

describe('the desktop shell as the host', () => {
  it('hands files that are dropped on the window to who waits for them, and says when they hover', async () => {
    const taken: PickedFile[][] = []
    const hovers: boolean[] = []
    const end = tauri.onDrop((files) => taken.push(files), (over) => hovers.push(over))
    await vi.waitFor(() => expect(listeners.size, 'entering, moving, dropping and leaving are listened to').toBe(4))
    emit('tauri://drag-enter', { paths: ['/家/名册.csv'], position })
    emit('tauri://drag-over', { position })
    emit('tauri://drag-drop', { paths: ['/家/名册.csv', 'C:\\表\\乙.xlsx'], position })
    expect(hovers, 'over the window until it is let go').toEqual([true, true, false])
    expect(taken, 'the paths that commands take, with the names to show').toEqual([[{ path: '/家/名册.csv', name: '名册.csv' }, { path: 'C:\\表\\乙.xlsx', name: '乙.xlsx' }]])
    emit('tauri://drag-enter', { paths: [], position })
    emit('tauri://drag-leave', null)
    expect([hovers.at(-1), taken.length], 'who moves away drops nothing').toEqual([false, 1])
    end()
    await vi.waitFor(() => expect(listeners.size, 'nobody listens any more').toBe(0))
  })
  it('asks for the files of a later start when it hears of them', async () => {
    const taken: string[][] = []
    tauri.onArrived((paths) => taken.push(paths))
    await vi.waitFor(() => expect(listeners.size, 'it listens').toBe(1))
    answer = ['/家/乙.unionbook']
    emit('arrived', ['/家/乙.unionbook'])
    await vi.waitFor(() => expect(taken, 'each file once').toEqual([['/家/乙.unionbook']]))
    expect(asked.at(-1), 'by the one call').toEqual(['rpc', { command: 'window.arrived', payload: {}, job: null }])
  })
  it('hears that the clerk left', async () => {
    const left = vi.fn()
    const end = tauri.onAway(left)
    await vi.waitFor(() => expect(listeners.size, 'it listens').toBe(1))
    emit('away', null)
    expect(left, 'once').toHaveBeenCalledTimes(1)
    end()
    await vi.waitFor(() => expect(listeners.size, 'nobody listens any more').toBe(0))
  })
  it('opens the system’s dialogs through the one call', async () => {
    answer = ['/家/名册.csv']
    expect(await tauri.pickFiles({ title: '导入', endings: [['表格', ['csv']]] }), 'path and name').toEqual([{ path: '/家/名册.csv', name: '名册.csv' }])
    answer = null
    expect(await tauri.pickFiles({ title: '导入', endings: [] }), 'who changes their mind').toBeNull()
    expect(asked.map(([command]) => command), 'nothing but the one call').toEqual(['rpc', 'rpc'])
  })
})
