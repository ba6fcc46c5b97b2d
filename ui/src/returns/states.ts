/** How the states of returns and of files that came look. Pure. */

/** How a state looks. */
export type Tone = 'good' | 'warn' | 'bad' | ''

const tones: Record<string, Tone> = { audited: 'good', sent: 'good', accepted: 'good', refused: 'bad', none: '', draft: 'warn', clean: 'good', to_look: 'warn', quarantined: 'bad', taken: 'good', returned: 'bad' }

/** How a state looks. */
export const toneOf = (state: string): Tone => tones[state] ?? ''

/** Where the numbers of a return come from, in words. */
export const BASES: Record<string, string> = { records: '台账运算', returns: '下级汇总', sealed: '上报文件', plain: '普通表格' }

/** Whether what a return says stays. */
export const isFrozen = (state: string): boolean => state !== 'draft' && state !== 'audited'
