/** Taking the latest step back, and doing it again. */
import type { QueryClient } from '@tanstack/vue-query'
import type { Refusal } from '../api/call'
import { write } from '../api/queries'
import { say, tell, type Notice } from './notices'

/** Whether one of them runs: a key that is held down asks for the next step only when the one before is through. */
let running = false

async function once(act: () => Promise<void>): Promise<void> {
  if (running) return
  running = true
  await act().finally(() => (running = false))
}

/** Takes back a step, the latest where none is named; what is refused is told by a notice, or by `refused` where it is given. */
export function undo(client: QueryClient, step: number | null = null, refused: (refusal: Refusal) => void = tell): Promise<void> {
  return once(() =>
    write(client, 'step.undo', { step }).then(
      ({ value }) => say(`已撤销“${value}”。`, { label: '重做', run: () => void redo(client) }),
      refused,
    ),
  )
}

/** Does again what was taken back last. */
export function redo(client: QueryClient): Promise<void> {
  return once(() => write(client, 'step.redo', {}).then(({ value, step }) => say(`已重做“${value}”。`, undoing(client, step)), tell))
}

/** What the notice of a step offers: to take that very step back, and what runs then; nothing where nothing was stored. */
export const undoing = (client: QueryClient, step: number | null, then: () => void = () => undefined): Notice['action'] =>
  step === null ? null : { label: '撤销', run: () => void undo(client, step).then(then) }
