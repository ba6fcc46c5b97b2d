//! Rows out: a made-up million, the members of the office, and an upstream blank.

use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

use chrono::NaiveDateTime;
use rust_xlsxwriter::Workbook;
use serde_json::json;
use unionbook_core::members::Member;
use unionbook_core::record::Row as _;
use unionbook_core::sheet::write::{Book, BookColumn, BookKind, Out, write_book};
use unionbook_core::sheet::{export, fixture};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::once;
use crate::office::{Folder, call, rows as count, size};
use crate::table::{Figure, Goal, Line};
use crate::{import, peers};

/// The rows that our own writer and the quick peers write; the slow ones write a part of them.
pub const ROWS: u32 = 1_000_000;
/// The columns.
const COLUMNS: usize = 20;

/// A million rows of 20 columns, made up on the way: half of them texts, the others numbers.
pub fn rows(folder: &Folder) -> Outcome<Vec<Line>> {
    let path = folder.at("rows.xlsx");
    let (ours, ()) = once(|| own(&path, false))?;
    let peak = Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(60e6)));
    let file = size(&path);
    let (bulk, ()) = once(|| own(&path, true))?;
    let (csv, ()) = once(|| text(&folder.at("rows.csv")))?;
    let (rust, ()) = once(|| library(&path))?;
    let library_file = size(&path);
    let (openpyxl, xlsxwriter) = (peers::openpyxl_write(folder)?, peers::xlsxwriter_write(folder)?);
    let what = || format!("export of {ROWS} rows x {COLUMNS} columns");
    Ok(vec![
        Line::time(what(), ours).beside("rust_xlsxwriter, constant memory", rust).goal(Goal::Ahead(2.5)),
        Line::time(what(), ours).beside("XlsxWriter, constant memory", xlsxwriter).goal(Goal::Ahead(15.0)),
        Line::time(what(), ours).beside("openpyxl, write-only", openpyxl).goal(Goal::Ahead(20.0)),
        Line::time(what(), ours).beside("csv", csv),
        Line::time("  in bulk form, without the places of cells", bulk).beside("rust_xlsxwriter, constant memory", rust),
        peak,
        Line::new("  its file", Figure::Bytes(file)).beside_figure("rust_xlsxwriter's", Figure::Bytes(library_file)),
    ])
}

fn word(row: u32, column: usize) -> String {
    match column {
        0 => format!("{row}"),
        1..6 => format!("示例文字{}", (row as usize * 7 + column) % 5_000),
        _ => format!("{:018}", u64::from(row) * 31 + column as u64),
    }
}

/// The first half of the columns are texts, the others numbers.
fn own(path: &Path, bulk: bool) -> Outcome<()> {
    let kind = |column: usize| if column < COLUMNS / 2 { BookKind::Text } else { BookKind::Whole };
    let labels: Vec<String> = (0..COLUMNS).map(|column| format!("栏目{column}")).collect();
    let columns: Vec<BookColumn<'_>> =
        labels.iter().enumerate().map(|(column, label)| BookColumn { label, width: 12.0, kind: kind(column), choices: &[] }).collect();
    let book = Book { sheet: "示例", title: None, columns: &columns, made: NaiveDateTime::default(), mark: "", bulk };
    let mut row = 0;
    write_book(BufWriter::new(File::create(path)?), &book, |line| {
        row += 1;
        for (column, number) in (0..COLUMNS).zip(1..) {
            match kind(column) {
                BookKind::Text => line.put(number, Out::Text(&word(row, column)))?,
                _ => line.put(number, Out::Int(i64::from(row) * 7 + column as i64))?,
            }
        }
        Ok(row <= ROWS)
    })?;
    Ok(())
}

fn library(path: &Path) -> Outcome<()> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_constant_memory()?;
    for row in 1..=ROWS {
        for (column, number) in (0..COLUMNS).zip(0..) {
            if column < COLUMNS / 2 {
                sheet.write_string(row, number, word(row, column))?;
            } else {
                sheet.write_number(row, number, f64::from(row) * 7.0 + column as f64)?;
            }
        }
    }
    Ok(book.save(path)?)
}

fn text(path: &Path) -> Outcome<()> {
    let mut csv = csv::Writer::from_path(path)?;
    for row in 1..=ROWS {
        for column in 0..COLUMNS {
            if column < COLUMNS / 2 {
                csv.write_field(word(row, column))?;
            } else {
                csv.write_field((i64::from(row) * 7 + column as i64).to_string())?;
            }
        }
        csv.write_record(None::<&[u8]>)?;
    }
    Ok(csv.flush()?)
}

/// The members of the office, as the command writes them.
pub fn members(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let members = count::<Member>(&store)?;
    let path = folder.at("members.xlsx");
    let outlet = export::outlet(store.registry(), Member::NAME, None)?;
    let (floor, ()) = once(|| Ok(store.read(|db| outlet.rows(db, None, &mut |_| Ok(())))?))?;
    let columns = outlet.columns().len();
    let (book, ()) = once(|| write(&store, &path))?;
    let peak = Line::peak("  peak memory");
    let file = size(&path);
    let (text, ()) = once(|| write(&store, &folder.at("members.csv")))?;
    Ok(vec![
        Line::time(format!("export of {members} members x {columns} columns, xlsx"), book).beside("reading them, no more", floor),
        peak,
        Line::new("  its file", Figure::Bytes(file)),
        Line::time("  the same as csv", text).beside("reading them, no more", floor),
    ])
}

fn write(store: &Store, path: &Path) -> Outcome<()> {
    call(store, "sheet.export", json!({ "record": Member::NAME, "path": path }))?;
    Ok(())
}

/// An upstream blank of the form A1, filled with 100,000 members.
pub fn blank(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.empty("work.unionbook")?;
    import::take(&store, &import::roster(folder, 100_000)?, 100_000)?;
    let (blank, filled) = (folder.at("blank.xlsx"), folder.at("filled.xlsx"));
    std::fs::write(&blank, fixture::roster_blank())?;
    let ask = json!({ "record": Member::NAME, "path": filled, "layout": "roster", "blank": blank });
    let (seconds, _) = once(|| Ok(call(&store, "sheet.export", ask)?))?;
    Ok(vec![Line::time("an upstream blank filled with 100,000 members", seconds), Line::new("  its file", Figure::Bytes(size(&filled)))])
}
