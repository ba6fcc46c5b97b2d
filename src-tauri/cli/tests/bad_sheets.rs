//! Sheets that cannot be taken: each is refused in words that name the place and the way out, and leaves the file as it was.

use std::io::{Cursor, Read as _, Write as _};

use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::desk::{Desk, id};

/// The headings of the rosters here.
const HEAD: [&str; 9] = ["序号", "姓名", "性别", "出生日期", "民族", "证件号码", "会籍变化类型", "会籍变化日期", "户籍所在地"];

/// A sheet that is refused.
struct Bad {
    name: &'static str,
    bytes: Vec<u8>,
    /// What must be said: place, matter, way out.
    told: Vec<&'static str>,
    /// What must not be said in the clear.
    hidden: Vec<String>,
}

/// A roster as text, with a title above it and a note below.
fn text(rows: &[[&str; 9]]) -> Vec<u8> {
    let lines: Vec<String> = rows.iter().map(|row| row.join(",")).collect();
    format!("工会会员信息采集表\n{}\n{}\n填表说明：此表所列项目均为必填项\n", HEAD.join(","), lines.join("\n")).into_bytes()
}

/// A roster as a workbook, its first data row in row 3, which `fill` writes.
fn book(fill: impl FnOnce(&mut Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "工会会员信息采集表").expect("written");
    for (column, head) in (0..).zip(HEAD) {
        sheet.write(1, column, head).expect("written");
    }
    fill(sheet);
    book.save_to_buffer().expect("a workbook")
}

fn cells(sheet: &mut Worksheet, row: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string(row, column, *cell).expect("written");
    }
}

fn bad(name: &'static str, bytes: Vec<u8>, told: &[&'static str], hidden: &[&str]) -> Bad {
    Bad { name, bytes, told: told.to_vec(), hidden: hidden.iter().map(|text| (*text).to_owned()).collect() }
}

/// The number with another check digit.
fn misspelt(n: u16) -> String {
    let right = id(n);
    let digit = if right.ends_with('0') { '1' } else { '0' };
    format!("{}{digit}", &right[..17])
}

fn of_numbers() -> Vec<Bad> {
    let wrong = misspelt(1);
    let row = |name: &'static str, sex: &'static str, birth: &'static str, number: &str| {
        text(&[["1", name, sex, birth, "汉族", number, "入会", "2026/10/01", ""]])
    };
    let cut = book(|sheet| {
        cells(sheet, 2, &["1", "孙三", "男", "", "汉族"]);
        sheet.write_number(2, 5, 110_101_199_001_010_000.0).expect("written");
        cells(sheet, 3, &[]);
    });
    let fifteen = row("孙三", "男", "", "000000199001010");
    vec![
        bad("wrong checksum.csv", row("孙三", "男", "", &wrong), &["第 3 行 证件号码", "校验码不符", "逐位核对"], &[&wrong]),
        bad("cut by Excel.xlsx", cut, &["第 3 行 证件号码", "末几位已被表格软件改成 0", "“文本”格式"], &["110101199001010"]),
        bad("fifteen digits.csv", fifteen, &["第 3 行 证件号码", "逐位核对"], &["000000199001010"]),
    ]
}

fn of_rows() -> Vec<Bad> {
    let good = id(1);
    let row = |name: &'static str, ethnic: &'static str, number: &str, kind: &'static str, day: &'static str| {
        text(&[["1", name, "男", "", ethnic, number, kind, day, ""]])
    };
    vec![
        bad("unknown code.csv", row("孙三", "火星族", &good, "入会", "2026/10/01"), &["第 3 行 民族", "火星族"], &[&good]),
        bad("unknown kind.csv", row("孙三", "汉族", &good, "飞升", "2026/10/01"), &["第 3 行 会籍变化类型", "飞升"], &[&good]),
        bad("impossible date.csv", row("孙三", "汉族", &good, "入会", "2026/02/30"), &["第 3 行 会籍变化日期", "2026/02/30"], &[&good]),
        bad(
            "future date.csv",
            row("孙三", "汉族", &good, "入会", "2099/02/03"),
            &["第 3 行 会籍变化", "在今天之后", "请填写今天或以前的日期"],
            &[&good],
        ),
        bad("no date.csv", row("孙三", "汉族", &good, "入会", ""), &["第 3 行 会籍变化日期", "建账"], &[&good]),
        bad("no name.csv", row("", "汉族", &good, "入会", "2026/10/01"), &["第 3 行 姓名", "没有填写"], &[&good]),
    ]
}

