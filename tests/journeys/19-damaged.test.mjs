import { strict as assert } from 'node:assert'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { journey } from './harness.mjs'
import { dialogOf, frame, startPage } from './screen.mjs'

journey('damaged: a file that no longer opens is said so, and a backup is put in its place from the start page', { demo: 'office' }, async (office) => {
  const { page } = office
  const [start, around] = [startPage(page), frame(page)]
  await around.ready()
  const folder = join(office.folder, '备份')
  mkdirSync(folder)
  await office.ask('desk.backups', { folder })
  await office.ask('desk.backup', { folder })
  const count = async () => (await office.ask('record.list', { record: 'person', count: true, limit: 1 })).total
  const people = await count()
  await around.palette('关闭台账')
  await page.getByRole('heading', { name: '打开台账' }).waitFor()
  const bytes = readFileSync(office.file)
  bytes.fill(0x5a, 0, bytes.length / 2)
  writeFileSync(office.file, bytes)

  await start.open(office.password)
  const restore = page.getByRole('button', { name: '用备份恢复…' })
  await restore.waitFor()
  assert.match(await page.getByText('文件已损坏').innerText(), /打不开/, 'it is said')
  await restore.click()
  const box = dialogOf(page, '用备份恢复')
  await box.getByRole('radio').first().waitFor()
  await office.shoot('damaged')
  await box.getByLabel('备份那时的密码').fill(office.password)
  await box.getByRole('button', { name: '恢复', exact: true }).click()
  await around.ready()
  assert.equal(await count(), people, 'everybody is back')

  await around.palette('关闭台账')
  await page.getByRole('heading', { name: '打开台账' }).waitFor()
  for (const end of ['', '.keys']) renameSync(`${office.file}${end}`, join(office.folder, `移走的.unionbook${end}`))
  await page.reload()
  const gone = page.getByRole('button', { name: /文件不在了/ })
  await gone.click()
  await page.getByText('这个文件不在原来的地方了').waitFor()
  await office.shoot('gone')
  await restore.click()
  await box.getByRole('radio').first().waitFor()
  await office.shoot('gone-restore')
  await box.getByLabel('备份那时的密码').fill(office.password)
  await box.getByRole('button', { name: '恢复', exact: true }).click()
  await around.ready()
  assert.equal(await count(), people, 'and again, where the file itself is gone')
})
