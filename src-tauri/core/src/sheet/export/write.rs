//! Writing the rows of an outlet in one of the forms that offices exchange.

use std::borrow::Cow;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::sync_channel;

use chrono::{NaiveDate, NaiveDateTime};

use super::Outlet;
use crate::error::{Error, Result, file_error};
use crate::record::{Cell, Kind, Value, show};
use crate::sheet::import::{Column, KEY_HEADING, Options, Sheet, key_heading};
use crate::sheet::layout::Layout;
use crate::sheet::write::{
    Book, BookColumn, BookKind, Cells, DayForm, FillPlan, Out, RowWriter, SheetPick, Table, Target, TextEncoding, TextPlan, fill, to_file,
    write_book, write_text,
};
use crate::store::Store;

/// Rows that one message carries from the reading thread to the writing one.
const BATCH: usize = 512;

/// What an export becomes.
#[derive(Debug, Clone)]
pub enum Form {
    /// Our own workbook.
    Book,
    /// Our own workbook without the places of its cells: smaller and quicker, for files that stay in the house.
    Bulk,
    /// A text sheet.
    Text(TextEncoding),
    /// An upstream union's blank, filled.
    Blank(PathBuf, Box<Layout>),
}

/// What goes out.
pub struct Export<'e> {
    /// The record's label, for the tab.
    pub label: &'e str,
    /// The unit whose subtree goes out; all where there is none.
    pub unit: Option<i64>,
    /// The form.
    pub form: Form,
    /// When it is made.
    pub made: NaiveDateTime,
    /// Who makes it and when, at the foot of each page of our own workbook.
    pub mark: &'e str,
}

/// Writes a record's rows to a file, whole or not at all; gives their number. The store is read on a thread of its own. `note` is told
/// of the file before it takes its place, with the number of rows; where it fails, a file that was there stays as it was.
pub fn export(
    store: &Store,
    outlet: &(dyn Outlet + Sync),
    what: &Export<'_>,
    path: &Path,
    note: impl FnOnce(&mut Target, u64) -> Result<()>,
) -> Result<u64> {
    let (send, receive) = sync_channel::<Vec<Vec<Cell>>>(8);
    let heading = Heading { columns: outlet.columns(), key: store.read(key_heading)? };
    std::thread::scope(|scope| {
        let reader = scope.spawn(move || {
            let mut batch = Vec::with_capacity(BATCH);
            let gone = || Error::Stopped;
            store.read(|db| {
                outlet.rows(db, what.unit, &mut |cells| {
                    batch.push(cells.to_vec());
                    if batch.len() == BATCH {
                        send.send(std::mem::replace(&mut batch, Vec::with_capacity(BATCH))).map_err(|_| gone())?;
                    }
                    Ok(())
                })
            })?;
            send.send(batch).map_err(|_| gone())
        });
        let mut rows = receive.into_iter().flatten();
        let read = || reader.join().unwrap_or(Err(Error::Stopped));
        to_file(path, |target| {
            let count = to_target(target, &heading, what, &mut rows, read)?;
            note(target, count).map(|()| count)
        })
    })
}

/// What stands above the rows.
struct Heading {
    columns: Vec<Column>,
    /// The hidden key's own.
    key: String,
}

impl Heading {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|column| if column.label == KEY_HEADING { self.key.as_str() } else { column.label })
    }
}

fn to_target(
    target: &mut Target,
    heading: &Heading,
    what: &Export<'_>,
    rows: &mut dyn Iterator<Item = Vec<Cell>>,
    read: impl FnOnce() -> Result<()>,
) -> Result<u64> {
    let written = match &what.form {
        Form::Book => book(target, heading, what, false, rows),
        Form::Bulk => book(target, heading, what, true, rows),
        Form::Text(encoding) => text(target, heading, *encoding, rows),
        Form::Blank(blank, layout) => filled(target, &heading.columns, blank, layout, rows),
    };
    if written.is_err() {
        rows.for_each(drop);
    }
    // A failure to read says more than a table that ended early.
    match (read(), written) {
        (Err(Error::Stopped), Err(error)) | (Ok(()), Err(error)) => Err(error),
        (Err(error), _) => Err(error),
        (Ok(()), Ok(count)) => Ok(count),
    }
}

fn book(
    target: impl std::io::Write + std::io::Seek + Send,
    heading: &Heading,
    what: &Export<'_>,
    bulk: bool,
    rows: &mut dyn Iterator<Item = Vec<Cell>>,
) -> Result<u64> {
    let columns = &heading.columns;
    let head = |(column, label)| BookColumn { label, width: width(column), kind: kind(column.kind), choices: &[] };
    let heads: Vec<BookColumn<'_>> = columns.iter().zip(heading.texts()).map(head).collect();
    let book = Book { sheet: what.label, title: None, columns: &heads, made: what.made, mark: what.mark, bulk };
    let written = write_book(target, &book, |row: &mut RowWriter<'_>| {
        let Some(cells) = rows.next() else { return Ok(false) };
        columns.iter().zip(&cells).try_for_each(|(column, cell)| put(column, cell, |out| row.push(out)))?;
        Ok(true)
    })?;
    Ok(written.rows)
}

