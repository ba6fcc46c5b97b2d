// Where to look: every page, and what opens over pages. Each place is a name and the way there.
export const rpc = (page, command, payload = {}) =>
  page.evaluate((body) => fetch('/rpc', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, job: null }) }).then((answer) => answer.json()), { command, payload })

const open = (address, wait = 900) => async (page) => {
  await page.evaluate((to) => (location.hash = to), address)
  await page.waitForTimeout(wait)
}
const press = (keys, wait = 600) => async (page) => (await page.keyboard.press(keys), await page.waitForTimeout(wait))
const choose = (name, wait = 500) => async (page) => (await page.getByRole('button', { name, exact: typeof name === 'string' }).first().click(), await page.waitForTimeout(wait))
const then = (...ways) => async (page) => {
  for (const way of ways) await way(page)
}
/** A page whose address names a row of a record. */
const openOf = (record, filters, address, wait = 1200) => async (page) => {
  const { rows } = await rpc(page, 'record.list', { record, filters, limit: 1 })
  await open(address(rows[0]), wait)(page)
}
/** The sheet that holds most hours of those that were held last. */
const openHours = async (page) => {
  const { rows } = await rpc(page, 'record.list', { record: 'service', order: ['-activity'], limit: 1 })
  await open(`#/activities/${rows[0].activity}/hours`, 1200)(page)
}
const openPeople = async (page) => {
  const { rows } = await rpc(page, 'record.list', { record: 'participation', limit: 1 })
  await open(`#/activities/${rows[0].activity}/people`, 1200)(page)
}
const openVisits = async (page) => {
  const { rows } = await rpc(page, 'record.list', { record: 'visit', order: ['-day'], limit: 1 })
  await open(`#/stations/${rows[0].station}/visits`, 1200)(page)
  await choose('上一月', 900)(page)
}
const openForm = (record) => openOf(record, record === 'member' ? [{ field: 'state', op: 'is', value: 'active' }] : [], (row) => `#/records/${record}?open=${row.id}`)
const more = (entry) => then(choose('更多', 300), async (page) => (await page.getByRole('menuitem', { name: entry }).click(), await page.waitForTimeout(900)))
const shut = async (page) => {
  while ((await page.locator('dialog[open]').count()) > 0) await press('Escape', 150)(page)
}

/** The check digit of an id number's first 17 (GB 11643). */
const checked = (number) => number + '10X98765432'[[...number].reduce((sum, digit, at) => sum + Number(digit) * 2 ** (17 - at), 0) % 11]

/** A roster as offices have it: some new, some known, one number with a wrong check digit. */
const roster = async (page) => {
  const { rows } = await rpc(page, 'record.list', { record: 'member', limit: 3 })
  const unit = await rpc(page, 'record.get', { record: 'unit', id: rows[0].unit })
  const known = (await Promise.all(rows.map((row) => rpc(page, 'record.get', { record: 'person', id: row.person, reveal: true })))).map(({ row }) => [row.name, row.id_number])
  const fresh = [['覃榆霜', checked('00000019920229204')], ['闻人静', checked('00000019881103322')], ['桑吉措', checked('00000019950515001')], ['吉木阿依', '000000199003120029'], ['车凤兰', '00000019791201']]
  const lines = [['姓名', '证件号码', '所在工会', '会籍变化日期', '手机型号'], ...known.map((one) => [...one, unit.title, '', '']), ...fresh.map((one) => [...one, unit.title, '2026-10-08', ''])]
  return { name: '会员名册.csv', mimeType: 'text/csv', buffer: Buffer.from(`\ufeff${lines.map((line) => line.join(',')).join('\r\n')}`) }
}
const openImport = async (page) => {
  await then(shut, open('#/records/member'), more(/^导入/))(page)
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: '选择文件' }).click()])
  await chooser.setFiles(await roster(page))
  await page.waitForTimeout(2500)
}

/** The places of an open office. */
export const places = [
  ['home', open('#/', 1500)],
  ['palette', then(open('#/'), press('Control+k'))],
  ['palette-found', async (page) => (await page.keyboard.type('wj'), await page.waitForTimeout(600))],
  ['palette-form', then(press('ArrowDown'), press('Enter', 900))],
  ['timeline', then(shut, open('#/timeline', 1500))],
  ['settings', open('#/settings')],
  ['password', choose('更换密码…')],
  ['check', open('#/settings?do=check', 2400)],
  ['help', open('#/help/members')],
  ['units', open('#/units', 1500)],
  ['reports', open('#/reports', 2000)],
  ['members', open('#/records/member', 1500)],
  ['help-drawer', press('F1')],
  ['import', openImport],
  ['transfer', then(shut, open('#/'), open('#/records/member', 1200), more(/^办理转会/))],
  ['join', then(shut, choose('办理入会…', 900))],
  ['filter', then(shut, choose(/筛选/))],
  ['columns', then(shut, press('Escape', 200), choose('列'))],
  ['batch', then(shut, open('#/members/join'))],
  ['form', openForm('member')],
  ['form-acts', choose('办理', 300)],
  ['form-person', then(shut, openForm('person'))],
  ['form-activity', then(shut, openForm('activity'))],
  ['people', then(shut, openPeople)],
  ['hours', openHours],
  ['visits', openVisits],
  ['map', open('#/stations/map', 1500)],
  ['stations', open('#/records/station', 1200)],
  ['sign-in', openOf('activity', [], ({ id }) => `#/print/sign-in/${id}`)],
  ['application', openOf('member', [], ({ id }) => `#/print/application/${id}`)],
  ['card', openOf('member', [], ({ id }) => `#/print/member/${id}`)],
]

const start = (name) => async (page) => (await page.getByRole('button', { name }).click(), await page.waitForTimeout(300))

/** The places of the page that shows while no office is open. */
export const startPlaces = [
  ['start-open', start(/^打开台账/)],
  ['start-create', start(/^新建台账/)],
  ['start-demo', start(/^用示例试用/)],
]

/** The pictures of the user guide: the name that its pages give each, and the place that it shows. */
export const pictures = [
  ['home', 'home'],
  ['timeline', 'timeline'],
  ['monthly', 'reports'],
  ['units', 'units'],
  ['members', 'members'],
  ['import', 'import'],
  ['form', 'form-acts'],
  ['activity', 'people'],
  ['hours', 'hours'],
  ['visits', 'visits'],
  ['map', 'map'],
]

/** The way to a place from wherever the page is: places that open over others need those first. */
export const wayTo = (name) => {
  const found = Object.fromEntries(places)
  return name === 'form-acts' ? then(shut, found.form, found[name]) : then(shut, found[name])
}
