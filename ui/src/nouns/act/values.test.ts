import { expect, it } from 'vitest'
import type { Field } from '../../records/describe'
import { settled } from './values'

const field = (kind: Field['kind'], required = false): Field => ({ name: 'x', label: '某项', help: '', kind, of: null, required, max: null, section: '', listed: false, filter: false, search: false, secret: false })

it('typed numbers are stored in their measure, exactly', () => {
  expect(settled(field('money'), '1,234.5'), 'yuan to fen').toEqual({ value: 123450 })
  expect(settled(field('money'), '0.1'), 'no float rests').toEqual({ value: 10 })
  expect(settled(field('minutes'), '2.5'), 'hours to minutes').toEqual({ value: 150 })
  expect(settled(field('int'), '１２'), 'full-width digits').toEqual({ value: 12 })
})

it('what cannot be stored exactly is told', () => {
  for (const [kind, text] of [['money', '1.234'], ['int', '1.5'], ['int', '-3'], ['money', '十元'], ['day', '2026-02-30'], ['day', '昨天']] as const) expect(settled(field(kind), text), `${kind} “${text}”`).toHaveProperty('fault')
})

it('a required field that is empty is asked for, another one is nothing', () => {
  expect(settled(field('text', true), '  '), 'blanks are nothing').toEqual({ fault: '请填写某项' })
  expect(settled(field('ref', true), null), 'a choice is asked for as one').toEqual({ fault: '请选择某项' })
  expect(settled(field('text'), ''), 'an optional one').toEqual({ value: null })
  expect(settled(field('bool', true), null), 'a box that was not ticked is no').toEqual({ value: false })
})
