import { expect, it } from 'vitest'
import { columnsOf } from './columns'
import type { Described, Field } from './describe'
import { startView } from './view'

const field = (name: string): Field => ({ name, label: name, help: '', kind: 'text', of: null, required: false, max: null, section: '', listed: true, filter: false, search: false, secret: false })
const record = { name: 'station', label: '站点', order: ['name'], key: ['name'], kept: [], link: false, view: false, fields: [field('name')] } as unknown as Described
const locks = (veiled: boolean): string[] => columnsOf(record, { ...startView(record), veiled }, { terms: new Map(), titles: {} } as never).map(({ locked }) => locked)

it('what is veiled is not typed into, and the cell says the way out', () => {
  expect(locks(false), 'what is in use').toEqual([''])
  expect(locks(true)[0], 'what is blocked').toMatch(/已封存.*解除封存/)
})
