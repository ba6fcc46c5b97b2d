//! Reading candidates in their order, a batch at a time.

use rusqlite::{Row, params_from_iter};

use super::condition::Condition;
use super::sort::{Sort, Spot};
use crate::error::Result;
use crate::record::Cell;
use crate::store::{Db, Key};

/// A row that may belong to a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Its place.
    pub spot: Spot,
    /// Its value of the column that a search goes through.
    pub through: Option<i64>,
}

/// What is read, and in which order.
#[derive(Debug, Clone)]
pub struct Scan {
    /// What follows FROM.
    pub from: String,
    /// What every row must be.
    pub base: Condition,
    /// The order.
    pub sort: Sort,
    /// The column that a search goes through, as SQL.
    pub through: Option<String>,
    /// Whether indexes give the order, so that each leg is a stretch of its own; else every batch is one pass over all rows.
    pub walks: bool,
}

impl Scan {
    /// Gives the next candidates after a place, at most `size`.
    pub fn batch(&self, db: &Db<'_>, after: Option<&Spot>, size: usize) -> Result<Vec<Candidate>> {
        let mut found = Vec::new();
        for leg in self.legs(after) {
            let limit = i64::try_from(size - found.len()).unwrap_or(i64::MAX);
            let cells = self.base.cells.iter().chain(&leg.cells).cloned().chain([Cell::Int(limit)]);
            found.extend(db.rows(&self.sql(&leg), params_from_iter(cells), |row| self.read(row))?);
            if found.len() == size {
                break;
            }
        }
        Ok(found)
    }

    /// Gives all candidates' ids, in order.
    pub fn ids(&self, db: &Db<'_>) -> Result<Vec<i64>> {
        let sql = format!("SELECT {} FROM {}{}{}", self.sort.key_sql(), self.from, self.base.clause(), self.sort.order_by());
        db.rows(&sql, params_from_iter(&self.base.cells), |row| row.get(0))
    }

    /// Counts the candidates up to a bound.
    pub fn count_up_to(&self, db: &Db<'_>, bound: usize) -> Result<usize> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM {}{} LIMIT ?)", self.from, self.base.clause());
        let cells = self.base.cells.iter().cloned().chain([Cell::Int(i64::try_from(bound).unwrap_or(i64::MAX))]);
        let count = db.one::<i64>(&sql, params_from_iter(cells))?.unwrap_or(0);
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The lines of the query plans of a batch.
    pub fn explain(&self, db: &Db<'_>, after: Option<&Spot>) -> Result<Vec<String>> {
        let mut lines = Vec::new();
        for leg in self.legs(after) {
            let cells = self.base.cells.iter().chain(&leg.cells).cloned().chain([Cell::Int(50)]);
            lines.extend(db.rows(&format!("EXPLAIN QUERY PLAN {}", self.sql(&leg)), params_from_iter(cells), |row| row.get(3))?);
        }
        Ok(lines)
    }

    fn legs(&self, after: Option<&Spot>) -> Vec<Condition> {
        let legs = self.sort.legs(after);
        if self.walks || after.is_none() { legs } else { vec![Condition::any(legs)] }
    }

    fn sql(&self, leg: &Condition) -> String {
        let through = self.through.as_deref().unwrap_or("NULL");
        let (key, terms) = (self.sort.key_sql(), self.sort.terms_sql());
        let clause = self.base.clone().and(leg.clone()).clause();
        format!("SELECT {key}, {through}{terms} FROM {}{clause}{} LIMIT ?", self.from, self.sort.order_by())
    }

    fn read(&self, row: &Row<'_>) -> rusqlite::Result<Candidate> {
        let keys = self.sort.key_count();
        let key = if keys == 1 { Key::Id(row.get(0)?) } else { Key::Pair(row.get(0)?, row.get(1)?) };
        let order = (0..self.sort.terms.len()).map(|at| row.get(keys + 1 + at)).collect::<rusqlite::Result<_>>()?;
        Ok(Candidate { spot: Spot { order, key }, through: row.get(keys)? })
    }
}
