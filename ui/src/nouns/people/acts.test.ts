import { expect, it } from 'vitest'
import { noNames } from '../../fields/look'
import type { Field } from '../../records/describe'
import { differences } from './acts'

const field = (name: string, kind: Field['kind'] = 'text'): Field => ({ name, label: name, help: '', kind, of: null, required: false, max: null, section: '', listed: false, filter: false, search: false, secret: false })

it('two records of one person are told apart field by field, what is empty too', () => {
  const fields = [field('name'), field('phone'), field('job'), field('entered', 'entered')]
  const found = differences(fields, { name: '甲', phone: null, job: '电工', entered: 1 }, { name: '甲', phone: '1', entered: 2 }, noNames)
  expect(found, 'the same name and the moment of entry are no difference').toEqual([
    { label: 'phone', text: '（空） ← 1' },
    { label: 'job', text: '电工 ← （空）' },
  ])
})
