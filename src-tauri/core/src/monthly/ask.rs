//! The workbook as it is asked for by the window and the command line.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{Behind, Book, behind, compute, write};
use crate::api::RowKey;
use crate::calendar::Period;
use crate::error::{Error, Result};
use crate::record::{Id, Wire};
use crate::store::{Db, Store};
use crate::units::Unit;

/// Which workbook.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct BookOf {
    /// The union.
    pub unit: Id<Unit>,
    /// The period's key: 2026-10.
    pub period: String,
    /// How many levels of the unions below have rows; the direct ones where nothing is said.
    pub depth: Option<usize>,
}

/// Computes a workbook. Refuses what is no period.
pub fn book(store: &Store, ask: &BookOf) -> Result<Book> {
    compute(store, ask.unit, period(&ask.period)?, ask.depth.unwrap_or(1))
}

/// A workbook to write.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct BookFile {
    /// Which workbook.
    #[serde(flatten)]
    pub of: BookOf,
    /// Where it goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// Computes a workbook, writes it as an xlsx file, whole or not at all, and gives it.
pub fn write_file(store: &Store, ask: &BookFile) -> Result<Book> {
    let book = book(store, &ask.of)?;
    write(&book, &ask.path).map(|()| book)
}

/// A number of a workbook.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct NumberOf {
    /// The period's key.
    pub period: String,
    /// The number.
    #[serde(flatten)]
    pub number: Behind,
}

/// One row behind a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Counted {
    /// The record.
    pub record: &'static str,
    /// The row.
    pub id: RowKey,
    /// What it adds to the number, in the indicator's measure.
    pub amount: i64,
}

/// Lists what a number counts; the amounts' sum is the number.
pub fn behind_number(db: &Db<'_>, ask: &NumberOf) -> Result<Vec<Counted>> {
    let entries = behind(db, period(&ask.period)?, &ask.number)?;
    Ok(entries.into_iter().map(|entry| Counted { record: entry.table, id: entry.key.into(), amount: entry.amount }).collect())
}

fn period(text: &str) -> Result<Period> {
    text.parse().map_err(|_| Error::Usage(format!("“{text}”不是期间，请写作 2026-10、2026Q3、2026H1 或 2026")))
}
