/** Where new files go. Pure. */

/** The ending of office files. */
export const ENDING = 'unionbook'

/** The marks that no file system's names may hold, and what is at their ends. */
const refused = /[\\/:*?"<>|]|\p{Cc}/gu

/** Makes a file's name out of an office's. */
export function fileName(name: string): string {
  const plain = name.replace(refused, ' ').replace(/\s+/g, ' ').replace(/^[.\s]+|[.\s]+$/g, '')
  return `${[...plain].slice(0, 60).join('') || '工会台账'}.${ENDING}`
}

/** Joins a folder and a name by the folder's own separator. */
export function joined(folder: string, name: string): string {
  const mark = folder.includes('\\') ? '\\' : '/'
  return folder === '' ? name : `${folder.replace(/[\\/]+$/, '')}${mark}${name}`
}

/** Gives the folder that a path lies in. */
export const folderOf = (path: string): string => path.replace(/[\\/][^\\/]*$/, '')

/** Gives a path its ending where it has none. */
export const withEnding = (path: string): string => (path.trim() === '' || path.trim().endsWith(`.${ENDING}`) ? path.trim() : `${path.trim()}.${ENDING}`)
