import { strict as assert } from 'node:assert'
import { journey, PASSWORD } from './harness.mjs'
import { dialogOf, frame, startPage } from './screen.mjs'

const OTHER = { name: '李四', password: 'vbq37lhtzy' }

/** The part of the settings page about accounts. */
function accountsPart(page) {
  const part = page.getByRole('region', { name: '账号与钥匙' })
  const row = (name) => part.getByRole('row').filter({ hasText: name })
  return {
    part,
    row,
    async add({ name, password }, role) {
      await part.getByRole('button', { name: '新增账号…' }).click()
      const box = dialogOf(page, '新增账号')
      await box.getByLabel('姓名', { exact: true }).fill(name)
      await box.getByRole('radio', { name: new RegExp(`^${role}`) }).check()
      await box.getByLabel('初始密码', { exact: true }).fill(password)
      await box.getByLabel('再输一遍', { exact: true }).fill(password)
      await box.getByRole('button', { name: '新增账号', exact: true }).click()
      await box.waitFor({ state: 'detached' })
    },
    async rekey() {
      await part.getByRole('button', { name: '换新钥匙…' }).click()
      const box = dialogOf(page, '换新钥匙')
      await box.getByRole('button', { name: '换新钥匙', exact: true }).click()
      const key = (await box.getByRole('status', { name: '恢复密钥' }).innerText()).trim()
      await box.getByRole('checkbox', { name: /我已经打印或抄下/ }).check()
      await box.getByRole('button', { name: '收好了' }).click()
      await box.waitFor({ state: 'detached' })
      return key
    },
  }
}

journey('accounts: one who only reads is added, the file gets a new key, and the reader opens it and is offered no writing', { demo: 'office' }, async (office) => {
  const { page } = office
  const [start, around, accounts] = [startPage(page), frame(page), accountsPart(page)]
  await around.ready()
  await around.go('设置')
  await accounts.row('正在使用').waitFor()
  assert.ok(await accounts.row('正在使用').getByRole('button', { name: /^停用/ }).isDisabled(), 'nobody removes their own account')
  await accounts.add(OTHER, '查阅')
  assert.equal(await page.evaluate('document.activeElement.textContent'), '新增账号…', 'the keys go on where they were before the dialog')
  await page.keyboard.press('F1')
  assert.equal(await dialogOf(page, '帮助').getByLabel('帮助目录').inputValue(), 'accounts', 'and the help is that of the accounts')
  await page.keyboard.press('Escape')
  assert.match(await accounts.row(OTHER.name).innerText(), /查阅/, 'the new one is listed with its role')
  await accounts.part.getByRole('button', { name: '修改 经办甲', exact: true }).click()
  const own = dialogOf(page, '修改账号：经办甲')
  await own.getByLabel('姓名', { exact: true }).fill('经办乙')
  await own.getByRole('button', { name: '保存', exact: true }).click()
  await page.getByText('经办人：经办乙').waitFor()

  await office.ask('account.rekey')
  await around.go('首页')
  await page.reload()
  const told = page.getByRole('region', { name: '恢复密钥还没有收好' })
  await told.getByRole('link', { name: '现在收好' }).click()
  const unnoted = dialogOf(page, '换新钥匙')
  await unnoted.getByRole('checkbox', { name: /我已经打印或抄下/ }).check()
  await unnoted.getByRole('button', { name: '收好了' }).click()
  await unnoted.waitFor({ state: 'detached' })
  await around.go('首页')
  await page.getByRole('heading', { name: '基本情况' }).waitFor()
  assert.equal(await told.count(), 0, 'once it is noted the first page says so no more')
  await around.go('设置')
  await accounts.row('正在使用').waitFor()
  const key = await accounts.rekey()
  assert.match(key, /^[0-9A-Z]{4}(-[0-9A-Z]{4}){8}$/, 'the new recovery key is shown')

  await around.palette('关闭台账')
  await page.getByRole('combobox', { name: '账号' }).selectOption(OTHER.name)
  await start.open(OTHER.password)
  await around.ready()
  assert.match(page.url(), /#\/$/, 'and begins at the first page, not where the other was')
  await around.go('设置')
  await accounts.row(OTHER.name).waitFor()
  assert.ok(await accounts.part.getByRole('button', { name: '新增账号…' }).isDisabled(), 'a reader manages nobody')
  await around.go('人员')
  await page.getByRole('heading', { name: '人员', level: 1 }).waitFor()
  assert.equal(await page.getByRole('button', { name: '新增人员' }).count(), 0, 'and is offered no writing')

  await page.keyboard.press('Control+l')
  const locked = dialogOf(page, '台账已锁定')
  await locked.getByText(OTHER.name).waitFor()
  await locked.getByLabel('打开密码').fill(PASSWORD)
  await locked.getByRole('button', { name: '解锁' }).click()
  await locked.getByText('密码不对').waitFor()
  await locked.getByLabel('打开密码').fill(OTHER.password)
  await locked.getByRole('button', { name: '解锁' }).click()
  await locked.waitFor({ state: 'detached' })

  await around.palette('关闭台账')
  await start.open(key, true)
  await around.ready()
  await around.go('设置')
  await page.getByText('现在是用恢复密钥打开的').waitFor()
})
