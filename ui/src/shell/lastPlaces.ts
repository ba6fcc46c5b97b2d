/** Where each account of a file was last, until the program ends: what one left open is no place for another to begin at. */
import type { OpenOffice } from '../api/generated'

type Whose = Pick<OpenOffice, 'path' | 'clerk'>

const places = new Map<string, string>()
const keyOf = ({ path, clerk }: Whose): string => JSON.stringify([path, clerk])

/** Notes where an account leaves its file. */
export const notePlace = (whose: Whose, place: string): void => void places.set(keyOf(whose), place)

/** Gives where an account goes on; the first page where it was nowhere yet. */
export const lastPlace = (whose: Whose): string => places.get(keyOf(whose)) ?? '/'
