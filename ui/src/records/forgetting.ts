/** Full numbers that were copied leave the clipboard after half a minute. */
import { onScopeDispose, type Ref } from 'vue'
import { host } from '../api/host'

/** How long they may stay, in milliseconds. */
export const STAY = 30_000

/** What a copy would take: the chosen part of an input, else of the page. Empty where nothing is chosen. */
export function chosenText(at: Element | null, page: Selection | null): string {
  if (at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement) return at.value.slice(at.selectionStart ?? 0, at.selectionEnd ?? 0)
  return page?.toString() ?? ''
}

/** While `shown` is true, what is copied is forgotten after a while: where it is still on the clipboard then, and nothing else. */
export function forgetCopied(shown: Ref<boolean>, forget: (text: string) => Promise<void> = async (text) => (await host()).forget(text), stay = STAY): void {
  const copied = (): void => {
    const text = shown.value ? chosenText(document.activeElement, document.getSelection()) : ''
    // The form may be closed meanwhile: the text is forgotten all the same.
    if (text !== '') setTimeout(() => void forget(text).catch(() => undefined), stay)
  }
  for (const name of ['copy', 'cut'] as const) document.addEventListener(name, copied)
  onScopeDispose(() => (['copy', 'cut'] as const).forEach((name) => document.removeEventListener(name, copied)))
}
