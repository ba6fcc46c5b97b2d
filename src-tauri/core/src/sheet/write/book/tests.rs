//! Workbooks of our own: their blank, their rows, their further sheets.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::*;
use crate::sheet::read::{self, CellValue, ReadOptions};
use crate::sheet::write::{Cells, Out};

const NATIONS: [&str; 60] = ["汉族来来来"; 60];

fn columns() -> Vec<BookColumn<'static>> {
    vec![
        BookColumn { label: "姓名", width: 12.0, ..BookColumn::default() },
        BookColumn { label: "证件号码", width: 20.0, ..BookColumn::default() },
        BookColumn { label: "性别", choices: &["男", "女"], ..BookColumn::default() },
        BookColumn { label: "民族", choices: &NATIONS, ..BookColumn::default() },
        BookColumn { label: "人数", kind: BookKind::Whole, ..BookColumn::default() },
        BookColumn { label: "金额", kind: BookKind::Decimal(2), ..BookColumn::default() },
        BookColumn { label: "日期", kind: BookKind::Day, ..BookColumn::default() },
    ]
}

fn book<'a>(columns: &'a [BookColumn<'a>]) -> Book<'a> {
    let made = NaiveDate::from_ymd_opt(2026, 3, 1).and_then(|day| day.and_hms_opt(9, 0, 0)).expect("a moment");
    Book { sheet: "会员/名册", title: Some("会员名册"), columns, made, mark: "", bulk: false }
}

fn rows(count: u32) -> impl FnMut(&mut RowWriter<'_>) -> Result<bool> {
    let mut left = 1..=count;
    move |row| {
        let Some(number) = left.next() else { return Ok(false) };
        let name = format!("=张{number}");
        row.push(Out::Text(&name))?;
        row.push(Out::Text("000000199001010017"))?;
        row.push(Out::Text("男"))?;
        row.push(Out::Empty)?;
        row.push(Out::Int(i64::from(number)))?;
        row.push(Out::Number(0.25))?;
        row.push(Out::Day(NaiveDate::from_ymd_opt(1990, 1, 31).expect("a day")))?;
        Ok(true)
    }
}

fn written(book: &Book<'_>, limits: Limits, count: u32) -> (Vec<u8>, Written) {
    let mut out = Cursor::new(Vec::new());
    let written = write_limited(&mut out, book, limits, rows(count)).expect("written");
    (out.into_inner(), written)
}

fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut package = package(bytes.to_vec()).expect("a zip");
    let names: Vec<String> = package.names_under("").collect();
    let text = |name: &String| String::from_utf8(package.part(name, LARGEST).expect("sound").expect("there")).expect("text");
    names.iter().map(text).collect::<Vec<_>>().into_iter().zip(names.clone()).map(|(text, name)| (name, text)).collect()
}

fn source(bytes: &[u8]) -> (tempfile::NamedTempFile, read::Source) {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), bytes).expect("written");
    let source = read::open(file.path(), &ReadOptions::default()).expect("readable");
    (file, source)
}

#[test]
fn a_book_has_its_rows_its_lists_and_its_settings() {
    let columns = columns();
    for bulk in [false, true] {
        let (bytes, count) = written(&Book { bulk, ..book(&columns) }, Limits::default(), 300);
        assert_eq!(count, Written { rows: 300, sheets: 1 }, "all rows in one sheet");
        let parts = parts(&bytes);
        let sheet = &parts["xl/worksheets/sheet1.xml"];
        assert!(sheet.contains("sqref=\"C3:C302\"><formula1>\"男,女\"</formula1>"), "a short list covers every row");
        assert!(sheet.contains("sqref=\"D3:D302\"><formula1>选项!$D$1:$D$60</formula1>"), "a long one stands on a sheet of its own");
        assert!(sheet.contains("<autoFilter ref=\"A2:G302\"/>") && sheet.contains("topLeftCell=\"A3\""), "filter and frozen heading");
        assert!(
            parts["xl/workbook.xml"].contains("会员_名册!$A$2:$G$302</definedName>")
                && parts["xl/workbook.xml"].contains("会员_名册!$2:$2</definedName>"),
            "names follow"
        );
        assert_eq!(sheet.contains("r=\"A3\""), !bulk, "only bulk goes without places");
        assert!(!sheet.contains("<dimension") && !sheet.contains("<f>"), "no claim of size, no formula");
        let (_file, mut source) = source(&bytes);
        let mut seen = 0;
        source
            .rows(0, |row| {
                if row.number >= 3 {
                    seen += 1;
                    let day = NaiveDate::from_ymd_opt(1990, 1, 31).and_then(|day| day.and_hms_opt(0, 0, 0)).map(CellValue::Date);
                    assert_eq!((row.number, row.get(7), row.get(4)), (seen + 2, day, None), "a real date, an empty cell");
                    assert_eq!(row.get(1), Some(CellValue::Text(&format!("=张{seen}"))), "text stays text");
                    assert_eq!(row.get(5).map(|value| value.text().into_owned()), Some(seen.to_string()), "numbers are numbers");
                }
                Ok(ControlFlow::Continue(()))
            })
            .expect("sound");
        assert_eq!(seen, 300, "every row comes back");
    }
}

