/** How hard a password is to guess, in plain words. Pure. */

/** How hard a password is to guess. */
export interface Strength {
  /** From 0 (not taken) to 4. */
  level: 0 | 1 | 2 | 3 | 4
  word: string
  /** How to make it better; empty where nothing is left to do. */
  advice: string
}

/** The fewest characters that the core takes. */
export const FEWEST = 6

const common = /^(?:password|passw0rd|qwerty|abc123|iloveyou|admin|unionbook|woaini|gonghui|123123|112233|a123456|aa123456)/i
const rows = ['01234567890', '09876543210', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', '1qaz2wsx3edc']

/** Whether it is one character again and again, a row of keys, a well-known one, or a day. */
function isGuessed(password: string): boolean {
  const lower = password.toLowerCase()
  if (new Set(lower).size <= 2 || common.test(lower)) return true
  if (rows.some((row) => row.includes(lower) || lower.includes(row.slice(0, 6)))) return true
  return /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])$/.test(lower) || /^1[3-9]\d{9}$/.test(lower)
}

/** How many kinds of characters it has: small, capital, digits, signs, Chinese. */
const kindsOf = (password: string): number => [/[a-z]/, /[A-Z]/, /\d/, /[^\w\s\u4e00-\u9fff]/, /[\u4e00-\u9fff]/].filter((kind) => kind.test(password)).length

/** Says how hard a password is to guess. */
export function strengthOf(password: string): Strength {
  const length = [...password].length
  if (length === 0) return { level: 0, word: '', advice: `至少 ${FEWEST} 位，建议 10 位以上。` }
  if (length < FEWEST) return { level: 0, word: '太短', advice: `还差 ${FEWEST - length} 位。` }
  if (isGuessed(password)) return { level: 1, word: '很容易被猜到', advice: '不要用连续数字、生日、手机号或常见词。' }
  const kinds = kindsOf(password)
  const points = length + (kinds - 1) * 2
  if (points < 9) return { level: 2, word: '一般', advice: '再长几位，或掺入字母、数字和符号，会更难猜。' }
  return points < 14 ? { level: 3, word: '较强', advice: '' } : { level: 4, word: '强', advice: '' }
}
