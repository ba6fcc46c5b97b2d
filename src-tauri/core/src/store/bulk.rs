//! Many rows at once: a statement that is held, and indexes that are made anew after the rows instead of kept up row by row.

use std::marker::PhantomData;

use rusqlite::CachedStatement;

use super::buffer::Key;
use super::triggers::{self, lock};
use super::tx::Tx;
use crate::error::Result;
use crate::record::{Cell, Id, Kind, Record, Row, Table};

/// Fewer rows than this never pay for making an index anew.
const FEW: i64 = 2_000;

/// Inserts rows of one table, one after the other.
pub struct Inserter<'t, 'c, T> {
    tx: &'t Tx<'c>,
    statement: CachedStatement<'c>,
    row: PhantomData<fn(T)>,
}

impl<T: Row> Inserter<'_, '_, T> {
    /// Stores a new row whose checks were done before, and gives its key.
    pub fn add(&mut self, row: &T) -> Result<Key> {
        self.add_cells(&row.cells())
    }

    /// Stores a new row of cells, and gives its key.
    pub fn add_cells(&mut self, cells: &[Cell]) -> Result<Key> {
        self.tx.insert_by(&mut self.statement, T::table(), cells)
    }
}

impl<T: Record> Inserter<'_, '_, T> {
    /// Stores a new record whose checks were done before, and gives its id.
    pub fn insert(&mut self, record: &T) -> Result<Id<T>> {
        self.add(record).map(|key| Id::new(key.first()))
    }
}

impl<'c> Tx<'c> {
    /// Holds the statement that inserts rows of `T`.
    pub fn inserter<T: Row>(&self) -> Result<Inserter<'_, 'c, T>> {
        let statement = self.connection().prepare_cached(&T::table().sql().insert)?;
        Ok(Inserter { tx: self, statement, row: PhantomData })
    }

    /// Does an act that adds about so many rows to each table named, and changes or removes none of theirs.
    ///
    /// Where these are more than a tenth of a table, its indexes are dropped before the act and made anew after it, in the same
    /// step; meanwhile a look-up through one of them reads the whole table. A value that is no longer unique fails the step.
    pub fn bulk<T>(&self, tables: &[(&'static Table, i64)], act: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.without_indexes(tables, |_, _| true, act)
    }

    /// Does an act that removes, brings back or changes about so many rows of each table named.
    ///
    /// As [`Tx::bulk`], but the indexes stay through which the store looks for rows that refer to another one.
    pub fn bulk_change<T>(&self, tables: &[(&'static Table, i64)], act: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let serves = |table: &Table, first: &str| table.field(first).is_some_and(|field| matches!(field.kind, Kind::Ref(_)));
        self.without_indexes(tables, |table, first| !serves(table, first), act)
    }

    /// Says whether so many rows more make it pay to make a table's indexes anew.
    pub fn bulk_pays(&self, tables: &[(&'static Table, i64)]) -> Result<bool> {
        tables.iter().try_fold(false, |pays, (table, rows)| Ok(pays || self.is_much(table, *rows)?))
    }

    fn without_indexes<T>(
        &self,
        tables: &[(&'static Table, i64)],
        drops: impl Fn(&Table, &str) -> bool,
        act: impl FnOnce(&Self) -> Result<T>,
    ) -> Result<T> {
        let mut dropped = Vec::new();
        for (table, rows) in tables {
            if self.is_much(table, *rows)? {
                dropped.extend(self.indexes(table)?.into_iter().filter(|index| drops(table, &index.first)));
            }
        }
        let done = self.noting(tables, || self.without(&dropped, act));
        if done.is_err() {
            lock(self.buffer).failed = true;
        }
        done
    }

    /// Notes the new rows of the tables itself while it acts: a trigger makes SQLite keep a way back for every single insert, which a
    /// step that is kept whole or not at all does not need. A table whose triggers are gone already is left as it is.
    fn noting<T>(&self, tables: &[(&'static Table, i64)], act: impl FnOnce() -> Result<T>) -> Result<T> {
        let places = self.registry().tables().enumerate().filter(|(_, table)| tables.iter().any(|(own, _)| own.name == table.name));
        let own: Vec<_> = places.filter(|(_, table)| !self.noted.borrow().contains_key(table.name)).collect();
        for (number, table) in &own {
            self.connection().execute_batch(&triggers::drop_on_insert(table))?;
            self.noted.borrow_mut().insert(table.name, *number);
        }
        let value = act()?;
        for (number, table) in &own {
            self.noted.borrow_mut().remove(table.name);
            self.connection().execute_batch(&triggers::on_insert(*number, table))?;
        }
        Ok(value)
    }

    fn without<T>(&self, indexes: &[Index], act: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        indexes.iter().try_for_each(|index| self.connection().execute_batch(&format!("DROP INDEX main.\"{}\"", index.name)))?;
        let value = act(self)?;
        indexes.iter().try_for_each(|index| self.connection().execute_batch(&index.sql))?;
        Ok(value)
    }

    fn is_much(&self, table: &Table, rows: i64) -> Result<bool> {
        let count = || self.one::<i64>(&format!("SELECT count(*) FROM {}", table.name), []);
        Ok(rows >= FEW && rows > count()?.unwrap_or(0) / 10)
    }

    /// The indexes of a table that were made by a statement of their own; those of its constraints cannot be dropped.
    fn indexes(&self, table: &Table) -> Result<Vec<Index>> {
        let sql = "SELECT m.name, m.sql, coalesce((SELECT name FROM pragma_index_info(m.name) WHERE seqno = 0), '') \
                   FROM main.sqlite_master m WHERE m.type = 'index' AND m.tbl_name = ?1 AND m.sql IS NOT NULL ORDER BY m.rowid";
        self.rows(sql, [table.name], |row| Ok(Index { name: row.get(0)?, sql: row.get(1)?, first: row.get(2)? }))
    }
}

/// An index that can be dropped and made anew.
struct Index {
    name: String,
    sql: String,
    /// Its first column; empty for an expression.
    first: String,
}
