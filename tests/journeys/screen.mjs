// The pages as a clerk meets them: found by role and label, one function a page.
import { strict as assert } from 'node:assert'

/** The dialog that is open, by its title. */
export const dialogOf = (page, title) => page.getByRole('dialog', { name: title })

/** Fields inside of something, by their labels. */
export function fieldsOf(box) {
  const field = (label) => box.getByRole('textbox', { name: label, exact: true })
  return {
    field,
    async fill(label, text) {
      await field(label).fill(text)
      await field(label).blur()
    },
    /** Types into a field with a list, and takes the option of that name. */
    async pick(label, text) {
      const input = box.getByRole('combobox', { name: label, exact: true })
      await input.click()
      await input.fill(text)
      await box.getByRole('listbox', { name: label, exact: true }).getByRole('option', { name: text }).first().click()
      assert.equal(await input.inputValue(), text, `“${label}” holds what was picked`)
    },
    check: (label) => box.getByRole('checkbox', { name: label }).check(),
  }
}

/** What shows while no file is open. */
export function startPage(page) {
  return {
    async create({ name, code, clerk, password, path, backups }) {
      await page.getByRole('button', { name: /^新建台账/ }).click()
      await page.getByLabel('工会名称', { exact: true }).fill(name)
      await page.getByLabel('组织编号', { exact: true }).fill(code)
      await page.getByLabel('经办人', { exact: true }).fill(clerk)
      await page.getByLabel('打开密码', { exact: true }).fill(password)
      await page.getByLabel('再输一遍', { exact: true }).fill(password)
      await page.getByLabel('台账文件', { exact: true }).fill(path)
      await page.getByLabel(/^备份文件夹/).fill(backups)
      await page.getByRole('button', { name: '建账', exact: true }).click()
    },
    async recovery() {
      await page.getByRole('heading', { name: '记下恢复密钥' }).waitFor()
      return (await page.getByRole('status', { name: '恢复密钥' }).innerText()).trim()
    },
    async noted() {
      const on = page.getByRole('button', { name: '开始使用' })
      assert.ok(await on.isDisabled(), 'nobody goes on without having noted the recovery key')
      await page.getByRole('checkbox', { name: /我已经打印或抄下/ }).check()
      await on.click()
    },
    async open(secret, byKey = false) {
      await page.getByRole('heading', { name: '打开台账' }).waitFor()
      if (byKey) await page.getByRole('checkbox', { name: /忘了密码/ }).check()
      await page.getByLabel(byKey ? '恢复密钥' : '打开密码', { exact: true }).fill(secret)
      await page.getByRole('button', { name: '打开', exact: true }).click()
    },
  }
}

/** The frame around every page. */
export function frame(page) {
  return {
    ready: () => page.getByRole('navigation', { name: '导航' }).waitFor(),
    async go(label) {
      await page.getByRole('navigation', { name: '导航' }).getByRole('link', { name: label, exact: true }).click()
    },
    async palette(text) {
      await page.keyboard.press('Control+k')
      await page.getByRole('combobox', { name: '查找页面、业务、人员' }).fill(text)
      await page.getByRole('option', { name: text }).first().click()
    },
    notice: (words) => page.getByRole('region', { name: '提示', exact: true }).getByText(words).first().waitFor(),
    async endTour() {
      const tour = page.getByRole('dialog').filter({ hasText: '从这里进入各本台账' })
      await tour.waitFor()
      await page.keyboard.press('Escape')
      await tour.waitFor({ state: 'detached' })
    },
  }
}

/** A grid by its label: rows and columns counted from 0, the row numbers left out. */
export function gridOf(page, label) {
  const grid = page.getByRole('grid', { name: label, exact: true })
  const cell = (row, column) => grid.locator(`[role=row][aria-rowindex="${row + 2}"] [role=gridcell][aria-colindex="${column + 2}"]`)
  const columnOf = async (title) => {
    const heads = (await grid.getByRole('columnheader').allInnerTexts()).map((text) => text.split('\n')[0].trim())
    assert.ok(heads.includes(title), `the grid has a column “${title}” among ${heads.join('、')}`)
    return heads.indexOf(title) - 1
  }
  return {
    grid,
    cell,
    columnOf,
    rows: async () => Number(await grid.getAttribute('aria-rowcount')) - 1,
    /** Waits until there are so many rows. */
    counts: (many) => page.locator(`[role=grid][aria-label="${label}"][aria-rowcount="${many + 1}"]`).waitFor({ state: 'attached' }),
    async at(row, column) {
      await cell(row, column).filter({ hasText: /./ }).or(cell(row, column)).first().click({ position: { x: 6, y: 8 } })
    },
    async paste(text) {
      await page.evaluate((given) => navigator.clipboard.writeText(given), text)
      await page.keyboard.press('Control+v')
    },
  }
}

