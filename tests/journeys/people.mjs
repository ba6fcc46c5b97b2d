// Invented people: their numbers lie in division 000000, which does not exist, with true check digits.
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** A resident's number (GB 11643): born on `birth` as `19900101`, the three-digit `order` odd for men. */
export function idNumber(birth, order) {
  const bare = `000000${birth}${order}`
  const sum = [...bare].reduce((all, digit, at) => all + Number(digit) * WEIGHTS[at], 0)
  return bare + '10X98765432'[sum % 11]
}

/** The same number with a check digit that is wrong. */
export const misread = (number) => number.slice(0, -1) + (number.endsWith('7') ? '8' : '7')

/** A day so many days before today, `2026-10-01`. */
export function daysAgo(many) {
  const now = new Date()
  return new Date(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate() - many)).toISOString().slice(0, 10)
}
