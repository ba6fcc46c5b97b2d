//! Workbooks as offices without the product send them.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::*;
use crate::error::Error;

fn put(page: &mut Worksheet, rows: &[(u32, u16, &str)]) {
    for (row, column, text) in rows {
        page.write(*row, *column, *text).expect("fits");
    }
}

fn saved(mut book: Workbook) -> Vec<u8> {
    book.save_to_buffer().expect("saved")
}

/// The form filled by hand: rows moved and swapped, a column put in, headings merged anew, sheets renamed, numbers as texts.
fn by_hand(title: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let bold = Format::new().set_bold();
    let page = book.add_worksheet().set_name("Sheet1").expect("a name");
    page.merge_range(0, 0, 0, 6, title, &bold).expect("merged");
    put(page, &[(2, 0, "填报单位（盖章）： 城关镇总工会        报告期：2026 年 10 月"), (3, 1, "单位代码"), (3, 2, "000123")]);
    page.merge_range(5, 4, 5, 5, "人数", &bold).expect("merged");
    page.merge_range(5, 1, 6, 1, "指标名称", &bold).expect("merged");
    put(page, &[(5, 0, "类别"), (5, 2, "计量单位"), (5, 3, "行次"), (6, 4, "合计"), (6, 5, "女")]);
    put(page, &[(8, 1, "一、本期增加"), (8, 2, "人"), (8, 4, "１２"), (8, 5, "5人")]);
    put(page, &[(10, 1, "期初会员"), (10, 2, "人"), (10, 4, "1,100"), (10, 5, "约30")]);
    put(page, &[(11, 1, "本期减少（人）"), (11, 4, "2000万"), (11, 5, "—")]);
    put(page, &[(12, 1, "志愿服务时长"), (12, 2, "小时"), (12, 4, "12.5小时")]);
    put(page, &[(13, 1, "期末会员"), (15, 1, "情况说明"), (15, 4, " 无异常 ")]);
    page.write(13, 4, 999).expect("fits");
    let page = book.add_worksheet().set_name("明细 (2)").expect("a name");
    page.merge_range(0, 0, 0, 5, "基层工会会员报表", &bold).expect("merged");
    put(page, &[(3, 0, "单位名称"), (3, 1, "会员数"), (3, 2, "单位类型"), (3, 3, "单位代码"), (3, 4, "会费（元）"), (3, 5, "备注")]);
    put(page, &[(4, 0, "甲厂工会"), (4, 1, "60名"), (4, 2, "企业 "), (4, 3, "000124"), (4, 4, "1,200.50元")]);
    put(page, &[(5, 0, "乙校工会"), (5, 1, "四十九"), (5, 2, "中学"), (5, 3, "000125")]);
    page.write(5, 4, 0).expect("fits");
    put(page, &[(6, 0, "合 计"), (6, 1, "109")]);
    page.merge_range(7, 0, 7, 5, "说明：一行填一个单位。", &bold).expect("merged");
    put(page, &[(8, 0, "填表人：李红")]);
    book.add_worksheet().set_name("草稿").expect("a name").write(0, 0, "随手记").expect("fits");
    saved(book)
}

fn others() -> Vec<Task> {
    let mut other = task();
    other.key = "stations".into();
    other.title = "户外劳动者服务站点".into();
    for (cell, label) in
        other.tables[0].cells.iter_mut().zip(["站点数", "新建", "撤销", "服务人次", "接待", "开放", "累计", "在建", "时长", "其他"])
    {
        cell.label = label.into();
    }
    vec![other, task()]
}

#[test]
fn a_form_filled_by_hand_is_understood_and_what_is_not_is_named() {
    let tasks = others();
    let found = recognise(&tasks, "城关镇2026年9月报表.xlsx", &by_hand("基层工会会员报表")).expect("recognised");
    assert_eq!(found.task, 1, "told by its words, not by its place or its sheets' names");
    assert_eq!((found.unit.as_deref(), found.code.as_deref()), (Some("城关镇总工会"), Some("000123")), "whose it is");
    assert_eq!(found.period.as_deref(), Some("2026-10"), "the heading line counts");
    assert!(found.notes.iter().any(|note| note.contains("2026年9月")), "the file's name says otherwise, which is said: {:?}", found.notes);
    let cells = &found.values.sheets[0].cells;
    for (at, wanted) in [
        ("D6", Value::Int(1100)),
        ("E6", Value::Blank),
        ("D7", Value::Int(12)),
        ("E7", Value::Int(5)),
        ("D8", Value::Blank),
        ("E8", Value::Blank),
        ("D9", Value::Int(999)),
        ("D10", Value::Int(750)),
        ("D11", Value::Text("无异常".into())),
    ] {
        assert_eq!(cells.get(&place(at)), Some(&wanted), "{at}");
    }
    let lines = &found.values.sheets[1].lines;
    assert_eq!(
        lines.iter().map(|line| line.key.as_str()).collect::<Vec<_>>(),
        ["000124", "000125"],
        "a row of sums and a note are no rows"
    );
    assert_eq!(
        lines[0].values,
        [
            Value::Int(1),
            Value::Text("000124".into()),
            Value::Text("甲厂工会".into()),
            Value::Text("firm".into()),
            Value::Int(60),
            Value::Int(120_050),
            Value::Blank
        ],
        "columns are found by their headings"
    );
    let faults: Vec<_> = found.faults.iter().map(|fault| (fault.sheet.as_str(), fault.at.as_str(), fault.text.as_str())).collect();
    let mut wanted = vec![("Sheet1", "F11", "约30"), ("Sheet1", "E12", "2000万"), ("明细 (2)", "B6", "四十九"), ("明细 (2)", "C6", "中学")];
    wanted.sort_unstable();
    let mut faults = faults;
    faults.retain(|fault| !fault.2.is_empty());
    faults.sort_unstable();
    assert_eq!(faults, wanted, "each at its own cell, with what it says");
    assert!(
        found.faults.iter().all(|fault| fault.what.ends_with('。') && fault.hint.ends_with('。')),
        "sentences with a way out: {:?}",
        found.faults
    );
    let noted: Vec<_> = found.understood.iter().filter(|cell| !cell.note.is_empty()).map(|cell| cell.at.as_str()).collect();
    assert!(
        ["E9", "F9", "E11", "F12", "E13", "B5", "C5", "E5"].iter().all(|at| noted.contains(at)),
        "what was changed to be understood is said: {noted:?}"
    );
    assert!(
        found.understood.iter().any(|cell| (cell.at.as_str(), cell.own.as_str()) == ("E14", "D9")),
        "the person sees where it came from"
    );
    for said in ["“Sheet1”按“会员”", "草稿", "第 7 行是合计"] {
        assert!(found.notes.iter().any(|note| note.contains(said)), "{said}: {:?}", found.notes);
    }
}