/** A record's list. */
export function listPage(page, label) {
  const grid = gridOf(page, label)
  return {
    ...grid,
    async ready() {
      await page.getByRole('heading', { name: label, exact: true, level: 1 }).waitFor()
      await grid.grid.waitFor()
    },
    /** Narrows the list to what one text finds, and chooses the only row. */
    async only(text) {
      await page.getByRole('searchbox', { name: `查找${label}` }).fill(text)
      await grid.counts(1)
      await grid.at(0, 0)
    },
    act: (name) => page.getByRole('button', { name, exact: true }).click(),
    async more(name) {
      await page.getByRole('button', { name: '更多', exact: true }).click()
      await page.getByRole('menuitem', { name }).click()
    },
  }
}

/** The dialog of a guided act. */
export function actDialog(page, title) {
  const box = dialogOf(page, title)
  return {
    box,
    ...fieldsOf(box),
    sentence: () => box.locator('.sentence').innerText(),
    async run(button) {
      await box.getByRole('button', { name: button, exact: true }).click()
      await box.waitFor({ state: 'detached' })
    },
  }
}

/** The import of a sheet. */
export function importWizard(page, label) {
  const box = dialogOf(page, `导入${label}`)
  return {
    box,
    async choose(path) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), box.getByRole('button', { name: /^(选择文件|换一个文件)$/ }).click()])
      await chooser.setFiles(path)
    },
    /** How many rows have a fate: 新增, 有变化, 相同, 有冲突, 有错误. */
    async count(fate) {
      return Number((await box.getByRole('tab', { name: new RegExp(`${fate}$`) }).innerText()).replace(/\D/g, ''))
    },
    /** Rows that name no union belong to this one. */
    async inUnit(name) {
      await box.getByRole('group').getByRole('button', { name: '不指定' }).click()
      const picker = page.getByRole('dialog', { name: '选择工会' })
      await picker.getByRole('searchbox', { name: '查找工会' }).fill(name)
      await picker.getByRole('button', { name, exact: true }).click()
      await picker.waitFor({ state: 'detached' })
    },
    open: (fate) => box.getByRole('tab', { name: new RegExp(`${fate}$`) }).click(),
    press: (name) => box.getByRole('button', { name }).click(),
  }
}

/** The workbook on the screen. */
export function reportPage(page) {
  const table = (name) => page.getByRole('grid', { name, exact: true })
  return {
    table,
    ready: () => page.getByRole('heading', { name: /报表$/, level: 1 }).filter({ hasText: /年/ }).waitFor(),
    tabs: () => page.getByRole('tab').allInnerTexts(),
    openTab: (name) => page.getByRole('tab', { name, exact: true }).click(),
    cells: (name, row) => table(name).locator(`[role=gridcell][data-at^="${row}-"]`).allInnerTexts(),
    write: () => page.getByRole('button', { name: '写出工作簿' }).click(),
  }
}

/** Who has reported, and from where a return is computed. */
export function boardPage(page) {
  const scope = page.getByRole('group', { name: '报送情况的范围' })
  const counts = page.getByRole('status').filter({ hasText: '应报' })
  return {
    ready: () => counts.waitFor(),
    task: (title) => scope.getByRole('combobox', { name: '任务' }).selectOption({ label: title }),
    counts: async () => (await counts.innerText()).replace(/\s+/g, ''),
    line: (name) => page.getByRole('region', { name: '报送情况', exact: true }).getByRole('row').filter({ hasText: name }).first(),
    compute: () => page.getByRole('button', { name: '运算', exact: true }).click(),
  }
}

/** One return: its sheet, what is to be explained, its sending. */
export function returnPage(page) {
  const aside = page.getByRole('complementary', { name: '审核与来源' })
  const items = aside.getByRole('article')
  const cell = (sheet, at) => page.locator(`[role=gridcell][data-spot="${sheet}!${at}"]`)
  return {
    aside,
    ready: () => aside.waitFor(),
    state: (words) => page.locator('.state').filter({ hasText: words }).waitFor(),
    act: (name) => page.getByRole('button', { name, exact: true }).click(),
    async sign(names) {
      await aside.getByRole('tab', { name: '签署' }).click()
      for (const [role, name] of Object.entries(names)) await aside.getByRole('textbox', { name: role }).fill(name)
      await aside.getByRole('button', { name: '保存签署人' }).click()
    },
    /** The rows of the block, each by the letters of its columns. */
    async lines(sheet, columns) {
      const many = await page.locator(`[role=gridcell][data-spot^="${sheet}!${columns[0]}#"]`).count()
      const line = (at) => Promise.all(columns.map((column) => page.locator(`[role=gridcell][data-spot="${sheet}!${column}#${at}"]`).innerText()))
      return Promise.all(Array.from({ length: many }, (_, at) => line(at))).then((rows) => rows.map((row) => row.map((text) => text.trim())))
    },
    tab: (name) => aside.getByRole('tab', { name }).click(),
    cell,
    value: async (sheet, at) => (await cell(sheet, at).innerText()).trim().split('\n')[0].replaceAll(',', ''),
    /** Types a number into a cell; one that is counted shows that it was typed over, one that is left for the hand does not. */
    async type(sheet, at, text, look = 'typed') {
      await cell(sheet, at).click()
      await page.keyboard.type(text)
      await page.keyboard.press('Tab')
      await page.locator(`[role=gridcell].${look}[data-spot="${sheet}!${at}"]`).filter({ hasText: text }).waitFor()
    },
    /** Writes an explanation wherever one is asked for; gives how many. */
    async explainAll(text) {
      const open = items.filter({ has: page.getByRole('textbox', { name: '说明原因' }) })
      const many = await open.count()
      for (let at = 0; at < many; at += 1) {
        const item = open.nth(at)
        await item.getByRole('textbox', { name: '说明原因' }).fill(text)
        await item.getByRole('button', { name: '保存说明' }).click()
        await item.getByText(/已说明$/).waitFor()
      }
      return many
    },
  }
}

