/** What lies on the desk: which office file is open, and whether the program behind the page answers. */
import { computed, shallowRef } from 'vue'
import { call, onEnded, type Refusal } from '../api/call'
import type { DeskState, OpenOffice } from '../api/generated'
import { notices } from './notices'

/** What the program said of the desk last; null until it answers for the first time. */
export const desk = shallowRef<DeskState | null>(null)

/** The office whose pages show. It stays while its file is shut from outside, so that nothing typed is lost. */
export const office = shallowRef<OpenOffice | null>(null)

/** Whether the file was shut though its pages show: it was locked, or the program was started anew. */
export const isShut = shallowRef(false)

/** Whether the pages are covered until the password is given again: the clerk left, or asked for it. */
export const isLocked = shallowRef(false)

/** Why the program cannot be reached; null while it can. */
export const lost = shallowRef<Refusal | null>(null)

/** What an ended call says of the link. Pure. */
export type Link = 'up' | 'lost' | 'shut' | 'same'

/** Reads from an ended call whether the program is there and the file is open. */
export function linkOf(refusal: Refusal | null): Link {
  if (!refusal) return 'up'
  if (refusal.code === 'unreachable' || refusal.code === 'session') return 'lost'
  return refusal.code === 'closed' ? 'shut' : 'up'
}

/** Whether the program could not be reached since the file was seen open: only then can it have been started anew. */
let wasLost = false

function heard(refusal: Refusal | null): void {
  const link = linkOf(refusal)
  if (link === 'lost') {
    lost.value = refusal
    wasLost = true
  } else if (lost.value) lost.value = null
  if (link === 'shut') shut()
}

/** Asks for the password over the pages; a program that ran on has locked them, because nobody came or on another page. */
function shut(): void {
  if (!office.value || isShut.value) return
  isShut.value = true
  isLocked.value ||= !wasLost
}

/** Listens to how calls end. */
export const watchLink = (): (() => void) => onEnded(heard)

/** Takes what the program says of the desk. */
export function take(state: DeskState): void {
  desk.value = state
  if (state.office) {
    office.value = state.office
    isShut.value = isLocked.value = wasLost = false
  } else shut()
}

/** Asks what lies on the desk. */
export async function look(): Promise<void> {
  take(await call('desk.state', {}))
}

/** Lets the program make a backup where one is due; asked every minute while the pages show. */
export async function keepSafe(): Promise<void> {
  if (office.value && !isShut.value) await call('desk.keep', {}).then(take, () => undefined)
}

/** Covers the pages and closes the file, which the password opens again; what was typed stays. */
export async function lock(): Promise<void> {
  if (!office.value || isShut.value) return
  isLocked.value = true
  take(await call('desk.close', {}))
}

/** Closes the file and shows the start page. */
export async function leave(): Promise<void> {
  const state = await call('desk.close', {})
  office.value = null
  isShut.value = isLocked.value = false
  notices.value = []
  take(state)
}

/** The files that were open lately and are still known. */
export const recent = computed(() => desk.value?.recent ?? [])
