/** Which part of a page one is at, where its parts name pages of the guide: `data-help="pcs"`. */

/** The part before one's eyes: the last that begins in the upper third of the window. */
const seen = (): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('[data-help]')].filter((part) => part.getBoundingClientRect().top <= window.innerHeight / 3).at(-1)

/** Gives what the part names that is worked in, or else looked at; nothing where no part names any. */
export function partHere(): string | undefined {
  const worked = document.activeElement?.closest<HTMLElement>('[data-help]')
  return (worked ?? seen())?.dataset.help
}
