import { strict as assert } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { downloaded, journey } from './harness.mjs'
import { daysAgo, idNumber, misread } from './people.mjs'
import { frame, importWizard, listPage } from './screen.mjs'
import { read } from './workbook.mjs'

const joined = daysAgo(50)
const wide = (text) => text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
const narrow = (text) => text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
/** Twelve people as a grass-roots office sends them: spaces in names, full-width digits, days in several forms. */
const people = Array.from({ length: 12 }, (_, at) => ({ name: `岑${'甲乙丙丁戊己庚辛壬癸子丑'[at]}岚`, number: idNumber(`19${75 + at}0${1 + (at % 9)}1${at % 8}`, 201 + at) }))
const days = [joined, joined.replaceAll('-', '/'), joined.replaceAll('-', '.'), joined.replace(/(\d+)-(\d+)-(\d+)/, '$1年$2月$3日')]
const lineOf = ({ name, number }, at) => [at + 1, at % 3 === 1 ? ` ${name[0]} ${name.slice(1)} ` : name, at % 4 === 2 ? wide(number.slice(0, -1)) + number.slice(-1) : number, '入会', days[at % days.length]].join(',')
const sheet = (lines, foot = '') => `\uFEFF工会会员名册,,,,\n填报单位：本会,,,,\n序号,姓 名,证件号码（身份证）,会籍变化类型,会籍变化日期\n${lines.join('\n')}\n,,,,\n${foot}`

/** The same with a wrong check digit, a name left out and a day that does not exist. */
function ugly() {
  const lines = people.map(lineOf)
  lines[3] = lines[3].replace(people[3].number, misread(people[3].number))
  lines[6] = lines[6].replace(/,[^,]*/, ',')
  lines[8] = lines[8].replace(/[^,]*$/, '2026-02-30')
  return lines
}

journey('an ugly roster: faults told by row, the sound rows taken, the mended file imported again', { demo: 'office' }, async (office) => {
  const { page } = office
  const [around, list, wizard] = [frame(page), listPage(page, '会员'), importWizard(page, '会员')]
  const [unit] = (await office.ask('record.list', { record: 'unit', filters: [{ field: 'parent', op: 'not_empty' }] })).rows
  const path = join(office.folder, '名册.csv')
  writeFileSync(path, sheet(ugly(), '合计,12人,,,\n'))
  await around.go('会员')
  await list.ready()
  await list.more(/^导入/)
  await wizard.choose(path)
  await wizard.inUnit(unit.name)
  await wizard.box.getByRole('button', { name: '导入 9 行' }).waitFor()
  assert.deepEqual([await wizard.count('新增'), await wizard.count('有错误')], [9, 4], 'nine rows are sound; three are not, and the row of totals is nobody')
  const told = await wizard.box.locator('table').innerText()
  for (const words of [/校验|身份证/, /姓名/, /日期/]) assert.match(told, words, 'each fault is told at its column')

  const errors = read(await downloaded(office, async () => {
    await wizard.press('导入，并把没导入的行存为错误清单')
    await wizard.box.getByText('已导入 9 行。').waitFor()
    await wizard.press('打开错误清单')
  }))
  const bad = [people[3], people[6], people[8]].flatMap(({ name, number }) => [name, number, misread(number)])
  const returned = [...errors.values()].flat().filter((row) => row.some((cell) => bad.includes(narrow(cell))))
  assert.equal(returned.length, 3, 'the three rows came back in the error workbook')
  assert.ok(![...errors.values()].flat(2).map(narrow).includes(people[0].number), 'and none that was taken')
  await wizard.press('完成')
  await wizard.box.waitFor({ state: 'detached' })

  writeFileSync(path, sheet(people.map(lineOf)))
  await list.more(/^导入/)
  await wizard.choose(path)
  await wizard.inUnit(unit.name)
  await wizard.box.getByRole('button', { name: '导入 3 行' }).waitFor()
  assert.deepEqual([await wizard.count('新增'), await wizard.count('有错误'), await wizard.count('相同')], [3, 0, 9], 'only the mended rows are new')
  await wizard.press('导入 3 行')
  await wizard.box.getByText('已导入 3 行。').waitFor()
  await wizard.press('完成')
  await page.getByRole('searchbox', { name: '查找会员' }).fill(people[3].name)
  await list.counts(1)

  for (const { name, number } of people) {
    const [person, ...again] = await office.stored('person', { name }, { reveal: true })
    assert.deepEqual([again.length, person?.id_number], [0, number], `${name} is entered once, the number as it ought to be`)
    const members = await office.stored('member', { person: person.id })
    assert.deepEqual(members.map((member) => [member.unit, member.state, member.joined]), [[unit.id, 'active', joined]], `${name} joined once`)
  }
})
