/** What the screen needs from the program around it: the desktop shell or the loopback host. */
import type { Json } from '../generated'

/** What a file dialog offers: a name for a group of endings, and the endings without their dot. */
export type Endings = [label: string, endings: string[]][]

/** The ways in which a call may differ from the usual. */
export interface CallOptions {
  /** The name under which the work's progress can be asked for and the work be stopped. */
  job?: string | undefined
}

/** A file that the user chose: the path that commands take, and the name to show. */
export interface PickedFile {
  path: string
  name: string
}

/** The program around the screen. */
export interface Host {
  /** Runs a command; throws the error's `Report`, or a transport's own error. */
  rpc(command: string, payload: unknown, options?: CallOptions): Promise<Json>
  /** Asks for files to read, or with `folder` for a folder: itself, or all that a browser finds in it. Null where the user changed their mind. */
  pickFiles(ask: { title: string; endings: Endings; many?: boolean; folder?: boolean }): Promise<PickedFile[] | null>
  /** Takes files that are dropped on the window from now on, and those in dropped folders; gives what ends it. */
  onDrop(take: (files: PickedFile[]) => void, hover: (over: boolean) => void): () => void
  /** Hands out, once, the office files that the program was started with. */
  arrived(): Promise<string[]>
  /** Takes, from now on, the office files that a second start of the program brings; gives what ends it. */
  onArrived(take: (paths: string[]) => void): () => void
  /** Tells, from now on, when the clerk locks the computer's screen or lets it sleep, where the host hears of it; gives what ends it. */
  onAway(left: () => void): () => void
  /** Asks where to write a file; null where the user changed their mind. */
  pickPlace(ask: { title: string; name: string; endings: Endings }): Promise<string | null>
  /** Asks for a folder; null where the user changed their mind or the host has no folders to show. */
  pickFolder(ask: { title: string }): Promise<string | null>
  /** Shows a written file to the user: in its folder, or as a download. One that is downloaded is gone then, unless it is wanted `again`. */
  reveal(path: string, again?: boolean): Promise<void>
  /** Lets go of a file that was picked or dropped, once it is not needed any more: a copy made for the program goes, the user's own stays. */
  used(path: string): Promise<void>
  /** Empties the clipboard where it still holds this text. */
  forget(text: string): Promise<void>
  /** Writes the window's title. */
  title(text: string): Promise<void>
  /** Whether the user sees this computer's folders, so that a path may be typed and shown. */
  readonly folders: boolean
}

let chosen: Promise<Host> | null = null

/** Gives the host that the screen runs in. */
export function host(): Promise<Host> {
  chosen ??= '__TAURI_INTERNALS__' in window ? import('./tauri').then((shell) => shell.tauri) : import('./http').then((browser) => browser.http)
  return chosen
}

/** Puts another host in its place; for tests. */
export function useHost(other: Host | null): void {
  chosen = other && Promise.resolve(other)
}
