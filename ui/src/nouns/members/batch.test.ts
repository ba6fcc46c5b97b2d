import { expect, it } from 'vitest'
import type { SheetRow } from '../sheet/cells'
import { isFilled, lacks } from './batch'

const row = (id: number, name: string | null, number: string | null): SheetRow => ({ id, name, id_number: number, sex: null, phone: null, employer: null, job: null, card_number: null })

it('rows that say nothing are passed over', () => {
  expect([row(1, null, null), { ...row(2, null, null), sex: 'male' }, row(3, '甲', null)].map(isFilled), 'a sex alone names nobody').toEqual([false, false, true])
})

it('a row without a name and a number given twice are told before anything is sent', () => {
  const found = lacks([row(1, '甲', '00000019900101001x'), row(2, null, '000000199001010023'), row(3, '乙', '00000019900101001X'), row(4, null, null)])
  expect([...found.keys()], 'the second row of the number, however its x is written').toEqual([2, 3])
})
