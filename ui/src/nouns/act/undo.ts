/** Taking back an act that made several steps: all of them, the last one first. */
import type { QueryClient } from '@tanstack/vue-query'
import { write } from '../../api/queries'
import { say, tell } from '../../shell/notices'
import { undo } from '../../shell/undo'

/** Takes back steps; where one cannot be taken back, says so and stops there. */
export async function undoAll(client: QueryClient, steps: readonly number[]): Promise<void> {
  if (steps.length === 1) return undo(client, steps[0])
  let taken = 0
  try {
    for (const step of [...steps].reverse()) {
      await write(client, 'step.undo', { step })
      taken += 1
    }
    say(`已撤销 ${taken} 步。`)
  } catch (error) {
    tell(error)
  }
}
