/** The acts that the palette offers. */
import type { QueryClient } from '@tanstack/vue-query'
import type { Router } from 'vue-router'
import { actsOf } from '../../records/acts'
import type { Described } from '../../records/describe'
import { mayAdd } from '../../records/keys'
import { leave } from '../desk'
import { helpHere } from '../help/pages'
import { useLook } from '../look'
import { tell } from '../notices'
import { openAct, openForm, openHelp } from '../over'
import type { Place } from '../places'
import { may } from '../rights'
import { isTourWanted } from '../tour/useTour'
import { redo, undo } from '../undo'
import type { PaletteEntry } from './entries'

const entry = (label: string, spell: string, run: () => void, more: Partial<PaletteEntry> = {}): PaletteEntry => ({ key: `act:${label}`, label, note: '', spell, icon: 'right', run, ...more })

/** The acts that records bring: those that begin without a chosen row. */
export function recordActs(records: readonly Described[]): PaletteEntry[] {
  return records.flatMap((record) => {
    const own = actsOf(record.name).filter((act) => act.needs === 'none')
    const begin = (dialog: () => Promise<unknown>): void => void dialog().then((found) => (openAct.value = { record, dialog: found as never }), tell)
    return [
      ...own.map((act) => entry(act.label, '', () => begin(act.dialog), { note: record.label })),
      ...(mayAdd(record) ? [entry(`新增${record.label}`, 'xinzeng xz', () => (openForm.value = { record, key: null }))] : []),
    ]
  })
}

/** The acts of the frame itself. */
export function shellActs(client: QueryClient, router: Router): PaletteEntry[] {
  const { theme, size, contrast } = useLook()
  const dark = document.documentElement.dataset.theme === 'dark'
  const help = helpHere(router.currentRoute.value.path)
  return [
    ...(may('work') ? [entry('撤销上一步', 'chexiao cx', () => void undo(client), { keys: 'Ctrl Z' }), entry('重做', 'chongzuo cz', () => void redo(client), { keys: 'Ctrl Y' })] : []),
    entry('工作交接', 'gongzuojiaojie jj', () => void router.push('/handover')),
    entry('装入下级的上报文件', 'zhuangru zr shoujian sj', () => void router.push('/returns/inbox')),
    entry('用空白表制作报表任务', 'zhizuorenwu zzrw', () => void router.push('/returns/author')),
    entry('报表任务', 'baobiaorenwu bbrw', () => void router.push('/returns/tasks')),
    entry('报表序时分析', 'xushifenxi xsfx', () => void router.push('/returns/series')),
    entry('报表透视分析', 'toushifenxi tsfx', () => void router.push('/returns/pivot')),
    entry('通讯卡', 'tongxunka txk', () => void router.push('/returns/cards')),
    entry('现在备份', 'xianzaibeifen beifen bf', () => void router.push('/settings?do=backup')),
    entry('检查台账文件', 'jianchataizhangwenjian jianzha jc', () => void router.push('/settings?do=check')),
    entry(dark ? '改用浅色界面' : '改用深色界面', 'shense qianse', () => (theme.value = dark ? 'light' : 'dark')),
    entry(contrast.value ? '关闭高对比度' : '打开高对比度', 'gaoduibidu gdbd', () => (contrast.value = !contrast.value)),
    entry('放大文字', 'fangdawenzi fd', () => (size.value = Math.min(150, size.value + 10)), { keys: 'Ctrl +' }),
    entry('这一页的帮助', 'bangzhu bz', () => (openHelp.value = help), { keys: 'F1' }),
    entry('看一遍导览', 'daolan dl', () => void router.push('/').then(() => (isTourWanted.value = true))),
    entry('关闭台账', 'guanbitaizhang gb', () => void leave().catch(tell)),
  ]
}

/** The pages to go to. */
export const goTo = (places: readonly Place[], router: Router): PaletteEntry[] =>
  places.map(({ to, label, icon, spell, keys }) => ({ key: `to:${to}`, label, note: '', spell, icon, run: () => void router.push(to), ...(keys ? { keys } : {}) }))
