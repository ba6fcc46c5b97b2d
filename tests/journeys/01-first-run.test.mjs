import { strict as assert } from 'node:assert'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { journey, PASSWORD } from './harness.mjs'
import { frame, startPage } from './screen.mjs'

journey('first run: an office is made, its recovery key shown once, and the file opened again by password and by key', {}, async (office) => {
  const { page } = office
  const [start, around] = [startPage(page), frame(page)]
  const given = { name: '梅塘县霞坝镇总工会', code: '001', clerk: '经办甲', password: PASSWORD, path: office.file, backups: join(office.folder, '备份') }
  await start.create(given)
  const recovery = await start.recovery()
  assert.match(recovery, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){7,}/, 'the recovery key is there in groups of four')
  await start.noted()
  await around.ready()
  await around.endTour()

  await page.reload()
  await around.ready()
  assert.ok(!(await page.content()).includes(recovery), 'the recovery key is shown no second time')

  await around.palette('关闭台账')
  await start.open(`${PASSWORD}!`)
  await page.getByRole('alert').filter({ hasText: '密码不对，打不开台账。' }).waitFor()
  await start.open(PASSWORD)
  await around.ready()
  await around.palette('关闭台账')
  await start.open(recovery, true)
  await around.ready()

  const units = await office.stored('unit')
  assert.deepEqual(units.map(({ name, code, parent }) => [name, code, parent]), [[given.name, given.code, null]], 'the file holds the topmost union alone')
  assert.ok(existsSync(`${office.file}.keys`), 'its keys lie beside it')
})
