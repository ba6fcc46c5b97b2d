//! A sheet that comes in: found in its file, read row by row, each row a draft.

use std::ops::ControlFlow;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::{mem, thread};

use super::draft::{Draft, Drafter};
use super::plain::key_heading;
use super::preview::{Counts, Preview};
use super::{Column, Intake, KEY_HEADING, Tidier};
use crate::error::{Error, Fault, Faults, Refusal, Result};
use crate::sheet::header::{self, Found, HeaderName};
use crate::sheet::layout::Layout;
use crate::sheet::place::Area;
use crate::sheet::read::{self, Encoding, ReadOptions, Row, Source};
use crate::store::{Db, Store};

/// Rows that go from the reading thread to the taking one at a time.
const BATCH: usize = 256;
/// How many such batches may wait.
const WAITING: usize = 8;
/// How far down the heading is looked for.
const HEAD: u32 = 40;

/// Said of a sheet whose hidden key is not this file's.
const FOREIGN: &str = "这张表是从别的台账导出的：按证件号码、编号等对照，不按它的记录编号";

/// Which sheet to read, and how.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The upstream blank that the sheet follows.
    pub layout: Option<Layout>,
    /// The sheet's name, where it is not the first that fits.
    pub sheet: Option<String>,
    /// The encoding of a text sheet, where the guess is wrong.
    pub encoding: Option<Encoding>,
}

/// A file and the sheet in it that holds the rows.
pub struct Sheet {
    source: Source,
    number: usize,
    found: Found,
    drafter: Drafter,
    columns: Vec<Column>,
    tidier: Option<Tidier>,
    /// Merged areas: a value in one belongs to no one row, so its rows are faulty from the start. Known once it was surveyed.
    merged: Vec<Area>,
}

impl Sheet {
    /// Opens a file for an intake of this store, as [`Sheet::open`] does.
    pub fn of(store: &Store, path: &Path, options: &Options, intake: &dyn Intake) -> Result<Self> {
        let key = store.read(key_heading)?;
        let sheet = Self::open(path, options, intake.columns(), &key)?;
        Ok(Self { tidier: intake.tidier(store.now()), ..sheet })
    }

    /// Opens a file and finds the heading; refuses a sheet without one. Only a hidden key under the heading `key` is one of this
    /// office file's: ids of two files are alike.
    pub fn open(path: &Path, options: &Options, columns: Vec<Column>, key: &str) -> Result<Self> {
        let mut source = read::open(path, &ReadOptions { encoding: options.encoding, ..ReadOptions::default() })?;
        let wanted: Vec<HeaderName> = columns.iter().map(|column| names(column, options.layout.as_ref(), key)).collect();
        let (number, found) = find(&mut source, options, &wanted)?;
        let layout = |name: &str| options.layout.as_ref().and_then(|layout| layout.column(name)).cloned();
        let drafter = Drafter::new(columns.clone(), &found.columns, layout);
        Ok(Self { source, number, found, drafter, columns, tidier: None, merged: Vec::new() })
    }

    /// Hands over each draft below the heading, in order; the next ones are read meanwhile on a thread of their own.
    pub fn drafts(&mut self, each: impl FnMut(Draft) -> Result<()>) -> Result<()> {
        let (send, receive) = sync_channel(WAITING);
        thread::scope(|scope| {
            let reader = scope.spawn(move || self.read_into(&send));
            // A taker that fails lets go of the channel, and so stops the reader.
            let taken = receive.into_iter().flatten().try_for_each(each);
            let read = reader.join().unwrap_or_else(|panic| resume_unwind(panic));
            taken.and(read)
        })
    }

    fn read_into(&mut self, send: &SyncSender<Vec<Draft>>) -> Result<()> {
        let mut batch = Vec::with_capacity(BATCH);
        self.rows(|_, draft| {
            batch.push(draft);
            if batch.len() < BATCH {
                return Ok(());
            }
            send.send(mem::replace(&mut batch, Vec::with_capacity(BATCH))).map_err(|_| Error::Stopped)
        })?;
        send.send(batch).map_err(|_| Error::Stopped)
    }

