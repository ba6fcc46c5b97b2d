/** The last backup of each office file that was made on this PC: the core copies, opens the copy and checks it before it answers. */
import type { Json } from '../api/generated'
import { recalled, remember } from '../api/memory'

/** A backup that was made and checked. */
export interface LastBackup {
  path: string
  /** When, in unix seconds. */
  at: number
}

const key = (file: string): string => `backup.last:${file}`

/** Reads what was remembered of a backup; null where it is something else. */
export function asBackup(json: Json | undefined): LastBackup | null {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  return typeof json.path === 'string' && typeof json.at === 'number' ? { path: json.path, at: json.at } : null
}

/** Gives the last backup of a file. */
export const lastBackup = async (file: string): Promise<LastBackup | null> => asBackup((await recalled())[key(file)])

/** Remembers a backup of a file. */
export const rememberBackup = (file: string, path: string): Promise<void> => remember(key(file), { path, at: Math.floor(Date.now() / 1000) })
