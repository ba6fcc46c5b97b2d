/** How a recovery key is written out. Pure. */

const LINES = 3

/** Cuts a key of groups into even lines, which make the key again when they are joined: three of three groups. */
export function keyLines(key: string): string[] {
  const groups = key.split('-')
  const each = Math.ceil(groups.length / LINES)
  const line = (at: number): string => groups.slice(at, at + each).join('-') + (at + each < groups.length ? '-' : '')
  return groups.flatMap((_, at) => (at % each === 0 ? [line(at)] : []))
}
