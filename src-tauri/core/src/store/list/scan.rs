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
        let (shape, mut found) = (self.shape(), Vec::new());
        for leg in self.legs(after) {
            let limit = i64::try_from(size - found.len()).unwrap_or(i64::MAX);
            let cells = self.base.cells.iter().chain(&leg.cells).cloned().chain([Cell::Int(limit)]);
            found.extend(db.rows(&self.sql(&leg), params_from_iter(cells), |row| shape.read(row))?);
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
        let clause = self.base.clone().and(leg.clone()).clause();
        format!("SELECT {} FROM {}{clause}{} LIMIT ?", self.columns(), self.from, self.sort.order_by())
    }

    fn columns(&self) -> String {
        let through = self.through.as_deref().unwrap_or("NULL");
        format!("{}, {through}{}", self.sort.key_sql(), self.sort.terms_sql())
    }

    fn shape(&self) -> Shape {
        Shape { keys: self.sort.key_count(), terms: self.sort.terms.len() }
    }

    /// Gives, in no order, the candidates whose value of the column that a search goes through is wanted.
    pub fn sifted(&self, db: &Db<'_>, wanted: impl Fn(i64) -> bool) -> Result<Vec<Candidate>> {
        let sql = format!("SELECT {} FROM {}{}", self.columns(), self.from, self.base.clause());
        let mut statement = db.connection().prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&self.base.cells))?;
        let (shape, mut found) = (self.shape(), Vec::new());
        while let Some(row) = rows.next()? {
            if row.get::<_, Option<i64>>(shape.keys)?.is_some_and(&wanted) {
                found.push(shape.read(row)?);
            }
        }
        Ok(found)
    }

    /// Makes the statement that gives all candidates by the values of the scan's condition, in order.
    pub fn lookup(&self) -> Lookup {
        let sql = format!("SELECT {} FROM {}{}{}", self.columns(), self.from, self.base.clause(), self.sort.order_by());
        Lookup { sql, shape: self.shape() }
    }
}

/// A statement that finds candidates by one number, made once for many.
#[derive(Debug)]
pub struct Lookup {
    sql: String,
    shape: Shape,
}

impl Lookup {
    /// Gives the candidates.
    pub fn of(&self, db: &Db<'_>, number: i64) -> Result<Vec<Candidate>> {
        db.rows(&self.sql, [number], |row| self.shape.read(row))
    }
}

/// How many columns the key and the order take in a candidate's row.
#[derive(Debug, Clone, Copy)]
struct Shape {
    keys: usize,
    terms: usize,
}

impl Shape {
    fn read(self, row: &Row<'_>) -> rusqlite::Result<Candidate> {
        let key = if self.keys == 1 { Key::Id(row.get(0)?) } else { Key::Pair(row.get(0)?, row.get(1)?) };
        let order = (0..self.terms).map(|at| row.get(self.keys + 1 + at)).collect::<rusqlite::Result<_>>()?;
        Ok(Candidate { spot: Spot { order, key }, through: row.get(self.keys)? })
    }
}