#[test]
fn rows_beyond_a_sheet_go_on_in_the_next() {
    let columns = columns();
    let limits = Limits { last_row: 12, ..Limits::default() };
    for (count, sheets) in [(0, 1), (10, 1), (11, 2), (20, 2), (25, 3)] {
        let (bytes, written) = written(&book(&columns), limits, count);
        assert_eq!(written, Written { rows: u64::from(count), sheets }, "{count} rows, ten a sheet");
        let (_file, mut source) = source(&bytes);
        let names: Vec<String> = source.sheets().iter().filter(|sheet| !sheet.hidden).map(|sheet| sheet.name.clone()).collect();
        let wanted: Vec<String> =
            (1..=sheets).map(|number| if number == 1 { "会员_名册".into() } else { format!("会员_名册（{number}）") }).collect();
        assert_eq!(names, wanted, "further sheets are numbered");
        let mut read = Vec::new();
        for sheet in 0..sheets as usize {
            source
                .rows(sheet, |row| {
                    read.extend(row.get(5).filter(|_| row.number > 2).map(|value| value.text().into_owned()));
                    Ok(ControlFlow::Continue(()))
                })
                .expect("sound");
        }
        assert_eq!(read, (1..=count).map(|number| number.to_string()).collect::<Vec<_>>(), "no row is lost or doubled");
        let last = (count.max(1) - 1) % 10 + 3;
        let filter = format!("{}!$A$2:$G${last}<", if sheets == 1 { "会员_名册".into() } else { format!("'会员_名册（{sheets}）'") });
        let book = &parts(&bytes)["xl/workbook.xml"];
        assert!(book.replace('\'', "").contains(&filter.replace('\'', "")), "{count}: each sheet's names follow its own rows: {book}");
    }
    let (_, small) = written(&book(&columns), Limits { bytes: 0, ..Limits::default() }, 3000);
    assert!(small.sheets > 1 && small.rows == 3000, "a sheet that is heavy is full too: {small:?}");
}

#[test]
fn tabs_have_names_that_spreadsheets_take() {
    assert_eq!(tab("会员[1]:*?/\\'", 1), "会员_1_______", "no forbidden characters");
    assert_eq!(tab(&"长".repeat(40), 12).chars().count(), 31, "with its number it fits");
    assert_eq!((tab("", 1), tab("选项", 2)), ("表".into(), "表（2）".into()), "never empty, never the name of the lists");
}

#[test]
fn failures_of_either_side_end_the_export() {
    let columns = columns();
    let mut out = Cursor::new(Vec::new());
    let mut left = 100_000;
    let outcome = write_book(&mut out, &book(&columns), |row| {
        left -= 1;
        row.push(Out::Text("x"))?;
        if left == 0 { Err(Error::Stopped) } else { Ok(true) }
    });
    assert!(matches!(outcome, Err(Error::Stopped)), "the source's failure comes back");
    struct Full(Cursor<Vec<u8>>);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.0.position() > 20_000 { Err(io::ErrorKind::StorageFull.into()) } else { self.0.write(bytes) }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    impl Seek for Full {
        fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
            self.0.seek(to)
        }
    }
    match write_book(Full(Cursor::new(Vec::new())), &book(&columns), rows(100_000)) {
        Err(Error::File(refusal)) => assert!(refusal.message.contains("磁盘空间不足"), "{}", refusal.message),
        other => panic!("a full disk must be said: {other:?}"),
    }
}
