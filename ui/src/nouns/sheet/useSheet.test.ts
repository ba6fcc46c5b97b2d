import { expect, it } from 'vitest'
import type { SheetRow } from './cells'
import { whole } from './read'
import { useSheet } from './useSheet'

const columns = [{ key: 'times', label: '人次', width: 60, read: whole, amount: (row: SheetRow) => (typeof row.times === 'number' ? row.times : null) }]
const make = () => {
  const state = useSheet(() => columns, { grow: (rows) => ({ id: rows.length + 1, times: null }), foot: (rows) => ({ id: 0, times: rows.reduce((sum, row) => sum + Number(row.times ?? 0), 0) }) })
  state.start([{ id: 1, times: 1 }, { id: 2, times: null }])
  return state
}
const first = (state: ReturnType<typeof make>) => state.columns.value[0] as (typeof state.columns.value)[number]
const times = (state: ReturnType<typeof make>) => state.sheet.value.rows.map((row) => row.times)

it('a block that is longer than the sheet makes rows, and one step back takes all of it', () => {
  const state = make()
  state.paste({ row: 1, column: 0 }, [['2'], ['3'], ['4']])
  expect(times(state), 'two rows came').toEqual([1, 2, 3, 4])
  state.undo()
  expect(times(state), 'as before').toEqual([1, null])
  state.redo()
  expect(times(state), 'and again').toEqual([1, 2, 3, 4])
})

it('the row of sums follows and cannot be typed into', async () => {
  const state = make()
  state.commit(1, first(state), '5')
  expect([state.blocks.total.value, state.blocks.row(2)?.times], 'it stands below the rows').toEqual([3, 6])
  state.commit(2, first(state), '9')
  expect(state.blocks.row(2)?.times, 'it stays').toBe(6)
  expect(await state.totalOf(['times']), 'the sum of the column leaves it out').toEqual({ times: 6 })
})

it('what cannot be read is counted and told at its cell', () => {
  const state = make()
  state.commit(0, first(state), '很多')
  expect(state.wrong.value, 'one cell').toBe(1)
  expect(state.pending({ id: 1 }, 'times'), 'with what was typed').toMatchObject({ text: '很多', state: 'failed' })
  expect(times(state)[0], 'the value of before').toBe(1)
})
