/** Which part of a page one is at, where its parts name pages of the guide: `data-help="pcs"`. */

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom >= 0 && top <= window.innerHeight
}
/** The part that holds the focus, unless one has turned away from it. */
const worked = (): HTMLElement | null | undefined => (document.activeElement && isInSight(document.activeElement) ? document.activeElement.closest<HTMLElement>('[data-help]') : null)
/** The part that the mouse is over. */
const pointed = (): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('[data-help]:hover')].at(-1)
/** The part before one's eyes: the last that begins in the upper third of the window. */
const seen = (): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('[data-help]')].filter((part) => part.getBoundingClientRect().top <= window.innerHeight / 3).at(-1)

/** Gives what the part names that is worked in, or else pointed at, or looked at; nothing where no part names any. */
export const partHere = (): string | undefined => (worked() ?? pointed() ?? seen())?.dataset.help
