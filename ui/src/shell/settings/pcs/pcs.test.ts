import { describe, expect, it } from 'vitest'
import { counted, isNothing, merges, words } from './pcs'

const clash = { name: 'person/7/phone', label: '人员', title: '张*', field: '移动电话', what: '两台电脑都改过，改得不一样。', before: '', ours: '138****0011', theirs: '', open: true }

describe('several PCs in words', () => {
  it('lists the merges, the newest first', () => {
    const row = { seat: 1, upto: 1, digest: '', mark: 1 }
    const rows = [{ ...row, id: 1, whose: '李四', entered: 5 }, { ...row, id: 2, whose: '王五', entered: 9 }]
    expect(merges(rows).map(({ whose }) => whose)).toEqual(['王五', '李四'])
  })
  it('says what becomes of the rows of a record, and only that', () => {
    expect(counted({ label: '人员', added: 3, changed: 0, removed: 1, same: 0 })).toBe('人员：新增 3 条，删除 1 条')
  })
  it('knows that there is nothing to merge', () => {
    expect(isNothing({ counts: [], clashes: [], problems: [] })).toBe(true)
    expect(isNothing({ counts: [], clashes: [clash], problems: [] })).toBe(false)
  })
  it('gives both words of a field, and of a row whether it is there', () => {
    expect(words(clash)).toEqual({ ours: '138****0011', theirs: '（空）' })
    expect(words({ ...clash, field: null, what: '本机删去了，对方改过。' })).toEqual({ ours: '仍然删去', theirs: '按对方的恢复' })
    expect(words({ ...clash, field: null, what: '对方删去了，本机改过。' })).toEqual({ ours: '保留', theirs: '按对方的删去' })
  })
})
