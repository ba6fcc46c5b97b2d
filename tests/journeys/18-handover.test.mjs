import { strict as assert } from 'node:assert'
import { join } from 'node:path'
import { journey } from './harness.mjs'
import { frame, startPage } from './screen.mjs'

const NEXT = { name: '李四', password: 'vbq37lhtzy' }

journey('handover: the list is looked at, the parcel made, taken over and opened by the successor; the file is tried on copies', { demo: 'office' }, async (office) => {
  const { page } = office
  const [start, around] = [startPage(page), frame(page)]
  await around.ready()
  await office.ask('account.add', { name: NEXT.name, role: 'admin', password: NEXT.password })
  await around.palette('工作交接')
  await page.getByRole('heading', { name: '工作交接', level: 1 }).waitFor()
  await page.getByRole('region', { name: '账号与钥匙' }).getByRole('row').filter({ hasText: `账号：${NEXT.name}` }).waitFor()
  await page.getByLabel('接收人').fill(NEXT.name)
  await office.shoot('handover')
  const list = await office.place(() => page.getByRole('button', { name: '写出交接清单…' }).click())
  assert.match(list, /工作交接清单-.+\.pdf$/, 'the list to sign is written')
  const parcel = await office.place(() => page.getByRole('button', { name: '制作交接包…' }).click())
  assert.match(parcel, /工作交接包-.+\.zip$/, 'the parcel is made')
  const seal = page.getByRole('status').filter({ hasText: '交接包的封条指纹' })
  const print = (await seal.locator('b').innerText()).trim()
  assert.match(print, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){3}$/, 'whose seal it has is shown, to be compared')
  await page.getByRole('region', { name: '账号与钥匙' }).getByRole('row').filter({ hasText: `指纹 ${print}` }).waitFor()
  await office.shoot('handover-packed')

  await around.go('设置')
  const trial = page.getByRole('region', { name: '自检' })
  await trial.getByRole('button', { name: '开始自检' }).click()
  await trial.getByText('6 样全部通过').waitFor({ timeout: 60_000 })
  await office.shoot('trials')

  await around.palette('关闭台账')
  await page.getByRole('button', { name: '打开别处的台账文件…' }).click()
  await page.getByLabel('台账文件', { exact: true }).fill(parcel)
  await page.getByText('封条完好').waitFor()
  await page.getByText(print).waitFor()
  const to = join(office.folder, '接手的台账.unionbook')
  await page.getByLabel('放到本机').fill(to)
  await office.shoot('parcel')
  await page.getByRole('button', { name: '接收', exact: true }).click()
  await page.getByRole('combobox', { name: '账号' }).selectOption(NEXT.name)
  await start.open(NEXT.password)
  await around.ready()
  const { office: open } = await office.ask('desk.state')
  assert.deepEqual([open.path, open.clerk], [to, NEXT.name], 'the successor works on their own file')

  const left = page.getByRole('region', { name: /^接手后还要办的事/ })
  const line = left.getByRole('listitem').filter({ hasText: '更换签名钥匙' })
  await line.getByRole('link', { name: /^去办/ }).waitFor()
  await office.shoot('after-handover')

  await around.go('报表')
  await page.getByRole('link', { name: '通讯卡' }).click()
  const card = page.getByRole('region', { name: '本机通讯卡' })
  const before = await card.locator('.print').getAttribute('aria-label')
  await page.getByRole('button', { name: '更换签名钥匙…' }).click()
  await office.shoot('renew')
  await page.getByRole('dialog').getByRole('button', { name: '更换签名钥匙', exact: true }).click()
  await page.getByText('已更换签名钥匙').waitFor()
  assert.notEqual(await card.locator('.print').getAttribute('aria-label'), before, 'another key has another fingerprint')
  await page.getByText('（本单位别的电脑，或以前的）').first().waitFor()
  await office.shoot('cards')
  await around.go('首页')
  await line.getByText('（已办）').waitFor()
  assert.equal(await line.getByRole('link').count(), 0, 'what was done is ticked')
  await left.getByRole('button', { name: '都办好了，不再提示' }).click()
  await left.waitFor({ state: 'detached' })
})