#[test]
fn our_own_filled_form_is_recognised_without_a_fault() {
    let filled = fill(&task(), &blank(&task()).expect("drawn"), &values(), &facts).expect("filled");
    let found = recognise(&others(), "报表.xlsx", &filled).expect("recognised");
    assert_eq!((found.task, found.faults.as_slice()), (1, &[][..]), "nothing is wrong with it");
    let mut wanted = values();
    wanted.sheets[1].cells.insert(place("C12"), found.values.sheets[1].cells[&place("C12")].clone());
    wanted.sheets[1].cells.insert(place("E10"), found.values.sheets[1].cells[&place("E10")].clone());
    assert_eq!(found.values, wanted, "and the values are those that were filled in");
    assert_eq!((found.unit.as_deref(), found.period.as_deref()), (Some("城关镇总工会"), Some("2026-10")), "from the line above the table");
}

#[test]
fn a_row_that_is_missing_is_said_and_not_made_up() {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    put(
        page,
        &[(0, 0, "基层工会会员报表2026年第三季度"), (4, 0, "指标名称"), (4, 1, "计量单位"), (4, 2, "行次"), (4, 3, "合计"), (4, 4, "女")],
    );
    put(
        page,
        &[
            (5, 0, "期初会员"),
            (5, 3, "1"),
            (5, 4, "1"),
            (6, 0, "本期减少"),
            (6, 3, "2"),
            (7, 0, "期末会员"),
            (8, 0, "志愿服务时长"),
            (9, 0, "情况说明"),
        ],
    );
    let mut tasks = vec![task()];
    tasks[0].tables.truncate(1);
    let found = recognise(&tasks, "a.xlsx", &saved(book)).expect("recognised");
    let cells = &found.values.sheets[0].cells;
    assert_eq!(
        (&cells[&place("D7")], &cells[&place("D8")]),
        (&Value::Blank, &Value::Int(2)),
        "the next row is not taken for the missing one"
    );
    assert!(found.faults.iter().any(|fault| fault.what.contains("本期增加")), "it is named: {:?}", found.faults);
    assert_eq!(found.period.as_deref(), Some("2026-Q3"), "the title says the period");
}

#[test]
fn equal_labels_belong_to_the_rows_above_them() {
    let mut tasks = vec![task()];
    tasks[0].tables.truncate(1);
    let table = &mut tasks[0].tables[0];
    table.cells.retain(|cell| cell.at.column == 4);
    for (cell, label) in table.cells.iter_mut().zip(["会员", "其中：女", "农民工", "其中：女", "职工", "其中：女"]) {
        cell.label = label.into();
    }
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    put(page, &[(0, 0, "基层工会会员报表"), (1, 0, "指标名称"), (1, 1, "计量单位"), (1, 2, "行次"), (1, 3, "本期数")]);
    let rows = [("农民工", 3), ("其中：女", 4), ("会员", 1), ("其中：女", 2), ("职工", 5), ("其中：女", 6)];
    for (row, (label, number)) in (2..).zip(rows) {
        page.write(row, 0, label).expect("fits").write(row, 3, number).expect("fits");
    }
    let found = recognise(&tasks, "a.xlsx", &saved(book)).expect("recognised");
    for (at, wanted) in [("D6", 1), ("D7", 2), ("D8", 3), ("D9", 4)] {
        assert_eq!(found.values.sheets[0].cells[&place(at)], Value::Int(wanted), "{at}");
    }
}

#[test]
fn what_is_no_form_of_ours_is_refused_with_a_sentence() {
    let mut book = Workbook::new();
    put(book.add_worksheet(), &[(0, 0, "食堂菜单"), (1, 0, "星期一"), (1, 1, "红烧肉")]);
    let refused = recognise(&others(), "菜单.xlsx", &saved(book));
    assert!(
        matches!(refused, Err(Error::Sheet(refusal)) if refusal.message.contains("菜单.xlsx") && refusal.hint.contains("基层工会会员")),
        "with what could be"
    );
    assert!(recognise(&others(), "坏.xlsx", b"PK\x03\x04 not a zip").is_err(), "a broken file is refused");
    assert!(recognise(&others(), "空.xlsx", b"").is_err(), "an empty one too");
}
