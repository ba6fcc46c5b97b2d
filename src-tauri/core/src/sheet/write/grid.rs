//! Rows written one after another in the look of a blank's first reserved row.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Read, Write};

use crate::Result;
use crate::error::{Error, Refusal};
use crate::sheet::place::{CellRef, LAST_COLUMN, column_name};
use crate::sheet::read::Epoch;
use crate::sheet::xml::{Pieces, Tag, Token};

use super::cell::{DayForm, Names, Out};
use super::leaf::{LeafPart, RowPart};
use super::rules::copy_attributes;

/// Takes the cells of one row from left to right, whatever the file is.
pub trait Cells {
    /// Writes the next cell of the row.
    fn push(&mut self, value: Out<'_>) -> Result<()>;
}

/// How the cells of a table look.
#[derive(Debug)]
pub(super) struct Look {
    prefix: String,
    names: Names,
    /// The row tag's attributes but for its number, with and without the columns it says it spans.
    row: Vec<u8>,
    row_unspanned: Vec<u8>,
    /// For each column from 1: what stands before and after the row's number in its cell's tag.
    columns: Vec<Option<Column>>,
    widest: u16,
    days: Vec<DayForm>,
    day: DayForm,
    refs: bool,
    formulas: Vec<String>,
}

#[derive(Debug, Clone, Default)]
struct Column {
    begin: Vec<u8>,
    style: Vec<u8>,
    /// Which of the look's formulas the reserved row has there.
    formula: Option<usize>,
    /// Whether the reserved row has a cell there.
    drawn: bool,
}

/// What a table's cells take from the plan.
#[derive(Debug, Clone, Default)]
pub(super) struct Wishes<'a> {
    pub(super) day: DayForm,
    pub(super) days: &'a [(u16, DayForm)],
    pub(super) epoch: Epoch,
    pub(super) refs: bool,
}

impl Look {
    /// Takes the look of the row numbered `first`; a column it does not draw takes the row's or the column's own style.
    pub(super) fn of(leaf: &LeafPart<'_>, first: u32, wishes: &Wishes<'_>) -> Self {
        let empty = RowPart::default();
        let row = leaf.row(first).unwrap_or(&empty);
        let (mut attributes, mut unspanned) = (Vec::new(), Vec::new());
        copy_attributes(row.attributes, &["r"], &mut attributes);
        copy_attributes(row.attributes, &["r", "spans"], &mut unspanned);
        let widest = row.cells.last().map_or(0, |cell| cell.column);
        let mut look = Self {
            names: Names::new(&leaf.prefix, wishes.epoch),
            prefix: leaf.prefix.clone(),
            row: attributes,
            row_unspanned: unspanned,
            columns: vec![None],
            widest,
            days: Vec::new(),
            day: wishes.day.clone(),
            refs: wishes.refs,
            formulas: Vec::new(),
        };
        look.draw(row, &column_styles(leaf));
        for (column, day) in wishes.days {
            look.days.resize(look.days.len().max(usize::from(*column) + 1), look.day.clone());
            look.days.iter_mut().skip(usize::from(*column)).take(1).for_each(|form| form.clone_from(day));
        }
        look
    }

    fn draw(&mut self, row: &RowPart<'_>, styles: &HashMap<u16, Vec<u8>>) {
        let tag = Tag { name: b"row", attributes: row.attributes, empty: false };
        let row_style = tag.raw("customFormat").and(tag.raw("s"));
        let last = styles.keys().copied().max().unwrap_or(0).max(self.widest);
        for column in 1..=last {
            let cell = row.cells.iter().find(|cell| cell.column == column);
            let own = cell.map(|cell| Tag { name: b"c", attributes: cell.attributes, empty: false }.raw("s").unwrap_or_default().to_vec());
            let style = own.or_else(|| row_style.map(<[u8]>::to_vec)).or_else(|| styles.get(&column).cloned()).unwrap_or_default();
            let formula = cell.and_then(|cell| cell.formula.as_ref()).filter(|formula| formula.attributes.is_empty());
            let number = formula.map(|formula| {
                self.formulas.push(formula.text.clone());
                self.formulas.len() - 1
            });
            self.columns.push(Some(self.column(column, &style, number, cell.is_some())));
        }
    }