fn of_cells() -> Vec<Bad> {
    let good = id(1);
    let merged = book(|sheet| {
        cells(sheet, 2, &["1", "孙三", "男", "", "汉族", &id(1), "入会", "2026/10/01"]);
        cells(sheet, 3, &["2", "李四", "男", "", "汉族", &id(3), "入会", ""]);
        sheet.merge_range(2, 7, 3, 7, "2026/10/01", &Format::new()).expect("merged");
    });
    let formula = |written: Formula| {
        book(|sheet| {
            cells(sheet, 2, &["1", "孙三", "男", "", "汉族", "", "入会", "2026/10/01"]);
            sheet.write_formula(2, 5, written).expect("written");
        })
    };
    let uncomputed = patched(&formula(Formula::new("=A1").set_result("77")), "<v>77</v>", "");
    vec![
        bad("merged.xlsx", merged, &["第 3 行", "第 4 行", "合并单元格（H3:H4）", "取消合并", "没有导入的 2 行写到了"], &[&good]),
        bad(
            "formula error.xlsx",
            formula(Formula::new("=VLOOKUP(1,A1:B2,3)").set_result("#REF!")),
            &["第 3 行 证件号码", "#REF!", "粘贴为数值"],
            &[],
        ),
        bad("formula without result.xlsx", uncomputed, &["第 3 行 证件号码", "公式的结果没有保存", "重新计算并保存"], &[]),
    ]
}

/// A workbook with something else in its first sheet's XML.
fn patched(book: &[u8], from: &str, to: &str) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(book)).expect("a zip");
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut part = old.by_index(at).expect("a part");
        let (name, mut text) = (part.name().expect("a name").into_owned(), String::new());
        part.read_to_string(&mut text).expect("text");
        if name == "xl/worksheets/sheet1.xml" {
            assert!(text.contains(from), "{from} is in the sheet: {text}");
            text = text.replace(from, to);
        }
        new.start_file(name, SimpleFileOptions::default()).expect("a part");
        new.write_all(text.as_bytes()).expect("written");
    }
    new.finish().expect("a zip").into_inner()
}

fn of_files() -> Vec<Bad> {
    let sound = book(|sheet| cells(sheet, 2, &["1", "孙三", "男", "", "汉族", &id(1), "入会", "2026/10/01"]));
    let html = "<html><body><table><tr><td>姓名</td></tr></table></body></html>";
    let mut garbled = text(&[["1", "孙三", "男", "", "汉族", &id(1), "入会", "2026/10/01", ""]]);
    let at = garbled.windows(6).position(|window| window == "孙三".as_bytes()).expect("the name");
    garbled[at + 1] = b'x';
    vec![
        bad("truncated.xlsx", sound[..sound.len() * 2 / 3].to_vec(), &["truncated.xlsx", "不完整或已损坏", "重新下载"], &[]),
        bad("web page.xlsx", html.into(), &["web page.xlsx", "网页", "另存为 .xlsx"], &[]),
        bad("password.xlsx", encrypted(), &["password.xlsx", "打开密码"], &[]),
        bad("empty.xlsx", Vec::new(), &["empty.xlsx", "空文件"], &[]),
        bad("no heading.csv", "甲,乙,丙\n1,2,3\n".into(), &["没有找到表头", "列名与模板一致"], &[]),
        bad("garbled.csv", garbled, &["第 3 行 姓名", "无法识别的字符", "UTF-8"], &[]),
    ]
}

