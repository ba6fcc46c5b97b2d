//! The workbook before it is written: sheets, columns, rows and numbers.

use std::collections::HashMap;

use serde::Serialize;

use super::lines::{Named, lines};
use super::numbers::{Numbers, numbers};
use super::plan::{SHEETS, columns};
use crate::calendar::Period;
use crate::error::Result;
use crate::record::{Id, Wire};
use crate::report::Measure;
use crate::store::{Db, Now, Store};
use crate::units::Unit;

/// A union's workbook of one period.
#[derive(Debug, Serialize, Wire)]
#[serde(rename = "MonthlyBook")]
pub struct Book {
    /// The union's name.
    pub unit: String,
    /// The union's own code.
    pub code: String,
    /// The period's key: 2026-10.
    pub period: String,
    /// The period's Chinese name.
    pub period_label: String,
    /// The period's last day, as which the tree and all stocks are counted.
    pub until: String,
    /// The unix second at which it was made.
    pub made_at: i64,
    /// The rows, the same in every sheet.
    pub lines: Vec<Line>,
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// One sheet.
#[derive(Debug, Serialize, Wire)]
#[serde(rename = "MonthlySheet")]
pub struct Sheet {
    /// Its name on the tab.
    pub name: &'static str,
    /// Its columns from left to right.
    pub columns: Vec<Column>,
    /// Its numbers, row by row, as they are stored: minutes, fen, else the number itself.
    pub cells: Vec<i64>,
}

impl Sheet {
    /// The number in a row and a column.
    pub fn cell(&self, row: usize, column: usize) -> i64 {
        self.cells.get(row * self.columns.len() + column).copied().unwrap_or_default()
    }
}

/// One column: an indicator, or a part of one.
#[derive(Debug, Clone, Serialize, Wire)]
#[serde(rename = "MonthlyColumn")]
pub struct Column {
    /// The words above several columns.
    pub heading: String,
    /// The words above the column.
    pub label: String,
    /// The indicator's code.
    pub code: &'static str,
    /// The split and the part's code, where it is a part.
    pub part: Option<(&'static str, String)>,
    /// What it is counted in.
    pub measure: Measure,
    /// Whether rows add up; if not, its totals are values marked 去重.
    pub additive: bool,
    /// Which other columns it is the sum of in every row, each with 1 or -1.
    pub across: Vec<(i64, usize)>,
    #[serde(skip)]
    pub(super) slot: (usize, usize),
}

/// What a row stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// The whole union with all under it.
    Total,
    /// What belongs to a union itself and to none under it (本级).
    Own,
    /// A union under it, with all under that one.
    Unit,
}

/// One row.
#[derive(Debug, Clone, Serialize, Wire)]
#[serde(rename = "MonthlyLine")]
pub struct Line {
    /// The words at its left.
    pub label: String,
    /// How deep it stands: the total 0, its direct subordinates 1.
    pub level: usize,
    /// The id of the union.
    pub unit: i64,
    /// What it stands for.
    pub kind: LineKind,
    /// The first and last of the rows under it; those one level deeper come to it.
    pub block: Option<(usize, usize)>,
    #[serde(skip)]
    pub(super) place: u32,
}

/// Makes the workbook of a union and a period, with the unions under it to a depth of so many levels (at least 1).
pub fn compute(store: &Store, unit: Id<Unit>, period: Period, depth: usize) -> Result<Book> {
    let numbers = numbers(store, period)?;
    store.read(|db| lay_out(db, &numbers, unit, period, depth.max(1)))
}

/// Lays out numbers that are counted already.
pub(super) fn lay_out(db: &Db<'_>, numbers: &Numbers, unit: Id<Unit>, period: Period, depth: usize) -> Result<Book> {
    let place = numbers.place(unit)?;
    let lines = lines(numbers, place, depth, &names(db, numbers.scope.to())?);
    let sheets = SHEETS.iter().map(|plan| {
        let columns = columns(plan, numbers, place);
        let cells = lines.iter().flat_map(|line| columns.iter().map(move |column| cell(numbers, line, column))).collect();
        Sheet { name: plan.name, columns, cells }
    });
    let (sheets, of) = (sheets.collect(), db.get(unit)?);
    let Now { at, .. } = db.now();
    Ok(Book {
        unit: of.name,
        code: of.code,
        period: period.to_string(),
        period_label: period.label(),
        until: numbers.scope.to().to_owned(),
        made_at: at,
        lines,
        sheets,
    })
}

fn cell(numbers: &Numbers, line: &Line, column: &Column) -> i64 {
    let (family, slot) = column.slot;
    let figures = numbers.figures.get(family);
    figures.map_or(0, |figures| if line.kind == LineKind::Own { figures.own(line.place, slot) } else { figures.total(line.place, slot) })
}

fn names(db: &Db<'_>, day: &str) -> Result<HashMap<i64, Named>> {
    let sql = "SELECT id, coalesce(short_name, name), coalesce(closed <= ?1, 0) FROM unit";
    let rows = db.rows(sql, [day], |row| Ok((row.get(0)?, Named { name: row.get(1)?, closed: row.get(2)? })))?;
    Ok(rows.into_iter().collect())
}
