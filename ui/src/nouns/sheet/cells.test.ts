import { describe, expect, it } from 'vitest'
import { changedRows, cleared, filled, pasted, typed, type Sheet, type SheetColumn } from './cells'
import { whole } from './read'

const name: SheetColumn = { key: 'name', label: '姓名', width: 100, locked: '不能修改' }
const times: SheetColumn = { key: 'times', label: '人次', width: 60, read: whole }
const other: SheetColumn = { key: 'other', label: '其他', width: 60, read: whole }
const columns = [name, times, other]
const start: Sheet = { rows: [{ id: 1, name: '甲', times: 3, other: null }, { id: 2, name: '乙', times: null, other: null }, { id: 3, name: '丙', times: null, other: 9 }], unread: new Map() }

describe('a sheet that is filled in', () => {
  it('reads a typed number and leaves the other rows as they are', () => {
    const now = typed(start, [{ row: 1, column: times, text: '１２' }])
    expect(now.rows[1]?.times, 'full-width digits are read').toBe(12)
    expect(now.rows[0], 'a row that nothing was typed into is the same one').toBe(start.rows[0])
  })

  it('keeps a text that is no number, with the reason, until it is typed over', () => {
    const wrong = typed(start, [{ row: 0, column: times, text: '三' }])
    expect(wrong.rows[0]?.times, 'the value of before stays').toBe(3)
    expect(wrong.unread.get('1:times')?.text, 'the text is kept').toBe('三')
    expect(typed(wrong, [{ row: 0, column: times, text: '4' }]).unread.size, 'a number takes its place').toBe(0)
  })

  it('never types into a locked column', () => {
    expect(typed(start, [{ row: 0, column: name, text: '丁' }]).rows[0]?.name, 'the name stays').toBe('甲')
    expect(pasted(columns, { row: 0, column: 0 }, [['丁', '5', '6', '7']]).map(({ column }) => column.key), 'the block skips it and ends at the edge').toEqual(['times', 'other'])
  })

  it('fills down from the first row of a block, and from above for a single row', () => {
    const down = typed(start, filled(start, columns, { top: 0, left: 1, bottom: 2, right: 1 }))
    expect(down.rows.map((row) => row.times), 'all rows take the first').toEqual([3, 3, 3])
    const one = typed(start, filled(start, columns, { top: 1, left: 1, bottom: 1, right: 1 }))
    expect(one.rows.map((row) => row.times), 'one row takes the one above').toEqual([3, 3, null])
    expect(filled(start, columns, { top: 0, left: 1, bottom: 0, right: 1 }), 'nothing stands above the first row').toEqual([])
  })

  it('clears a block and knows which rows changed', () => {
    const now = typed(start, cleared(columns, { top: 0, left: 1, bottom: 1, right: 2 }))
    expect(now.rows.map((row) => [row.times, row.other]), 'the third row stays').toEqual([[null, null], [null, null], [null, 9]])
    expect(changedRows(start.rows, now.rows, ['times', 'other']).map((row) => row.id), 'the second was empty before').toEqual([1])
    expect(changedRows(start.rows, [...start.rows, { id: 4, times: 1 }], ['times']).map((row) => row.id), 'a new row is a change').toEqual([4])
  })
})
