/** What whoever has the file open may do. The core refuses; here it is not offered in the first place. */
import type { ObjectDirective } from 'vue'
import type { OpenOffice } from '../api/generated'
import { office } from './desk'

/** What an act needs, as the core declares it of each command. */
export type Right = 'read' | 'work' | 'enter' | 'approve' | 'manage'

/** A role, by its word. */
export type Role = OpenOffice['role']

/** The roles as offices call them, each with what it may do. */
export const ROLES: readonly (readonly [Role, label: string, note: string])[] = [
  ['admin', '管理员', '什么都能办，包括账号和钥匙'],
  ['clerk', '经办', '登记、修改、导入和填报，不能审核、上报'],
  ['auditor', '审核', '审核、签署、上报、接收和汇总报表，不能登记、修改'],
  ['reader', '查阅', '只能查看、打印和导出'],
]

/** What a role is called. */
export const roleLabel = (role: Role): string => ROLES.find(([word]) => word === role)?.[1] ?? ''

const HOLDERS: Readonly<Record<Right, string>> = { read: '', work: '管理员、经办或审核', enter: '管理员或经办', approve: '管理员或审核', manage: '管理员' }

/** Whether whoever has the file open has a right; before one is open nothing is held back. */
export const may = (right: Right): boolean => office.value?.rights.includes(right) ?? true

/** Why an act is not offered; empty where it is. */
export const whyNot = (right: Right): string => (may(right) || !office.value ? '' : `这一项由${HOLDERS[right]}办理；您的角色是“${roleLabel(office.value.role)}”。`)

/** Whether a step may be taken back: one's own, and by a 管理员 anybody's. */
export const mayUndo = (clerk: string): boolean => may('manage') || (may('work') && office.value?.clerk === clerk)

function hold(element: HTMLElement, right: Right): void {
  const why = whyNot(right)
  if (!why) return
  if (element instanceof HTMLButtonElement || element instanceof HTMLInputElement) element.disabled = true
  element.title = why
}

/** Disables a button whose act needs a right that is lacking, and says why: `v-right="'approve'"`. */
export const vRight: ObjectDirective<HTMLElement, Right> = {
  mounted: (element, { value }) => hold(element, value),
  updated: (element, { value }) => hold(element, value),
}
