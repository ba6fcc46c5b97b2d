/** Backups in words. Pure. */
import type { BackupCopy } from '../../api/generated'

/** How big a file is: in KB below a megabyte, else in MB. */
export const sized = (bytes: number): string => (bytes < 1 << 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`)

/** A file's name, and the folder that it lies in. */
export function placeOf(path: string): { name: string; folder: string } {
  const at = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'))
  return { name: path.slice(at + 1), folder: path.slice(0, Math.max(at, 0)) }
}

/** A backup's line: when, why, whose where it is not this office file's own, how big, and in which folder. */
export function shownCopy({ at, why, whose, bytes, path }: BackupCopy): string {
  const folder = path.split(/[\\/]/).slice(0, -1).join('/')
  return [at, why, ...(whose ? [whose] : []), sized(bytes), folder].join(' · ')
}