    /// Hands over each row below the heading with its draft; notes under the table are none.
    pub fn rows(&mut self, mut each: impl FnMut(&Row<'_>, Draft) -> Result<()>) -> Result<()> {
        let (first, drafter, tidier, merged) = (self.found.row, &mut self.drafter, &self.tidier, &self.merged);
        self.source.rows(self.number, |row| {
            let draft = if row.number > first && !is_note(row) { drafter.draft(row) } else { None };
            let Some(mut draft) = draft else { return Ok(ControlFlow::Continue(())) };
            if let Some(area) = merged.iter().find(|area| (area.first.row..=area.last.row).contains(&row.number)) {
                draft.faults.0.extend(merged_fault(*area));
            }
            tidier.iter().try_for_each(|tidy| tidy(&mut draft))?;
            each(row, draft).map(|()| ControlFlow::Continue(()))
        })
    }

    /// Looks for merged cells, and lets an intake that wants it look at the whole sheet, before the first row is judged.
    pub(super) fn survey(&mut self, db: &Db<'_>, intake: &mut dyn Intake) -> Result<()> {
        self.merged = self.merged()?;
        if !intake.surveys() {
            return Ok(());
        }
        let first = self.found.row - u32::from(self.found.two_rows);
        let mut above = self.source.head(self.number, first)?;
        above.retain(|row| row.number < first);
        intake.survey_above(&above);
        self.drafts(|mut draft| intake.survey(db, &mut draft))
    }

    /// Where the heading stands and, below it, where the filling note begins: the sheet's name, the heading's row, the note's first.
    pub(crate) fn outline(&mut self) -> Result<(String, u32, Option<u32>)> {
        let (first, mut note) = (self.found.row, None);
        self.source.rows(self.number, |row| {
            if row.number > first && is_note(row) {
                note.get_or_insert(row.number);
            }
            Ok(ControlFlow::Continue(()))
        })?;
        let name = self.source.sheets().get(self.number).map(|sheet| sheet.name.clone()).unwrap_or_default();
        Ok((name, first, note))
    }

    /// The merged areas below the heading that are no note.
    fn merged(&mut self) -> Result<Vec<Area>> {
        let first = self.found.row;
        let mut areas: Vec<_> = self.source.merges(self.number)?.into_iter().filter(|area| area.last.row > first).collect();
        areas.retain(|area| area.first.row != area.last.row || area.last.column - area.first.column < 8);
        Ok(areas)
    }

    /// What is known of the sheet before any row is judged.
    pub(super) fn unjudged(&self, stamp: String) -> Preview {
        let (keys, unknown): (Vec<&str>, Vec<&str>) =
            self.found.unknown.iter().map(|(_, text)| text.as_str()).partition(|text| text.starts_with(KEY_HEADING));
        let lacks = |at: &usize| self.found.columns.get(*at).copied().flatten().is_none();
        let missing = self.columns.iter().enumerate().filter(|(at, column)| column.required && lacks(at)).map(|(_, column)| column.label);
        Preview {
            sheet: self.source.sheets().get(self.number).map(|name| name.name.clone()).unwrap_or_default(),
            header: self.found.row,
            // A running number is in every sheet and says nothing.
            unknown: unknown.into_iter().filter(|text| *text != "序号").map(str::to_owned).collect(),
            missing: missing.collect(),
            notes: self.source.notes().into_iter().chain((!keys.is_empty()).then_some(FOREIGN)).map(str::to_owned).collect(),
            counts: Counts::default(),
            faults: Vec::new(),
            samples: Vec::new(),
            stamp,
        }
    }

    /// The texts of the heading, for the error workbook.
    pub(super) fn heading(&mut self) -> Result<Vec<(u16, String)>> {
        let row = self.found.row;
        let head = self.source.head(self.number, row)?;
        Ok(head.into_iter().filter(|texts| texts.number == row).flat_map(|texts| texts.cells).collect())
    }
}

fn names(column: &Column, layout: Option<&Layout>, key: &str) -> HeaderName {
    if column.label == KEY_HEADING {
        return [key].into();
    }
    let official = layout.and_then(|layout| layout.column(column.name)).map(|column| column.header.as_str());
    official.into_iter().chain([column.label]).chain(column.aliases.iter().copied()).into()
}

/// The first sheet with a heading, or the named one; hidden ones come last.
fn find(source: &mut Source, options: &Options, wanted: &[HeaderName]) -> Result<(usize, Found)> {
    let named = options.sheet.as_deref().or(options.layout.as_ref().and_then(|layout| layout.sheet.as_deref()));
    let mut order: Vec<(usize, bool, bool)> =
        source.sheets().iter().enumerate().map(|(at, sheet)| (at, Some(sheet.name.as_str()) != named, sheet.hidden)).collect();
    order.sort_by_key(|(at, other, hidden)| (*other, *hidden, *at));
    for (at, ..) in order {
        let head = source.head(at, HEAD)?;
        if let Some(found) = header::find(&head, wanted) {
            return Ok((at, found));
        }
    }
    let looked = wanted
        .iter()
        .filter_map(|name| name.names.first())
        .filter(|name| !name.starts_with(KEY_HEADING))
        .take(5)
        .cloned()
        .collect::<Vec<_>>()
        .join("、");
    Err(Error::Sheet(Refusal::new(
        format!("表里前 {HEAD} 行没有找到表头（例如：{looked}）。"),
        "请保留表头一行，列名与模板一致；列的顺序可以不同。",
    )))
}

/// A note under the table: one text alone in the row, long or called a note.
fn is_note(row: &Row<'_>) -> bool {
    let mut cells = row.cells();
    let (Some(first), None) = (cells.next(), cells.next()) else { return false };
    let text = first.value.text();
    let text = text.trim();
    first.column == 1
        && (["填表说明", "说明", "备注", "注：", "注:", "当前共导入"].iter().any(|word| text.starts_with(word))
            || text.chars().count() > 30)
}

/// Says why a row in a merged area is left out.
fn merged_fault(area: Area) -> Vec<Fault> {
    let message = format!("这一行有合并单元格（{}:{}），分不清内容属于哪一行", area.first, area.last);
    let mut faults = Faults::default();
    faults.error("", "整行", message, "请取消合并、逐行填写后再导入");
    faults.0
}
