/** Where new files go, and which may stay where they lie. Pure. */
import type { Lies } from '../../api/generated'

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

/** Gives the name at a path's end. */
export const nameOf = (path: string): string => path.split(/[\\/]/).at(-1) ?? ''

/** Why a file is not worked on where it lies. */
export const WHY: Record<NonNullable<Lies['elsewhere']>, string> = {
  network: '这份台账在网络共享上，几台电脑同时打开会损坏它。',
  synced: '这份台账在网盘同步的文件夹里，同步时可能丢失刚录入的内容。',
  removable: '这份台账在 U 盘等可拔出的磁盘上，录入时拔出会丢失内容。',
}

/** Whether a path is that of a parcel that a predecessor handed over. */
export const isParcel = (path: string): boolean => path.trim().toLowerCase().endsWith('.zip')

/** Gives a path its ending where it has none. */
export const withEnding = (path: string): string => (path.trim() === '' || path.trim().endsWith(`.${ENDING}`) ? path.trim() : `${path.trim()}.${ENDING}`)
