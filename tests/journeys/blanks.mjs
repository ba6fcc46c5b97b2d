// Blanks as unions above send them, made here from nothing, and the ways in which a clerk makes tasks of them.
import { join } from 'node:path'
import { authorPage, frame, tasksPage } from './screen.mjs'
import { writeBlank } from './workbook.mjs'

/** A matrix with merged headings. */
export const MATRIX = {
  title: '会员分类情况',
  sheet: '附表1',
  framed: 3,
  merges: ['A1:E1', 'B2:E2', 'A3:A4', 'B3:C3', 'D3:E3'],
  widths: [18, 12, 12, 12, 12],
  rows: [
    ['会员分类情况月报表', '', '', '', ''],
    ['填报单位', '', '', '', ''],
    ['类别', '期末人数', '', '本期变动', ''],
    ['', '会员', '其中：女', '入会', '转出'],
    ['全部会员', '', '', '', ''],
    ['农民工会员', '', '', '', ''],
    ['其他会员', '', '', '', ''],
  ],
  /** What each cell counts, and where the shipped return of members has the same number. */
  counted: [['B5', '期末会员数', 'D13'], ['C5', '女会员', 'D14'], ['D5', '入会', 'D7'], ['E5', '转出', 'D9'], ['B6', '农民工会员', 'D15']],
  formula: ['B7', '=B5-B6'],
}

const HEADS = ['', '单位名称', '单位法人和其他组织统一社会信用代码', '单位地址', '单位所在政区', '单位性质类别', '经济类型', '单位所属行业', '职工人数', '工会名称', '工会法人和其他组织统一社会信用代码', '上级工会名称', '建会日期（格式：yyyy/MM/dd）', '基层工会类型', '会员人数', '工会负责人\n(法定代表人)', '联系电话']
const line = (...words) => HEADS.map((_, at) => words[at] ?? '')
const over = (from, to, row) => `${from}${row}:${to}${row}`
const FIRST = 6
const RESERVED = 9
const NOTE = FIRST + RESERVED

/** 工会组织信息采集表 as it is sent round: two rows of headings, examples printed in the first rows for data, a note at the end. */
export const UNIONS = {
  title: '梅塘县工会组织信息采集',
  sheet: '组织信息',
  first: FIRST,
  reserved: RESERVED,
  framed: 3,
  merges: [over('A', 'Q', 2), over('A', 'G', 3), over('H', 'M', 3), over('N', 'Q', 3), 'A4:A5', over('B', 'I', 4), over('J', 'Q', 4), over('A', 'Q', NOTE)],
  widths: [6, 22, 22, 26, 14, 16, 12, 18, 10, 26, 22, 22, 16, 16, 10, 14, 16],
  lists: [[`N${FIRST}:N${NOTE - 1}`, ['独立基层工会', '联合基层工会', '工会联合会', '总工会']]],
  rows: [
    line('附件一'),
    line('梅塘县工会组织信息采集表'),
    line('填表单位（盖章）：', '', '', '', '', '', '', '信息采集人（签字）：', '', '', '', '', '', '填报日期：'),
    line('序号', '工会组织所在单位信息', '', '', '', '', '', '', '', '工会组织信息'),
    HEADS,
    ...[1, 2].map((number) => HEADS.map((_, at) => (at === 0 ? String(number) : '11'))),
    ...Array.from({ length: RESERVED - 2 }, () => line()),
    line('填表说明：\n1．此表所列项目均为必填项。\n2．日期按“yyyy/MM/dd”填写。'),
  ],
}

/** Begins a task from a blank. */
async function begin(office, blank) {
  const { page } = office
  const author = authorPage(page)
  const path = join(office.folder, `${blank.sheet}（空白）.xlsx`)
  writeBlank(path, blank)
  await frame(page).go('报表')
  await page.getByRole('link', { name: '任务', exact: true }).click()
  await tasksPage(page).make()
  await office.give(path, author.choose)
  await author.ready()
  return { author, path }
}

async function saved(page, author, { title }) {
  await author.save()
  await frame(page).notice(`已保存任务“${title}”第 1 版。`)
  await page.getByRole('heading', { name: new RegExp(`^${title}`), level: 1 }).waitFor()
}

/** Makes the task of the matrix; `more` is what else is done before it is saved. */
export async function makeMatrix(office, more = async () => undefined) {
  const { author, path } = await begin(office, MATRIX)
  for (const [at, indicator] of MATRIX.counted) await author.counts(MATRIX.sheet, at, indicator)
  await author.formula(MATRIX.sheet, ...MATRIX.formula)
  await more(author)
  await saved(office.page, author, MATRIX)
  return path
}

/** Makes the task of the unions' sheet; `more` is what else is done before it is saved. */
export async function makeUnions(office, more = async () => undefined) {
  const { author, path } = await begin(office, UNIONS)
  await author.rowsOf(UNIONS.sheet, `B${UNIONS.first}`, '工会组织')
  await more(author)
  await saved(office.page, author, UNIONS)
  return path
}
