/** Taking the latest step back, and doing it again. */
import type { QueryClient } from '@tanstack/vue-query'
import { write } from '../api/queries'
import { say, tell } from './notices'

/** Takes back a step, the latest where none is named. */
export async function undo(client: QueryClient, step: number | null = null): Promise<void> {
  await write(client, 'step.undo', { step }).then(
    ({ value }) => say(`已撤销“${value}”。`, { label: '重做', run: () => void redo(client) }),
    tell,
  )
}

/** Does again what was taken back last. */
export async function redo(client: QueryClient): Promise<void> {
  await write(client, 'step.redo', {}).then(({ value }) => say(`已重做“${value}”。`, { label: '撤销', run: () => void undo(client) }), tell)
}
