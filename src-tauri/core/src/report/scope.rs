//! What is counted: the tree as it was, the first and the last day.

use chrono::NaiveDate;
use rusqlite::types::ValueRef;
use rusqlite::{Params, Row as SqlRow};

use super::Hierarchy;
use crate::Result;
use crate::store::Db;

/// The tree and the days that a pass counts.
#[derive(Debug)]
pub struct Scope {
    /// The tree as it was on the last day.
    pub hierarchy: Hierarchy,
    from: String,
    to: String,
}

/// Where a day lies against a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Before its first day.
    Before,
    /// From its first to its last day.
    Within,
    /// After its last day.
    After,
}

impl Scope {
    /// A pass over `hierarchy` from a first to a last day.
    pub fn new(hierarchy: Hierarchy, from: NaiveDate, to: NaiveDate) -> Self {
        Self { hierarchy, from: from.to_string(), to: to.to_string() }
    }

    /// The first day, as it is stored.
    pub fn from(&self) -> &str {
        &self.from
    }

    /// The last day, as it is stored.
    pub fn to(&self) -> &str {
        &self.to
    }

    /// Says where a stored day lies.
    pub fn when(&self, day: &[u8]) -> When {
        match day {
            _ if day < self.from.as_bytes() => When::Before,
            _ if day <= self.to.as_bytes() => When::Within,
            _ => When::After,
        }
    }

    /// Says whether a stored day lies from the first to the last; nothing does not.
    pub fn within(&self, day: &[u8]) -> bool {
        !day.is_empty() && self.when(day) == When::Within
    }

    /// Says whether something that began and ended (or has not yet, or nobody knows) was there on the last day; the day of its end is
    /// the first without it.
    pub fn stands(&self, began: &[u8], ended: &[u8]) -> bool {
        (began.is_empty() || self.when(began) != When::After) && (ended.is_empty() || self.when(ended) == When::After)
    }
}

/// Reads every row of a statement without keeping any.
pub fn stream(db: &Db<'_>, sql: &str, parameters: impl Params, mut each: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<()>) -> Result<()> {
    let mut statement = db.connection().prepare_cached(sql)?;
    let mut rows = statement.query(parameters)?;
    while let Some(row) = rows.next()? {
        each(row)?;
    }
    Ok(())
}

/// The number in a column, nought where there is none.
pub fn int(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<i64> {
    Ok(if let ValueRef::Integer(value) = row.get_ref(column)? { value } else { 0 })
}

/// The text in a column as it is stored, empty where there is none.
pub fn bytes<'r>(row: &'r SqlRow<'_>, column: usize) -> rusqlite::Result<&'r [u8]> {
    Ok(if let ValueRef::Text(text) = row.get_ref(column)? { text } else { &[] })
}
