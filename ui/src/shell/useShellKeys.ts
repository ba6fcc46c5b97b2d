/** The keys that work anywhere in the frame. */
import { useQueryClient } from '@tanstack/vue-query'
import { useEventListener } from '@vueuse/core'
import type { Ref } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { lock } from './desk'
import { helpHere } from './help/pages'
import { sizeBeside, useLook } from './look'
import { tell } from './notices'
import { isPaletteOpen, openHelp } from './over'
import type { Place } from './places'
import { isTyped, shellActOf, type ShellAct } from './shellKeys'
import { redo, undo } from './undo'

/** What works even where a dialog keeps its keys to itself. */
const FIRST = new Set<ShellAct['do']>(['palette', 'help', 'lock', 'larger', 'smaller', 'usual'])

/** Listens to the frame's keys; a digit with Alt goes to one of the places. */
export function useShellKeys(places: Ref<Place[]>): void {
  const client = useQueryClient()
  const route = useRoute()
  const router = useRouter()
  const { size } = useLook()

  function run(act: ShellAct): void {
    if (act.do === 'undo') void undo(client)
    else if (act.do === 'redo') void redo(client)
    else if (act.do === 'lock') void lock().catch(tell)
    else if (act.do === 'palette') isPaletteOpen.value = true
    else if (act.do === 'help') openHelp.value = helpHere(route.path)
    else if (act.do === 'go') void router.push(places.value[act.place]?.to ?? route.fullPath)
    else size.value = act.do === 'usual' ? 100 : sizeBeside(size.value, act.do === 'larger' ? 1 : -1)
  }
  function hear(event: KeyboardEvent, early: boolean): void {
    if (event.defaultPrevented || event.isComposing) return
    const act = shellActOf(event, { editing: isTyped(document.activeElement), under: document.querySelector('dialog[open]') !== null })
    if (!act || FIRST.has(act.do) !== early) return
    event.preventDefault()
    event.stopPropagation()
    run(act)
  }
  useEventListener(window, 'keydown', (event) => hear(event, true), { capture: true })
  useEventListener(window, 'keydown', (event) => hear(event, false))
}