    fn column(&self, column: u16, style: &[u8], formula: Option<usize>, drawn: bool) -> Column {
        let begin = if self.refs { format!("<{}c r=\"{}", self.prefix, column_name(column)) } else { format!("<{}c", self.prefix) };
        let style = if style.is_empty() { Vec::new() } else { [b" s=\"", style, b"\""].concat() };
        Column { begin: begin.into(), style, formula, drawn }
    }

    /// The formulas of the reserved row, in the order of their columns.
    pub(super) fn formulas(&self) -> &[String] {
        &self.formulas
    }

    fn day(&self, column: u16) -> &DayForm {
        self.days.get(usize::from(column)).unwrap_or(&self.day)
    }
}

/// The styles that columns have of their own (`<col min max style>`), up to the first hundred columns each.
fn column_styles(leaf: &LeafPart<'_>) -> HashMap<u16, Vec<u8>> {
    let mut styles = HashMap::new();
    let mut pieces = Pieces::new(&leaf.before);
    while let Ok(Some(piece)) = pieces.next() {
        let Token::Open(tag) = piece.token else { continue };
        let number = |name| tag.value(name).and_then(|number| number.parse::<u16>().ok());
        if let (b"col", Some(min), Some(max), Some(style)) = (tag.name, number("min"), number("max"), tag.raw("style")) {
            styles.extend((min..=max.min(min.saturating_add(100))).map(|column| (column, style.to_vec())));
        }
    }
    styles
}

/// Copies rows that were written before it was known how many there are, and puts their formulas in: a formula stands in
/// them as its number and its row between two control characters, which no XML text has.
pub(super) fn copy_with_formulas(rows: impl Read, formula: impl Fn(usize, u32) -> Option<Vec<u8>>, out: &mut impl Write) -> io::Result<()> {
    let mut rows = BufReader::new(rows);
    let mut bytes = Vec::new();
    while rows.read_until(1, &mut bytes)? > 0 {
        out.write_all(bytes.strip_suffix(&[1]).unwrap_or(&bytes))?;
        if bytes.last() == Some(&1) {
            bytes.clear();
            rows.read_until(2, &mut bytes)?;
            let mark = String::from_utf8_lossy(bytes.strip_suffix(&[2]).unwrap_or(&bytes)).into_owned();
            let (number, row) = mark.split_once(' ').unwrap_or_default();
            let text = number.parse().ok().zip(row.parse().ok()).and_then(|(number, row)| formula(number, row));
            out.write_all(&text.ok_or(io::ErrorKind::InvalidData)?)?;
        }
        bytes.clear();
    }
    Ok(())
}

/// Writes the rows of a table. Cells are given from left to right; those left out keep their style and their formula.
pub struct RowWriter<'a> {
    look: &'a mut Look,
    bytes: &'a mut Vec<u8>,
    number: u32,
    digits: itoa::Buffer,
    last: u16,
    begun: usize,
    /// Where the row's attributes stand.
    attributes: usize,
    widest: u16,
}

impl<'a> RowWriter<'a> {
    pub(super) fn new(look: &'a mut Look, bytes: &'a mut Vec<u8>, number: u32) -> Self {
        let mut writer = Self { begun: bytes.len(), look, bytes, number, digits: itoa::Buffer::new(), last: 0, attributes: 0, widest: 0 };
        writer.begin();
        writer
    }

    /// The row's number in the sheet, from 1.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Writes a cell in the given column (from 1), which must lie to the right of the one before.
    pub fn put(&mut self, column: u16, value: Out<'_>) -> Result<()> {
        if column <= self.last || column > LAST_COLUMN {
            return Err(Error::Usage(format!("第 {} 行的 {column} 列没有按从左到右的顺序写", self.number)));
        }
        self.fill_to(column);
        self.last = column;
        self.cell(column, value)
    }

