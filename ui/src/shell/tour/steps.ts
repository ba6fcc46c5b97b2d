/** What the tour points at and says. */
import type { DriveStep } from 'driver.js'

const STEPS: readonly DriveStep[] = [
  { element: '#places', popover: { title: '从这里进入各本台账', description: '每本台账都是一张表：可以像在 Excel 里一样选中、复制、粘贴、向下填充。', side: 'right', align: 'start' } },
  { element: '#palette-button', popover: { title: '找人找事，按 Ctrl+K', description: '输入姓名、拼音、首字母或手机尾号，也可以输入要办的事，例如“入会”。', side: 'right', align: 'start' } },
  { element: '#page', popover: { title: '首页告诉您本月要办什么', description: '点任何一个数，就打开它背后的名单。' } },
  { element: '#foot a[href$="timeline"]', popover: { title: '做错了不要紧', description: '按 Ctrl+Z 撤销上一步；在“操作记录”里可以撤销以前的操作，导入的整本名册也行。', side: 'right', align: 'end' } },
  { element: '#foot a[href$="help"]', popover: { title: '随时按 F1', description: '打开与当前页面对应的帮助。现在可以从导入一本会员名册开始。', side: 'right', align: 'end' } },
]

/** Gives the steps; those whose place is not on the page are left out. */
export const steps = (): DriveStep[] => STEPS.filter(({ element }) => typeof element === 'string' && document.querySelector(element))