fn text(target: impl std::io::Write, heading: &Heading, encoding: TextEncoding, rows: &mut dyn Iterator<Item = Vec<Cell>>) -> Result<u64> {
    let plan = TextPlan { encoding, ..TextPlan::default() };
    let mut first = true;
    let written = write_text(target, &plan, |line| {
        if std::mem::take(&mut first) {
            heading.texts().try_for_each(|text| line.push(Out::Text(text)))?;
            return Ok(true);
        }
        let Some(cells) = rows.next() else { return Ok(false) };
        heading.columns.iter().zip(&cells).try_for_each(|(column, cell)| put(column, cell, |out| line.push(out)))?;
        Ok(true)
    })?;
    Ok(u64::from(written.saturating_sub(1)))
}

/// Hands over what a cell of our own sheets says.
fn put(column: &Column, cell: &Cell, mut push: impl FnMut(Out<'_>) -> Result<()>) -> Result<()> {
    match (column.kind, cell) {
        (_, Cell::Null) => push(Out::Empty),
        (Kind::Day, day) => NaiveDate::from_cell(day.clone()).map_or(Ok(()), |day| push(Out::Day(day))),
        (Kind::Text | Kind::Ref(_), Cell::Text(text)) => push(Out::Text(text)),
        (Kind::Int | Kind::Entered | Kind::Ref(_), Cell::Int(value)) => push(Out::Int(*value)),
        (Kind::Money, Cell::Int(fen)) => push(Out::Number(*fen as f64 / 100.0)),
        (kind, cell) => push(Out::Text(&show(kind, cell))),
    }
}

fn kind(kind: Kind) -> BookKind {
    match kind {
        Kind::Int | Kind::Entered => BookKind::Whole,
        Kind::Money => BookKind::Decimal(2),
        Kind::Day => BookKind::Day,
        _ => BookKind::Text,
    }
}

/// A column's width in characters; the key is there for the machine alone.
fn width(column: &Column) -> f64 {
    let heading = column.label.chars().count() as f64 * 2.2;
    match (column.name, column.kind) {
        ("id", _) => 4.0,
        ("id_number", _) => 22.0,
        (_, Kind::Day) => heading.max(12.0),
        _ => heading.max(10.0),
    }
}

/// Fills an upstream blank: its own words, its own form of days, its note row where the importer upstream looks for it.
fn filled(
    target: impl std::io::Write + std::io::Seek,
    columns: &[Column],
    blank: &Path,
    layout: &Layout,
    rows: &mut dyn Iterator<Item = Vec<Cell>>,
) -> Result<u64> {
    let file = File::open(blank).map_err(|source| file_error(blank, "打开空白表", &source))?;
    let day = DayForm::Text(Cow::Owned(layout.day.clone()));
    let (sheet, table) = placed(blank, columns, layout);
    let sheet = sheet.as_deref().or(layout.sheet.as_deref()).map_or(SheetPick::Index(0), SheetPick::Name);
    let plan = FillPlan { sheet, table: Some(table), cells: &[], day, days: &[] };
    let places: Vec<Option<usize>> =
        layout.columns.iter().map(|own| columns.iter().rposition(|column| !own.field.is_empty() && column.name == own.field)).collect();
    let mut number = 0_i64;
    let done = fill(file, target, &plan, |row| {
        let Some(cells) = rows.next() else { return Ok(false) };
        number += 1;
        for ((place, own), at) in places.iter().zip(&layout.columns).zip(1..) {
            match place.and_then(|place| columns.get(place).zip(cells.get(place))) {
                None if own.field.is_empty() => row.put(at, Out::Text(&number.to_string()))?,
                None => {}
                Some((column, cell)) => official(column, own, cell, |out| row.put(at, out))?,
            }
        }
        Ok(true)
    })?;
    Ok(u64::from(done.rows))
}

/// Where the table of the given blank lies: offices add and delete reserved rows before they pass a blank on, so its heading and
/// its note are looked for. What is not found stands where the layout says, and is checked there.
fn placed(blank: &Path, columns: &[Column], layout: &Layout) -> (Option<String>, Table) {
    let options = Options { layout: Some(layout.clone()), ..Options::default() };
    let found = Sheet::open(blank, &options, columns.to_vec(), "").and_then(|mut sheet| sheet.outline());
    let as_said = Table {
        first_row: layout.first_row(),
        reserved: layout.reserved,
        note_row: layout.note_row.then_some(layout.first_row() + layout.reserved),
    };
    match found {
        Ok((name, heading, Some(note))) if layout.note_row && note > heading + 1 => {
            (Some(name), Table { first_row: heading + 1, reserved: note - heading - 1, note_row: Some(note) })
        }
        Ok((name, ..)) => (Some(name), as_said),
        Err(_) => (None, as_said),
    }
}

fn official(
    column: &Column,
    own: &crate::sheet::layout::LayoutColumn,
    cell: &Cell,
    mut put: impl FnMut(Out<'_>) -> Result<()>,
) -> Result<()> {
    match (column.kind, cell) {
        (_, Cell::Null) => Ok(()),
        (Kind::Day, day) => NaiveDate::from_cell(day.clone()).map_or(Ok(()), |day| put(Out::Day(day))),
        (kind, cell) => put(Out::Text(&own.written(kind, cell))),
    }
}
