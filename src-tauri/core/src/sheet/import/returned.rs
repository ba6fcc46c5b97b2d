//! The error workbook: the rows that were not taken, as they stood, with the reasons beside them.

use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use chrono::NaiveDateTime;

use super::run::Progress;
use super::sheet::{Options, Sheet};
use super::{Choice, Draft, Intake, Verdict};
use crate::error::{Error, Faults, Result, Weight};
use crate::sheet::read::Row;
use crate::sheet::write::{Book, BookColumn, BookKind, Out, RowWriter, to_file, write_book};
use crate::store::{Db, Store};

/// Rows that may wait for being written.
const WAITING: usize = 256;
/// What stands behind the sheet's own columns, and how wide.
const BESIDE: [(&str, f64, BookKind); 3] =
    [("是否导入成功", 14.0, BookKind::Text), ("错误原因", 80.0, BookKind::Text), ("原表行号", 10.0, BookKind::Whole)];

/// A row that comes back: its texts by column, from 0, its number, and why it was not taken.
struct Returned {
    texts: Vec<String>,
    row: u32,
    reasons: String,
}

/// Writes the faulty rows of a sheet, and the conflicting ones where these are skipped, into a workbook of the same columns, so that
/// they can be mended and brought in again. Gives the number of rows written. Rows are streamed: however many there are, few are held.
pub fn write_errors(
    store: &Store,
    path: &Path,
    options: &Options,
    intake: &mut dyn Intake,
    choice: Choice,
    out: &Path,
    progress: Progress<'_>,
) -> Result<u64> {
    let mut sheet = Sheet::of(store, path, options, intake)?;
    let labels = labels(&mut sheet)?;
    let (send, receive) = sync_channel(WAITING);
    thread::scope(|scope| {
        let writer = scope.spawn({
            let labels = &labels;
            move || write(out, labels, store.now().local(), &receive)
        });
        let judged = store.read(|db| {
            judge(db, &mut sheet, (intake, choice), labels.len(), progress, &|row| send.send(Ok(row)).map_err(|_| Error::Stopped))
        });
        if judged.is_err() {
            // The writer leaves nothing behind of a list that is not whole; it may have ended by itself.
            let _ = send.send(Err(Error::Stopped));
        }
        drop(send);
        let written = writer.join().unwrap_or_else(|panic| resume_unwind(panic));
        match (judged, written) {
            (Err(Error::Stopped), Err(error)) => Err(error),
            (judged, written) => judged.and(written),
        }
    })
}

/// The sheet's own headings, one a column.
fn labels(sheet: &mut Sheet) -> Result<Vec<String>> {
    let heading = sheet.heading()?;
    let mut labels = vec![String::new(); heading.iter().map(|(column, _)| usize::from(*column)).max().unwrap_or(0)];
    for (column, text) in heading {
        if let Some(label) = labels.get_mut(usize::from(column) - 1) {
            *label = text;
        }
    }
    Ok(labels)
}

fn judge(
    db: &Db<'_>,
    sheet: &mut Sheet,
    (intake, choice): (&mut dyn Intake, Choice),
    columns: usize,
    progress: Progress<'_>,
    give: &dyn Fn(Returned) -> Result<()>,
) -> Result<()> {
    intake.prepare(db, 0)?;
    sheet.survey(db, intake)?;
    let mut rows = 0;
    sheet.rows(|row, mut draft| {
        progress(rows)?;
        rows += 1;
        let verdict = intake.judge(db, &mut draft)?;
        let chosen = matches!(verdict, Verdict::Conflict(..)) && choice == Choice::Skip;
        let left_out = draft.faults.refuse() || chosen || verdict == Verdict::Faulty;
        if let Verdict::Conflict(fault) = verdict {
            draft.faults.0.push(fault);
        }
        if left_out { give(returned(row, &draft, columns)) } else { Ok(()) }
    })
}

/// What stands where no heading is belongs to no column, and is left out.
fn returned(row: &Row<'_>, draft: &Draft, columns: usize) -> Returned {
    let mut texts = vec![String::new(); columns];
    for cell in row.cells() {
        if let Some(text) = texts.get_mut(usize::from(cell.column) - 1) {
            *text = cell.value.text().into_owned();
        }
    }
    Returned { texts, row: draft.row, reasons: reasons(&draft.faults) }
}

fn write(out: &Path, labels: &[String], made: NaiveDateTime, rows: &Receiver<Result<Returned>>) -> Result<u64> {
    let own = labels.iter().map(|label| BookColumn { label, width: 14.0, kind: BookKind::Text, choices: &[] });
    let beside = BESIDE.iter().map(|(label, width, kind)| BookColumn { label, width: *width, kind: *kind, choices: &[] });
    let columns: Vec<_> = own.chain(beside).collect();
    let book = Book { sheet: "未导入的行", title: None, columns: &columns, made, mark: "", bulk: false };
    to_file(out, |target| {
        write_book(target, &book, |line| match rows.recv() {
            Ok(row) => put(line, &row?).map(|()| true),
            Err(_) => Ok(false),
        })
    })
    .map(|written| written.rows)
}

fn put(line: &mut RowWriter<'_>, row: &Returned) -> Result<()> {
    let after = u16::try_from(row.texts.len()).unwrap_or(u16::MAX);
    (1..).zip(&row.texts).try_for_each(|(column, text)| line.put(column, Out::Text(text)))?;
    line.put(after + 1, Out::Text("否"))?;
    line.put(after + 2, Out::Text(&row.reasons))?;
    line.put(after + 3, Out::Int(i64::from(row.row)))
}

/// All reasons in one cell: column, what, way out.
fn reasons(faults: &Faults) -> String {
    let told = faults.0.iter().map(|fault| {
        let weight = if fault.weight == Weight::Warning { "（提示）" } else { "" };
        format!("{}{weight}：{}。{}", fault.label, fault.message.trim_end_matches('。'), fault.hint)
    });
    told.collect::<Vec<_>>().join("\n")
}
