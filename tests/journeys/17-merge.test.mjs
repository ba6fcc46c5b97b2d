import { strict as assert } from 'node:assert'
import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { journey } from './harness.mjs'
import { dialogOf, frame } from './screen.mjs'

journey('merge: another PC changed the same person; what contradicts is chosen, the rest comes, and one undo takes it out', { demo: 'office' }, async (office) => {
  const { page } = office
  const around = frame(page)
  await around.ready()
  const [person] = (await office.ask('record.list', { record: 'person', limit: 1 })).rows
  const theirs = join(office.folder, '乙电脑.unionbook')
  const { cli } = office
  await office.ask('desk.backup', { folder: office.folder }).then((copy) => ['', '.keys'].forEach((end) => copyFileSync(`${copy}${end}`, `${theirs}${end}`)))
  const other = { ...office.env, UNIONBOOK_HOME: join(office.folder, '乙的设置') }
  const there = (values, id) => cli.call({ ...office, env: other, passwords: office.passwords }, 'call', theirs, 'record.save', JSON.stringify({ record: 'person', ...(id ? { id } : {}), values }))
  await there({ name: '乙电脑登记' })
  await there({ job: '钳工' }, person.id)
  await office.ask('record.save', { record: 'person', id: person.id, values: { job: '电工' } })

  await around.go('设置')
  const part = page.getByRole('region', { name: '几台电脑一起用' })
  await part.getByRole('button', { name: '合并另一台电脑的台账…' }).click()
  const box = dialogOf(page, '合并另一台电脑的台账')
  await box.getByLabel('另一台电脑的台账', { exact: true }).fill(theirs)
  await box.getByRole('button', { name: '比对' }).click()
  await box.getByText('人员：新增 1 条').waitFor()
  const row = box.getByRole('row').filter({ hasText: '工种' })
  assert.match(await row.innerText(), /电工[\s\S]*钳工/, 'both words stand side by side')
  await office.shoot('merge')
  await row.getByRole('radio').nth(1).check()
  await box.getByRole('button', { name: '合并', exact: true }).click()
  await box.waitFor({ state: 'detached' })
  await part.getByRole('row').nth(1).waitFor()
  const job = async () => (await office.ask('record.get', { record: 'person', id: person.id })).row.job
  assert.equal(await job(), '钳工', 'the chosen word stands')
  assert.equal((await office.ask('record.list', { record: 'person', search: '乙电脑登记', limit: 5 })).rows.length, 1, 'the other’s person came')
  await page.keyboard.press('Control+z')
  await page.waitForFunction(async (id) => {
    const answer = await fetch('/rpc', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ command: 'record.get', payload: { record: 'person', id }, job: null }) })
    return (await answer.json()).row.job === '电工'
  }, person.id)
})
