/** Backups in words. Pure. */
import type { BackupCopy } from '../../api/generated'

/** How big a file is: in KB below a megabyte, else in MB. */
export const sized = (bytes: number): string => (bytes < 1 << 20 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / (1 << 20)).toFixed(1)} MB`)

/** A backup's line: when, why, how big, and in which folder. */
export function shownCopy({ at, why, bytes, path }: BackupCopy): string {
  const folder = path.split(/[\\/]/).slice(0, -1).join('/')
  return [at, why, sized(bytes), folder].join(' · ')
}