/** The tasks that an office has. */
export function tasksPage(page) {
  const row = (title) => page.getByRole('region', { name: '任务清单' }).getByRole('row').filter({ hasText: title })
  return {
    row,
    make: () => page.getByRole('link', { name: '用空白表制作任务…' }).click(),
    load: () => page.getByRole('button', { name: '装入任务文件…' }).click(),
    async write(title, what) {
      await row(title).getByRole('button', { name: '写出' }).click()
      await page.getByRole('menuitem', { name: what }).click()
    },
  }
}

/** What came: files, their states, one of them opened. */
export function inboxPage(page) {
  const drawer = page.getByRole('dialog')
  return {
    drawer,
    choose: () => page.getByRole('button', { name: '装入文件…' }).click(),
    /** Takes away what is said of the files before, so that it is not taken for what is said of the next. */
    async forget() {
      const before = page.getByRole('button', { name: '不再显示' })
      if (await before.isVisible()) await before.click()
    },
    batch: (words) => page.locator('.batch').filter({ hasText: words }).waitFor(),
    receipt: (words) => page.getByRole('list', { name: '回执' }).getByText(words).first().waitFor(),
    state: (label) => page.getByRole('tablist', { name: '收件状态' }).getByRole('tab', { name: label }).click(),
    row: (title) => page.getByRole('region', { name: /^收件/ }).getByRole('row').filter({ hasText: title }),
    async open(title) {
      await this.row(title).first().getByRole('button').first().click()
      await drawer.waitFor()
    },
    act: (name) => drawer.getByRole('button', { name, exact: true }).click(),
    close: () => drawer.getByRole('button', { name: '关闭', exact: true }).last().click(),
  }
}

/** Making a task from a blank: the blank at the left, what the cell that is pointed at holds at the right. */
export function authorPage(page) {
  const panel = page.getByRole('complementary', { name: '设置' })
  const cell = (sheet, at) => page.locator(`[role=gridcell][data-spot="${sheet}!${at}"]`)
  const point = async (sheet, at, kind) => {
    await cell(sheet, at).click()
    await panel.getByRole('heading', { name: at, exact: true }).waitFor()
    await panel.getByRole('radio', { name: kind, exact: true }).check()
  }
  return {
    panel,
    cell,
    choose: () => page.getByRole('button', { name: '选择空白表…' }).first().click(),
    ready: () => panel.waitFor(),
    tab: (name) => panel.getByRole('tab', { name }).click(),
    /** Points at a cell and chooses what it counts. */
    async counts(sheet, at, indicator) {
      await point(sheet, at, '指标')
      await panel.getByRole('combobox', { name: '指标' }).fill(indicator)
      await panel.getByRole('option').filter({ has: page.locator('b').getByText(indicator, { exact: true }) }).first().click()
      await cell(sheet, at).filter({ hasText: indicator }).waitFor()
    },
    async formula(sheet, at, text) {
      await point(sheet, at, '公式')
      const field = panel.getByRole('textbox', { name: '公式（Excel 写法）' })
      await field.fill(text)
      await field.blur()
      await cell(sheet, at).filter({ hasText: text }).waitFor()
    },
    /** Points at the first row for data, and says whose rows they are. */
    async rowsOf(sheet, at, record) {
      await panel.getByRole('tab', { name: '逐行' }).click()
      await page.getByRole('grid', { name: sheet, exact: true }).locator(`[data-place="${at}"]`).click()
      await panel.getByRole('button', { name: /^第 \d+ 行起逐行$/ }).click()
      await panel.getByRole('radio', { name: /^台账里的一条/ }).check()
      await panel.getByRole('combobox', { name: '哪一种台账' }).selectOption({ label: record })
    },
    columns: () => panel.getByRole('tabpanel').locator('p').filter({ hasText: / 列 · / }).allInnerTexts(),
    async fill(label, text) {
      const field = panel.getByRole('textbox', { name: label })
      await field.fill(text)
      await field.blur()
    },
    save: () => page.getByRole('button', { name: /^保存为第 \d+ 版$/ }).click(),
  }
}
