/** Files that the user chooses a place for. */
import { host, type Endings } from '../api/host'
import { say, tell } from './notices'

/** Without the signs that file systems refuse. */
export const plainName = (name: string): string => name.replace(/[\\/:*?"<>|]/g, '').replace(/\s+/g, ' ').trim()

/** Lets what was tried around the writing hear of what failed: given as `failed`. */
export const rethrown = (error: unknown): never => {
  throw error
}

/** Asks where a file goes and writes it; gives its path, or null where the user changed their mind or it failed. What fails is told by `failed`. */
export async function writeTo(ask: { title: string; name: string; endings: Endings }, write: (path: string) => Promise<unknown>, said: string, failed: (error: unknown) => void = tell): Promise<string | null> {
  try {
    const to = await host()
    const path = await to.pickPlace(ask)
    if (!path) return null
    await write(path)
    say(said, { label: to.folders ? '打开所在文件夹' : '再下载一次', run: () => void to.reveal(path, true).catch(tell) })
    if (!to.folders) await to.reveal(path, true)
    return path
  } catch (error) {
    failed(error)
    return null
  }
}
