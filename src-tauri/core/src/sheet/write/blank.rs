//! A given blank filled: its zip is copied part by part, only the rows of one sheet are written anew.
//!
//! - Text goes in as inline strings, so the shared strings stay as they are. Every part that says nothing of the filled
//!   sheet's places is copied as it lies in the zip, to the byte.
//! - All rows of the table look like the first row the blank reserved for it: its height, its cells' styles, its own
//!   formulas and merges. Values that a blank's maker left in the reserved rows go.
//! - How everything else moves when there are more or fewer rows than reserved: see [`super::shift`].
//! - With no rows at all one reserved row stays, empty: importers that take the last row for the note
//!   (附件四 工会会员信息采集表) find the note last as ever, and the drop-downs survive for typing by hand. Between data
//!   and note there is never a blank row, since such importers would read it as a member without a name.
//! - Formulas lose their saved results and are recalculated when the file is opened; the calculation chain, which lists
//!   cells by place, is left out and rebuilt by the spreadsheet.

use std::io::{Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::Result;
use crate::error::{Error, Refusal};
use crate::sheet::fault::Fault;
use crate::sheet::package::{Outline, Package};
use crate::sheet::place::{Area, CellRef, LAST_ROW};
use crate::sheet::read::Epoch;

use super::cell::{DayForm, Out, escape_plain};
use super::formula::filled;
use super::grid::{Look, RowWriter, Wishes, copy_with_formulas, too_many_rows};
use super::leaf::{LeafPart, RowPart};
use super::parts::{changes, merges};
use super::patch::patch;
use super::restate::{Fills, restate};
use super::rules::Rules;
use super::shift::Shift;
use super::target::lost;

/// The largest part of a blank that is rewritten, inflated.
pub(super) const LARGEST_PART: u64 = 64 << 20;
/// Rows are kept in memory up to here, then in a temporary file.
const SPOOL: usize = 8 << 20;

/// Which sheet of a blank is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetPick<'a> {
    /// By its place among the tabs, from 0.
    Index(usize),
    /// By its name on the tab.
    Name(&'a str),
}

/// Where a blank's table lies; all rows from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    /// The first row for data.
    pub first_row: u32,
    /// How many rows the blank reserved; at least one.
    pub reserved: u32,
    /// The row of the filling note below the table, if it has one; it is checked to be there.
    pub note_row: Option<u32>,
}

/// How a blank is filled.
#[derive(Debug, Clone)]
pub struct FillPlan<'a> {
    /// The sheet.
    pub sheet: SheetPick<'a>,
    /// Its table, if rows are to be written.
    pub table: Option<Table>,
    /// Single cells outside the table, at their places in the blank.
    pub cells: &'a [(CellRef, Out<'a>)],
    /// How days are written.
    pub day: DayForm,
    /// Columns (from 1) in which days are written otherwise.
    pub days: &'a [(u16, DayForm)],
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// How many rows of data.
    pub rows: u32,
}

