// @vitest-environment happy-dom
import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { createApp, ref, type App, type Ref } from 'vue'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json } from '../api/generated'
import { useHost, type Host } from '../api/host'
import type { Described, Field } from './describe'
import type { RowKey } from './keys'
import { useForm, type Form } from './useForm'

const field = (name: string, more: Partial<Field> = {}): Field =>
  ({ name, label: name, help: '', kind: 'text', of: null, required: false, max: null, section: '', listed: true, filter: false, search: false, secret: false, ...more })
const [name, count, person] = [field('name', { required: true }), field('count', { kind: 'int' }), field('person', { kind: 'ref', of: 'person' })]
const record = { name: 'station', label: '站点', key: ['name'], kept: [], link: false, view: false, fields: [name, count, person] } as unknown as Described

let app: App
let saved: Json[]
let refusing: unknown
let stored: Record<string, Json>
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5))

function rpc(command: string, payload: unknown): Promise<Json> {
  if (command === 'record.get') return Promise.resolve({ row: stored, title: String(stored.name), refs: { person: { '4': '赵一' } } })
  if (refusing) return Promise.reject(refusing)
  const { values } = payload as { values: Record<string, Json> }
  saved.push(payload as Json)
  stored = { ...stored, ...values }
  return Promise.resolve({ value: { id: 7, warnings: [] }, step: 1, tables: ['station'] })
}

function form(row: RowKey | null): Form {
  const key = ref(row) as Ref<RowKey | null>
  let made: Form | undefined
  app = createApp({ setup: () => ((made = useForm(record, () => [record], key)), () => null) })
  app.use(VueQueryPlugin, { queryClient: new QueryClient() }).mount(document.createElement('div'))
  return made as Form
}

beforeEach(() => {
  saved = []
  refusing = null
  stored = { id: 7, name: '东站', count: 3, person: 4 }
  useHost({ rpc } as unknown as Host)
})
afterEach(() => {
  app.unmount()
  useHost(null)
})

describe('a form', () => {
  it('stores only what changed, as the core reads it', async () => {
    const one = form(7)
    await settled()
    one.set(count, '１２', '１２')
    expect(one.isChanged.value, 'there is something to store').toBe(true)
    expect(await one.save(), 'taken').toBe(true)
    expect(saved, 'one field').toEqual([{ record: 'station', id: 7, values: { count: '12' } }])
    expect(one.isChanged.value, 'nothing is left').toBe(false)
  })
  it('is unchanged again once a value is put back', async () => {
    const one = form(7)
    await settled()
    one.set(name, '西站', '')
    one.set(name, '东站', '')
    expect(one.isChanged.value, 'as it was').toBe(false)
  })
  it('keeps what was typed where it is refused, with what is wrong at the field', async () => {
    refusing = { code: 'faults', message: '', hint: '', detail: '', faults: [{ field: 'count', label: '', weight: 'error', message: '太多', hint: '' }] }
    const one = form(7)
    await settled()
    one.set(count, '999', '')
    expect(await one.save(), 'not taken').toBe(false)
    expect([one.values.value.count, one.faults.value[0]?.message], 'typed and told').toEqual(['999', '太多'])
    one.set(count, '9', '')
    expect(one.faults.value, 'the fault goes once the field is changed').toEqual([])
  })
  it('keeps what was typed where the host is lost', async () => {
    const one = form(7)
    await settled()
    one.set(name, '新名', '')
    refusing = new TypeError('Failed to fetch')
    expect(await one.save(), 'not taken').toBe(false)
    expect(one.values.value.name, 'still there').toBe('新名')
  })
  it('duplicates a row without what tells it apart', async () => {
    const one = form(7)
    await settled()
    await one.duplicate()
    expect([one.key.value, one.values.value.name, one.values.value.count], 'new, without the key').toEqual([null, undefined, 3])
    expect(one.names.value.title('person', 4), 'titles are known still').toBe('赵一')
  })
  it('empties a field that was cleared', async () => {
    const one = form(7)
    await settled()
    one.set(count, '', '')
    await one.save()
    expect(saved, 'nothing stands for empty').toEqual([{ record: 'station', id: 7, values: { count: null } }])
  })
})
