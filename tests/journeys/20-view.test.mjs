// A view that is given a name: what lies of it on the PC, where everybody can read it.
import { strict as assert } from 'node:assert'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { journey } from './harness.mjs'
import { frame, listPage } from './screen.mjs'

async function keepAView(office) {
  const { page } = office
  const list = listPage(page, '人员')
  const [somebody] = (await office.ask('record.list', { record: 'person', limit: 1, reveal: true })).rows
  await frame(page).go('人员')
  await list.ready()
  await page.getByLabel('查找人员').fill(somebody.name)
  await page.getByRole('button', { name: '＋ 筛选' }).click()
  const editor = page.getByRole('form', { name: '筛选条件' })
  await editor.getByLabel('按哪一栏筛选').fill('证件号码')
  await editor.getByRole('button', { name: '证件号码', exact: true }).click()
  await page.keyboard.type(somebody.id_number)
  await page.keyboard.press('Enter')
  await list.counts(1)
  await page.getByRole('button', { name: '视图', exact: true }).click()
  await page.getByRole('menuitem', { name: '把现在的筛选和列存为视图…' }).click()
  const dialog = page.getByRole('dialog', { name: '存为视图' })
  await dialog.getByText('查找的文字、“证件号码”的条件不会存进去').waitFor()
  await office.shoot('a-view-is-named')
  await dialog.getByLabel('视图名称').fill('常用')
  await dialog.getByRole('button', { name: '保存' }).click()
  await dialog.waitFor({ state: 'detached' })
  await page.waitForTimeout(1_500)
  const kept = readFileSync(join(office.folder, 'settings', 'preferences.json'), 'utf8')
  assert.ok(kept.includes('views:person') && kept.includes('常用'), 'the view is kept')
  for (const secret of [somebody.name, somebody.id_number]) assert.ok(!kept.includes(secret), `${secret} is not kept with it`)
}

journey('a view is kept without whom it was sought for', { demo: 'office' }, keepAView)
