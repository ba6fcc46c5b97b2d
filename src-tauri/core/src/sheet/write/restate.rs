//! Rows of a blank written again: where they go now, with single cells filled in and formulas without their old results.

use std::ops::Range;

use crate::Result;
use crate::sheet::place::{CellRef, column_name};
use crate::sheet::read::Epoch;

use super::cell::{DayForm, Names, Out, escape_plain};
use super::leaf::{CellPart, FormulaPart, LeafPart, RowPart};
use super::rules::{Rules, change_attributes, copy_attributes};

/// Single cells to fill, by their places in the blank.
pub(super) struct Fills<'a> {
    cells: Vec<&'a (CellRef, Out<'a>)>,
    names: Names,
    day: &'a DayForm,
}

impl<'a> Fills<'a> {
    pub(super) fn new(leaf: &LeafPart<'_>, cells: &'a [(CellRef, Out<'a>)], day: &'a DayForm, epoch: Epoch) -> Self {
        let mut cells: Vec<_> = cells.iter().collect();
        cells.sort_by_key(|(place, _)| (place.row, place.column));
        // Where a cell is filled twice the later filling holds.
        cells.reverse();
        cells.dedup_by_key(|(place, _)| *place);
        cells.reverse();
        Self { cells, names: Names::new(&leaf.prefix, epoch), day }
    }

    fn of_row(&self, row: u32) -> impl Iterator<Item = &'a (CellRef, Out<'a>)> + '_ {
        self.cells.iter().copied().filter(move |(place, _)| place.row == row)
    }

    fn rows(&self) -> impl Iterator<Item = u32> + '_ {
        self.cells.iter().map(|(place, _)| place.row)
    }
}

/// Writes the rows whose numbers in the blank lie in `range`.
pub(super) fn restate(leaf: &LeafPart<'_>, range: Range<u32>, rules: &Rules<'_>, fills: &Fills<'_>, into: &mut Vec<u8>) -> Result<()> {
    let mut numbers: Vec<u32> = leaf.rows.iter().map(|row| row.number).chain(fills.rows()).filter(|row| range.contains(row)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let empty = RowPart::default();
    for number in numbers {
        let Some(goes) = rules.own.row(number) else { continue };
        let row = leaf.row(number);
        let untouched = goes == number && fills.of_row(number).next().is_none();
        match row {
            Some(row) if untouched && !row.has_formula() => into.extend_from_slice(row.raw),
            _ => Restating { rules, fills, prefix: &leaf.prefix, number, goes }.row(row.unwrap_or(&empty), into)?,
        }
    }
    Ok(())
}

struct Restating<'a> {
    rules: &'a Rules<'a>,
    fills: &'a Fills<'a>,
    prefix: &'a str,
    number: u32,
    goes: u32,
}

impl Restating<'_> {
    fn row(&self, row: &RowPart<'_>, into: &mut Vec<u8>) -> Result<()> {
        into.extend_from_slice(format!("<{}row r=\"{}\"", self.prefix, self.goes).as_bytes());
        copy_attributes(row.attributes, &["r"], into);
        into.push(b'>');
        let mut columns: Vec<u16> =
            row.cells.iter().map(|cell| cell.column).chain(self.fills.of_row(self.number).map(|(place, _)| place.column)).collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            let cell = row.cells.iter().find(|cell| cell.column == column);
            match self.fills.of_row(self.number).find(|(place, _)| place.column == column) {
                Some((_, value)) if value.is_result() && cell.is_some_and(|cell| cell.formula.is_some()) => {
                    self.open(column, cell, into);
                    let formula = cell.and_then(|cell| cell.formula.as_ref());
                    self.fills.names.result(*value, |into| formula.into_iter().for_each(|formula| self.formula(formula, into)), into);
                }
                Some((place, value)) => {
                    self.open(column, cell, into);
                    self.fills.names.value(*value, self.fills.day, *place, into)?;
                }
                None => cell.into_iter().for_each(|cell| self.cell(cell, into)),
            }
        }
        into.extend_from_slice(format!("</{}row>", self.prefix).as_bytes());
        Ok(())
    }

    fn cell(&self, cell: &CellPart<'_>, into: &mut Vec<u8>) {
        if let Some(formula) = &cell.formula {
            self.open(cell.column, Some(cell), into);
            self.formula(formula, into);
            into.extend_from_slice(format!("</{}c>", self.prefix).as_bytes());
        } else if self.goes == self.number {
            into.extend_from_slice(cell.raw);
        } else {
            into.extend_from_slice(format!("<{}c r=\"{}{}\"", self.prefix, column_name(cell.column), self.goes).as_bytes());
            copy_attributes(cell.attributes, &["r"], into);
            if cell.inner.is_empty() {
                into.extend_from_slice(b"/>");
            } else {
                into.push(b'>');
                into.extend_from_slice(cell.inner);
                into.extend_from_slice(format!("</{}c>", self.prefix).as_bytes());
            }
        }
    }

    /// Begins a cell whose old value goes: its kind goes with it.
    fn open(&self, column: u16, cell: Option<&CellPart<'_>>, into: &mut Vec<u8>) {
        into.extend_from_slice(format!("<{}c r=\"{}{}\"", self.prefix, column_name(column), self.goes).as_bytes());
        copy_attributes(cell.map_or(&[], |cell| cell.attributes), &["r", "t"], into);
    }

    fn formula(&self, formula: &FormulaPart<'_>, into: &mut Vec<u8>) {
        into.extend_from_slice(format!("><{}f", self.prefix).as_bytes());
        let area =
            |name: &[u8], value: &str| if name == b"ref" { self.rules.own.areas(value).map(|areas| areas.into_owned()) } else { None };
        change_attributes(formula.attributes, area, into);
        into.push(b'>');
        escape_plain(&self.rules.formula(&formula.text), into);
        into.extend_from_slice(format!("</{}f>", self.prefix).as_bytes());
    }
}
