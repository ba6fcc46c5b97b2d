// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from 'vitest'
import { createApp, h, nextTick, ref, withDirectives } from 'vue'
import type { OpenOffice } from '../api/generated'
import { office } from './desk'
import { may, mayUndo, vRight, whyNot, type Role } from './rights'

const as = (role: Role, rights: readonly string[]): OpenOffice => ({
  path: '/d/a.unionbook', file: 'a.unionbook', name: '甲', unit: 1, clerk: '乙', role, rights: [...rights], by_recovery: false, unnoted: false, backups: null, arrival: null,
  kept: { last: null, changed: false, failed: null }, lost: null,
})

afterEach(() => (office.value = null))

describe('what is offered', () => {
  it('follows the rights that the core tells', () => {
    expect(may('manage'), 'before a file is open nothing is held back').toBe(true)
    office.value = as('auditor', ['read', 'work', 'approve'])
    expect([may('read'), may('enter'), may('approve'), may('manage')], '审核').toEqual([true, false, true, false])
    expect(whyNot('enter'), 'who may, and what one is').toBe('这一项由管理员或经办办理；您的角色是“审核”。')
    expect(whyNot('approve'), 'what is offered needs no reason').toBe('')
  })
  it('lets one take back one’s own steps, and an admin anybody’s', () => {
    office.value = as('clerk', ['read', 'work', 'enter'])
    expect([mayUndo('乙'), mayUndo('丙')], '经办').toEqual([true, false])
    office.value = as('admin', ['read', 'work', 'enter', 'approve', 'manage'])
    expect(mayUndo('丙'), '管理员').toBe(true)
    office.value = as('reader', ['read'])
    expect(mayUndo('乙'), '查阅 has no steps').toBe(false)
  })
  it('disables a button with the reason, and again after the page changed', async () => {
    office.value = as('reader', ['read'])
    const label = ref('上报')
    const place = document.createElement('div')
    const app = createApp(() => withDirectives(h('button', { disabled: false }, label.value), [[vRight, 'approve']]))
    app.mount(place)
    const button = place.querySelector('button')
    expect([button?.disabled, button?.title], 'held back').toEqual([true, '这一项由管理员或审核办理；您的角色是“查阅”。'])
    label.value = '上报…'
    await nextTick()
    expect([button?.disabled, button?.textContent], 'still').toEqual([true, '上报…'])
    app.unmount()
  })
})
