/** What opens over any page: a row's form, an act's dialog, the palette, the help. */
import { shallowRef, type Component } from 'vue'
import type { Described } from '../records/describe'
import type { RowKey } from '../records/keys'

/** The row whose form is open over the page; a new row where it has no key. */
export const openForm = shallowRef<{ record: Described; key: RowKey | null } | null>(null)

/** The act whose dialog is open over the page. */
export const openAct = shallowRef<{ record: Described; dialog: Component } | null>(null)

/** Whether the palette is open. */
export const isPaletteOpen = shallowRef(false)

/** The help page that is open over the page; null where none is. */
export const openHelp = shallowRef<string | null>(null)
