import { expect, it } from 'vitest'
import type { Entry } from '../shell/MenuButton.vue'
import { fitsVeil, inOrder, type RecordAct } from './acts'

const act = (label: string, more: Partial<RecordAct> = {}): RecordAct => ({ label, needs: 'some', dialog: () => Promise.reject(new Error('not opened')), ...more })
const entry = ({ label, danger }: RecordAct): Entry => ({ label, run: () => undefined, danger: danger === true })
const [transfer, block, unblock, erase] = [act('转会'), act('封存', { apart: true }), act('解除封存', { apart: true, veiled: 'only' }), act('清除', { apart: true, danger: true, veiled: 'too' })]

it('a menu has the everyday acts first, then a line, and last what cannot be taken back', () => {
  const others = [{ label: '打开', run: () => undefined }, { label: '删除', run: () => undefined, danger: true }]
  const menu = inOrder([erase, block, transfer], entry, others)
  expect(menu.map(({ label }) => label), 'the order').toEqual(['转会', '打开', '封存', '删除', '清除'])
  expect(menu.filter(({ line }) => line).map(({ label }) => label), 'one line').toEqual(['封存'])
  expect(inOrder([block], entry).some(({ line }) => line), 'none over the first').toBe(false)
})

it('of rows that are veiled only what is meant for them is offered, and what lifts the veil of no others', () => {
  const offered = (veiled: boolean): string[] => [transfer, block, unblock, erase, act('入会', { needs: 'none' })].filter((one) => fitsVeil(one, veiled)).map(({ label }) => label)
  expect(offered(false), 'in use').toEqual(['转会', '封存', '清除', '入会'])
  expect(offered(true), 'veiled').toEqual(['解除封存', '清除', '入会'])
})