    fn begin(&mut self) {
        self.bytes.extend_from_slice(b"<");
        self.bytes.extend_from_slice(self.look.prefix.as_bytes());
        self.bytes.extend_from_slice(b"row");
        if self.look.refs {
            self.bytes.extend_from_slice(b" r=\"");
            self.bytes.extend_from_slice(self.digits.format(self.number).as_bytes());
            self.bytes.push(b'"');
        }
        self.attributes = self.bytes.len();
        self.bytes.extend_from_slice(&self.look.row);
        self.bytes.push(b'>');
    }

    /// Takes back what was written of the row.
    pub(super) fn cancel(self) {
        self.bytes.truncate(self.begun);
    }

    pub(super) fn end(mut self) -> u16 {
        self.fill_to(self.look.widest + 1);
        self.bytes.extend_from_slice(format!("</{}row>", self.look.prefix).as_bytes());
        if self.widest > self.look.widest {
            self.bytes.splice(self.attributes..self.attributes + self.look.row.len(), self.look.row_unspanned.iter().copied());
        }
        self.widest
    }

    /// Writes the cells of the look that were passed over, up to but not including `column`.
    fn fill_to(&mut self, column: u16) {
        for passed in self.last + 1..column {
            let Some(Some(drawn)) = self.look.columns.get(usize::from(passed)).map(|column| column.as_ref().filter(|column| column.drawn))
            else {
                continue;
            };
            open_cell(drawn, self.look.refs, self.number, &mut self.digits, self.bytes);
            match &drawn.formula {
                Some(formula) => {
                    mark(&self.look.prefix, *formula, self.number, self.bytes);
                    self.bytes.extend_from_slice(format!("</{}c>", self.look.prefix).as_bytes());
                }
                None => self.bytes.extend_from_slice(b"/>"),
            }
            self.last = passed;
        }
    }

    fn cell(&mut self, column: u16, value: Out<'_>) -> Result<()> {
        if usize::from(column) >= self.look.columns.len() {
            self.look.columns.resize(usize::from(column) + 1, None);
        }
        if let Some(None) = self.look.columns.get(usize::from(column)) {
            let made = self.look.column(column, &[], None, false);
            self.look.columns.iter_mut().skip(usize::from(column)).take(1).for_each(|slot| *slot = Some(made.clone()));
        }
        self.widest = self.widest.max(column);
        let Some(Some(drawn)) = self.look.columns.get(usize::from(column)) else { return Ok(()) };
        open_cell(drawn, self.look.refs, self.number, &mut self.digits, self.bytes);
        if let Some(formula) = drawn.formula.filter(|_| value.is_result()) {
            let (prefix, row) = (&self.look.prefix, self.number);
            self.look.names.result(value, |into| mark(prefix, formula, row, into), self.bytes);
            return Ok(());
        }
        self.look.names.value(value, self.look.day(column), CellRef::new(column, self.number), self.bytes)
    }
}

/// Leaves a mark for a formula; [`copy_with_formulas`] puts it there.
fn mark(prefix: &str, formula: usize, row: u32, into: &mut Vec<u8>) {
    into.extend_from_slice(format!("><{prefix}f>\u{1}{formula} {row}\u{2}</{prefix}f>").as_bytes());
}

impl Cells for RowWriter<'_> {
    fn push(&mut self, value: Out<'_>) -> Result<()> {
        self.put(self.last + 1, value)
    }
}

fn open_cell(column: &Column, refs: bool, number: u32, digits: &mut itoa::Buffer, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&column.begin);
    if refs {
        bytes.extend_from_slice(digits.format(number).as_bytes());
        bytes.push(b'"');
    }
    bytes.extend_from_slice(&column.style);
}

/// Says that a sheet cannot take so many rows.
pub(super) fn too_many_rows() -> Error {
    Error::Sheet(Refusal::new("行数超过一张工作表能容纳的 1048576 行，没有写出文件。", "请按单位或时间分成几份导出。"))
}
