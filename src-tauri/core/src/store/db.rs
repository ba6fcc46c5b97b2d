//! Reading. A function that takes `&Db` cannot write.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Params, Row as SqlRow};

use super::buffer::Key;
use super::now::Now;
use crate::error::{Error, Result};
use crate::modules::Registry;
use crate::record::{Cell, Field, Id, Record, Row, Table};

/// A connection to read from.
pub struct Db<'c> {
    connection: &'c Connection,
    registry: &'c Arc<Registry>,
    now: Now,
}

impl<'c> Db<'c> {
    pub(super) fn new(connection: &'c Connection, registry: &'c Arc<Registry>, now: Now) -> Self {
        Self { connection, registry, now }
    }

    /// The bare connection, for statements of a module's own.
    pub fn connection(&self) -> &'c Connection {
        self.connection
    }

    /// The records of the running app.
    pub fn registry(&self) -> &'c Registry {
        self.registry
    }

    /// The moment of the call, as the caller's clock says.
    pub fn now(&self) -> Now {
        self.now
    }

    /// What tells this office file, its copies and backups from every other one: eight hexadecimal digits.
    pub fn origin(&self) -> Result<String> {
        Ok(self.connection.query_row("SELECT value FROM meta WHERE name = 'origin'", [], |row| row.get(0))?)
    }

    /// Reads a record by its id; `Gone` where there is none.
    pub fn get<T: Record>(&self, id: Id<T>) -> Result<T> {
        self.find(id)?.ok_or_else(|| Error::Gone(format!("这条“{}”记录", T::table().label)))
    }

    /// Reads a record by its id.
    pub fn find<T: Record>(&self, id: Id<T>) -> Result<Option<T>> {
        self.cells(T::table(), Key::Id(id.get()))?.map(|cells| T::from_cells(id.get(), cells)).transpose()
    }

    /// Reads the cells of a row by its key.
    pub fn cells(&self, table: &'static Table, key: Key) -> Result<Option<Vec<Cell>>> {
        let sql = format!("{}{}", table.sql().select, table.sql().by_key);
        let mut statement = self.connection.prepare_cached(&sql)?;
        let read = |row: &SqlRow<'_>| cells_of(row, table);
        Ok(match key {
            Key::Id(id) => statement.query_row([id], read),
            Key::Pair(a, b) => statement.query_row([a, b], read),
        }
        .optional()?)
    }

    /// Reads all rows that a condition (` WHERE …` and what follows) selects.
    pub fn select<T: Row>(&self, rest: &str, parameters: impl Params) -> Result<Vec<T>> {
        let table = T::table();
        let mut statement = self.connection.prepare_cached(&format!("{} {rest}", table.sql().select))?;
        let mut rows = statement.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(T::from_cells(row.get(0)?, cells_of(row, table)?)?);
        }
        Ok(found)
    }

    /// Reads one value, or `None` where there is no row.
    pub fn one<V: rusqlite::types::FromSql>(&self, sql: &str, parameters: impl Params) -> Result<Option<V>> {
        Ok(self.connection.prepare_cached(sql)?.query_row(parameters, |row| row.get(0)).optional()?)
    }

    /// Fills this connection's own table `sub (id)` with the ids that a SELECT gives, for statements that join from it:
    /// `FROM sub CROSS JOIN …` makes SQLite start there, which it does not by itself with a recursive expression.
    pub fn gather(&self, select: &str, parameters: impl Params) -> Result<()> {
        let guarded: bool = self.connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
        self.connection.pragma_update(None, "query_only", false)?;
        let filled = self.fill(select, parameters);
        self.connection.pragma_update(None, "query_only", guarded)?;
        filled
    }

    fn fill(&self, select: &str, parameters: impl Params) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM temp.sub")?.execute([])?;
        self.connection.prepare_cached(&format!("INSERT INTO temp.sub (id) {select}"))?.execute(parameters)?;
        Ok(())
    }

    /// The keys of the rows whose field refers to a row.
    pub fn referring(&self, child: &'static Table, field: &Field, id: i64) -> Result<Vec<Key>> {
        let sql = format!("SELECT {} FROM {} WHERE {} = ?1", child.key_columns().join(", "), child.name, field.name);
        self.rows(&sql, [id], |row| Key::read(row, child))
    }

    /// Reads rows by a function of one's own.
    pub fn rows<V>(&self, sql: &str, parameters: impl Params, read: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<V>) -> Result<Vec<V>> {
        let mut statement = self.connection.prepare_cached(sql)?;
        Ok(statement.query_map(parameters, read)?.collect::<rusqlite::Result<_>>()?)
    }
}

/// Reads the fields that follow the key in a row of [`crate::record::Sql::select`].
pub(super) fn cells_of(row: &SqlRow<'_>, table: &Table) -> rusqlite::Result<Vec<Cell>> {
    (1..=table.fields.len()).map(|at| row.get(at)).collect()
}