/// A compound file of Microsoft's as Office writes it under a password: sectors of 512 bytes, one of the allocation table, one of
/// the directory with `EncryptionInfo` and `EncryptedPackage` ([MS-CFB] 2.2, 2.6; [MS-OFFCRYPTO] 2.3).
fn encrypted() -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    const FREE: u32 = 0xffff_ffff;
    let mut header = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    header.resize(24, 0);
    for half in [0x3e_u16, 3, 0xfffe, 9, 6] {
        header.extend(half.to_le_bytes());
    }
    header.resize(44, 0);
    for word in [1, 1, 0, 4096, END, 0, END, 0, 0] {
        header.extend(u32::to_le_bytes(word));
    }
    header.resize(512, 0xff);
    let mut table: Vec<u8> = [0xffff_fffd, END].iter().flat_map(|word: &u32| word.to_le_bytes()).collect();
    table.resize(512, 0xff);
    let entry = |name: &str, kind: u8, child: u32, right: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(u16::try_from((name.encode_utf16().count() + 1) * 2).expect("short").to_le_bytes());
        entry.extend([kind, 1]);
        for word in [FREE, right, child] {
            entry.extend(word.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(END.to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    let mut directory =
        [entry("Root Entry", 5, 1, FREE), entry("EncryptionInfo", 2, FREE, 2), entry("EncryptedPackage", 2, FREE, FREE)].concat();
    directory.resize(512, 0);
    [header, table, directory].concat()
}

/// Rows that are taken all the same, for what contradicts may be right: 性别、出生日期 against the id number, an unknown division.
#[test]
fn what_may_be_right_is_taken_with_a_word_about_it() {
    let good = id(1);
    let row = |sex: &'static str, birth: &'static str, place: &'static str| {
        text(&[["1", "孙三", sex, birth, "汉族", &good, "入会", "2026/10/01", place]])
    };
    for (bytes, told) in [
        (row("女", "", ""), "第 3 行 性别（提示）：填的是“女”，证件号码中是“男”。请对照证件核对"),
        (row("男", "1990/01/02", ""), "第 3 行 出生日期（提示）：出生日期与证件号码中的不一致。请对照证件核对"),
        (row("男", "", ""), "第 3 行 证件号码（提示）：号码前六位不是已知的行政区划代码"),
    ] {
        let desk = Desk::with_members();
        desk.write("名册.csv", bytes);
        let ran = desk.run(&["import", "a.unionbook", "member", "名册.csv", "--unit", "T1", "--layout", "roster"]);
        assert_eq!(ran.code, 0, "it is taken: {}{}", ran.out, ran.err);
        assert!(ran.out.contains(told) && ran.out.contains("已导入 1 行"), "“{told}” is said in: {}", ran.out);
        assert!(!ran.out.contains(&good), "no number stands in the clear: {}", ran.out);
    }
}

/// A roster without the note under its table, with the last row right at the end of the file.
#[test]
fn a_roster_without_its_note_loses_no_row_and_takes_none_for_a_note() {
    let desk = Desk::with_members();
    let bytes = book(|sheet| {
        cells(sheet, 2, &["1", "孙三", "男", "", "汉族", &id(1), "入会", "2026/10/01"]);
        cells(sheet, 3, &["2", "说明", "男", "", "汉族", &id(3), "入会", "2026/10/02"]);
    });
    desk.write("名册.xlsx", bytes);
    let ran = desk.run(&["import", "a.unionbook", "member", "名册.xlsx", "--unit", "T1", "--layout", "roster"]);
    assert_eq!(ran.code, 0, "taken: {}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("2 行。新增 2") && ran.out.contains("已导入 2 行"),
        "both rows, even one whose name is a word of notes: {}",
        ran.out
    );
}

/// Duplicates: within the file a fault of the later row; with the store a choice.
#[test]
fn persons_that_come_twice_are_told_with_both_places() {
    let desk = Desk::with_members();
    let before = desk.everything();
    let (twice, elsewhere, renamed) = (id(1), id(903), id(901));
    let row = |name: &'static str, number: &'static str| ["", name, "男", "", "汉族", number, "入会", "2026/10/01", ""];
    let leak = |text: &String| -> &'static str { Box::leak(text.clone().into_boxed_str()) };
    let look = |rows: &[[&str; 9]]| {
        desk.write("名册.csv", text(rows));
        desk.run(&["import", "a.unionbook", "member", "名册.csv", "--unit", "T1", "--layout", "roster", "--dry-run"])
    };
    let ran = look(&[row("孙三", leak(&twice)), row("李四", leak(&twice))]);
    assert!(ran.out.contains("第 4 行 证件号码：与第 3 行重复。请核对是否同一个人"), "within the file: {}", ran.out);
    let ran = look(&[row("钱二", leak(&elsewhere)), row("改名人", leak(&renamed))]);
    assert!(ran.out.contains("需要选择 2"), "both are the clerk's choice: {}", ran.out);
    assert!(ran.out.contains("第 3 行 整行（提示）：这个人已经是“另一工会”的会员。请选择：转入"), "a member elsewhere: {}", ran.out);
    assert!(ran.out.contains("第 4 行 整行（提示）：证件号码相同但姓名不同。请核对是否同一个人"), "another name: {}", ran.out);
    for number in [&twice, &elsewhere, &renamed] {
        assert!(!ran.out.contains(number.as_str()), "no number stands in the clear: {}", ran.out);
    }
    assert_eq!(desk.everything(), before, "a look changes nothing");
}

#[test]
fn a_sheet_that_cannot_be_taken_is_refused_in_words_and_leaves_the_file_as_it_was() {
    let desk = Desk::with_members();
    let before = desk.everything();
    for Bad { name, bytes, told, hidden } in [of_numbers(), of_rows(), of_cells(), of_files()].into_iter().flatten() {
        desk.write(name, bytes);
        let ran = desk.run(&["import", "a.unionbook", "member", name, "--unit", "T1", "--layout", "roster", "--errors", "有误.xlsx"]);
        let said = format!("{}{}", ran.out, ran.err);
        assert_eq!(ran.code, 1, "{name} is refused: {said}");
        for words in told {
            assert!(said.contains(words), "{name}: “{words}” is said in: {said}");
        }
        for secret in hidden {
            assert!(!said.contains(&secret), "{name}: no number stands in the clear: {said}");
        }
        assert_eq!(desk.everything(), before, "{name} leaves the file as it was");
    }
}