/// Fills a blank. `rows` writes one row at each call and says whether it did; at the first `false` the table ends.
///
/// Refuses a blank that has not the sheet, the reserved rows or the note the plan speaks of, and more rows than a sheet
/// can hold.
pub fn fill<R: Read + Seek, W: Write + Seek>(
    mut blank: R,
    out: W,
    plan: &FillPlan<'_>,
    mut rows: impl FnMut(&mut RowWriter<'_>) -> Result<bool>,
) -> Result<Filled> {
    let said = |fault: Fault| fault.of_name("空白表");
    refuse_old_format(&mut blank)?;
    let mut package = Package::open(blank).map_err(said)?;
    let outline = package.outline().map_err(said)?;
    let sheet = pick(&outline, plan.sheet)?;
    let document = package.part(&sheet.1, LARGEST_PART).map_err(said)?.unwrap_or_default();
    let leaf = LeafPart::parse(&document).map_err(said)?;
    check(&leaf, plan)?;
    let epoch = if outline.year_1904 { Epoch::Year1904 } else { Epoch::Year1900 };
    let table = Spool::write(&leaf, plan, epoch, &mut rows)?;
    let count = table.count;
    let shift = plan.table.map_or(Shift::NONE, |place| moved(place, count));
    let changes = changes(&mut package, &outline, &sheet.1, &Rules::of(&sheet.0, shift), leaf.has_formula()).map_err(said)?;
    let (index, size) = (package.index(&sheet.1).unwrap_or_default(), table.size + 2 * document.len() as u64);
    let mut filling = Filling { leaf: &leaf, plan, shift, name: &sheet.0, table, epoch };
    changes.write(&mut package, out, index, size, |zip| filling.write(zip))?;
    Ok(Filled { rows: count })
}

/// A workbook of Excel 97-2003, or one under a password, is no zip whose parts could be copied.
fn refuse_old_format(blank: &mut (impl Read + Seek)) -> Result<()> {
    let mut head = [0; 4];
    let read =
        blank.read(&mut head).and_then(|read| blank.rewind().map(|()| read)).map_err(|source| Fault::from(source).of_name("空白表"))?;
    match head.get(..read) {
        Some([0xD0, 0xCF, 0x11, 0xE0]) => Err(Error::Sheet(Refusal::new(
            "空白表是旧版 .xls 格式或设有打开密码，没有填写。",
            "请用 Excel 或 WPS 打开它，去掉密码，另存为 .xlsx 后作为空白表。",
        ))),
        _ => Ok(()),
    }
}

pub(super) fn moved(table: Table, rows: u32) -> Shift {
    Shift { first: table.first_row, last: table.first_row + table.reserved - 1, now: rows.max(1) }
}

fn pick(outline: &Outline, pick: SheetPick<'_>) -> Result<(String, String)> {
    let leaf = match pick {
        SheetPick::Index(index) => outline.leaves.get(index),
        SheetPick::Name(name) => outline.leaves.iter().find(|leaf| leaf.name == name),
    };
    let leaf = leaf.ok_or_else(|| mismatch("里没有版式所说的工作表"))?;
    Ok((leaf.name.clone(), leaf.part.clone()))
}

fn mismatch(what: &str) -> Error {
    Error::Sheet(Refusal::new(format!("空白表{what}，没有填写。"), "请确认选的是这份版式对应的空白表；上级若换了新表，请先更新版式。"))
}

fn check(leaf: &LeafPart<'_>, plan: &FillPlan<'_>) -> Result<()> {
    let Some(table) = plan.table else { return Ok(()) };
    if table.first_row == 0 || table.reserved == 0 || table.first_row.saturating_add(table.reserved) > LAST_ROW {
        return Err(Error::Usage("版式的数据行".into()));
    }
    let last = table.first_row + table.reserved - 1;
    if plan.cells.iter().any(|(place, _)| (table.first_row..=last).contains(&place.row)) {
        return Err(Error::Usage("版式里单独填写的格子落在数据行内".into()));
    }
    match table.note_row {
        Some(note) if note <= last => Err(Error::Usage("版式的说明行".into())),
        Some(note) if !leaf.row(note).is_some_and(RowPart::is_filled) => Err(mismatch(&format!("第 {note} 行不是版式所说的填表说明"))),
        _ => Ok(()),
    }
}

/// The rows of a table, written before it is known how many there are.
struct Spool {
    rows: SpooledTempFile,
    size: u64,
    count: u32,
    widest: u16,
    formulas: Vec<String>,
}

impl Spool {
    fn write(
        leaf: &LeafPart<'_>,
        plan: &FillPlan<'_>,
        epoch: Epoch,
        rows: &mut impl FnMut(&mut RowWriter<'_>) -> Result<bool>,
    ) -> Result<Self> {
        let mut spool = Self { rows: SpooledTempFile::new(SPOOL), size: 0, count: 0, widest: 0, formulas: Vec::new() };
        let Some(place) = plan.table else { return Ok(spool) };
        let wishes = Wishes { day: plan.day.clone(), days: plan.days, epoch, refs: true };
        let mut look = Look::of(leaf, place.first_row, &wishes);
        let below = leaf.rows.last().map_or(0, |row| row.number.saturating_sub(place.first_row + place.reserved - 1));
        let mut bytes = Vec::with_capacity(96 << 10);
        while spool.row(&mut look, place.first_row, LAST_ROW - below, &mut bytes, rows)? {
            if bytes.len() > 64 << 10 {
                spool.flush(&mut bytes)?;
            }
        }
        if spool.count == 0 {
            RowWriter::new(&mut look, &mut bytes, place.first_row).end();
        }
        spool.flush(&mut bytes)?;
        spool.formulas = look.formulas().to_vec();
        Ok(spool)
    }

    fn row(
        &mut self,
        look: &mut Look,
        first: u32,
        last: u32,
        bytes: &mut Vec<u8>,
        rows: &mut impl FnMut(&mut RowWriter<'_>) -> Result<bool>,
    ) -> Result<bool> {
        let number = first + self.count;
        let mut writer = RowWriter::new(look, bytes, number);
        if !rows(&mut writer)? {
            writer.cancel();
            return Ok(false);
        }
        if number > last {
            return Err(too_many_rows());
        }
        self.widest = self.widest.max(writer.end());
        self.count += 1;
        Ok(true)
    }

    fn flush(&mut self, bytes: &mut Vec<u8>) -> Result<()> {
        self.rows.write_all(bytes).map_err(lost)?;
        self.size += bytes.len() as u64;
        bytes.clear();
        Ok(())
    }
}

struct Filling<'a> {
    leaf: &'a LeafPart<'a>,
    plan: &'a FillPlan<'a>,
    shift: Shift,
    name: &'a str,
    table: Spool,
    epoch: Epoch,
}

impl Filling<'_> {
    fn write(&mut self, out: &mut impl Write) -> Result<()> {
        let said = |fault: Fault| fault.of_name("空白表");
        let rules = Rules { dimension: self.dimension(), ..Rules::of(self.name, self.shift) };
        let fills = Fills::new(self.leaf, self.plan.cells, &self.plan.day, self.epoch);
        let (begins, ends) =
            self.plan.table.map_or((LAST_ROW + 1, LAST_ROW), |table| (table.first_row, table.first_row + table.reserved - 1));
        let mut bytes = Vec::new();
        patch(&self.leaf.before, &rules, &[], &mut bytes).map_err(said)?;
        restate(self.leaf, 1..begins, &rules, &fills, &mut bytes)?;
        out.write_all(&bytes).map_err(lost)?;
        self.table.rows.seek(SeekFrom::Start(0)).map_err(lost)?;
        match self.table.formulas.as_slice() {
            [] => std::io::copy(&mut self.table.rows, out).map(drop).map_err(lost)?,
            formulas => {
                let formulas: Vec<_> = formulas.iter().map(|formula| rules.formula(formula)).collect();
                let text = |number: usize, row: u32| {
                    let mut text = Vec::new();
                    escape_plain(&filled(formulas.get(number)?, i64::from(row) - i64::from(begins), 0), &mut text);
                    Some(text)
                };
                copy_with_formulas(&mut self.table.rows, text, out).map_err(lost)?;
            }
        }
        bytes.clear();
        restate(self.leaf, ends + 1..LAST_ROW + 1, &rules, &fills, &mut bytes)?;
        patch(&self.leaf.after, &rules, &self.merges(), &mut bytes).map_err(said)?;
        out.write_all(&bytes).map_err(lost)
    }

    /// What the sheet covers: what its blank covered, moved, and what was written.
    fn dimension(&self) -> Option<Area> {
        let widest = self.plan.cells.iter().map(|(place, _)| place.column).chain([self.table.widest]);
        let cells = self.leaf.rows.iter().filter_map(|row| Some((row.cells.first()?.column, row.cells.last()?.column)));
        let (left, right) =
            cells.chain(widest.filter(|column| *column > 0).map(|column| (column, column))).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        let rows = self.leaf.rows.iter().filter_map(|row| self.shift.row(row.number));
        let filled = self.plan.cells.iter().filter_map(|(place, _)| self.shift.row(place.row));
        let table = self.plan.table.map(|table| [table.first_row, self.shift.end()]).into_iter().flatten();
        let (top, bottom) = rows.chain(filled).chain(table).fold((LAST_ROW, 1), |(top, bottom), row| (top.min(row), bottom.max(row)));
        Some(Area { first: CellRef::new(left, top), last: CellRef::new(right, bottom) })
    }

    /// The merges of the first reserved row, once for each row there is now.
    fn merges(&self) -> Vec<Area> {
        if self.shift.is_none() {
            return Vec::new();
        }
        let first = self.shift.first;
        let all = merges(&self.leaf.after).into_iter();
        let own: Vec<Area> = all.filter(|area| (area.first.row, area.last.row) == (first, first)).collect();
        let place = |area: &Area, row| Area { first: CellRef::new(area.first.column, row), last: CellRef::new(area.last.column, row) };
        (first..=self.shift.end()).flat_map(|row| own.iter().map(move |area| place(area, row))).collect()
    }
}
