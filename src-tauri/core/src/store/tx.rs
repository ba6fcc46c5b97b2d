//! Writing, within one step.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Deref;

use rusqlite::{Params, params_from_iter};

use super::buffer::Key;
use super::db::Db;
use super::journal::Journal;
use super::triggers::{Shared, lock};
use crate::error::{Error, Faults, Result};
use crate::record::{Cell, Field, Id, Kind, Record, Row, Table, patch};

/// A buffer past this many bytes is written to the journal between two statements.
const SPILL: usize = 8 << 20;

/// The writer of one step; reads what it wrote.
pub struct Tx<'c> {
    db: Db<'c>,
    pub(super) buffer: &'c Shared,
    pub(super) journal: RefCell<Journal>,
    pub(super) seat: i64,
    counters: RefCell<HashMap<&'static str, i64>>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Db<'c>;

    fn deref(&self) -> &Db<'c> {
        &self.db
    }
}

impl<'c> Tx<'c> {
    pub(super) fn new(db: Db<'c>, buffer: &'c Shared, journal: Journal, seat: i64) -> Self {
        Self { db, buffer, journal: RefCell::new(journal), seat, counters: RefCell::default() }
    }

    /// Stores a new record after its checks, and gives its id.
    pub fn add<T: Record>(&self, record: &T) -> Result<Id<T>> {
        self.checked(record)?;
        self.insert(record)
    }

    /// Stores what changed in a record after its checks.
    pub fn save<T: Record>(&self, record: &T) -> Result<()> {
        self.checked(record)?;
        self.update(T::table(), Key::Id(record.id().get()), &record.cells())
    }

    /// Refuses a row that its fields' or its own rules forbid.
    pub fn checked<T: Row>(&self, row: &T) -> Result<()> {
        let mut faults = Faults::default();
        super::faults::check_cells(&self.db, T::table(), &row.cells(), &mut faults)?;
        row.check(&self.db, &mut faults);
        if faults.refuse() { Err(Error::Faults(faults)) } else { Ok(()) }
    }

    /// Stores a new record whose checks were done before, and gives its id.
    pub fn insert<T: Record>(&self, record: &T) -> Result<Id<T>> {
        self.insert_cells(T::table(), &record.cells()).map(|key| Id::new(key.first()))
    }

    /// Stores a link, whose checks were done before.
    pub fn link<T: Row>(&self, row: &T) -> Result<()> {
        self.insert_cells(T::table(), &row.cells()).map(|_| ())
    }

    /// Stores a new row of cells, and gives its key.
    pub fn insert_cells(&self, table: &'static Table, cells: &[Cell]) -> Result<Key> {
        if table.link {
            let end = |at: usize| cells.get(at).and_then(Cell::int).unwrap_or(0);
            self.run(&table.sql().insert, params_from_iter(self.stamped(table, cells)))?;
            return Ok(Key::Pair(end(0), end(1)));
        }
        let id = self.next_id(table.name)?;
        self.insert_as(table, Key::Id(id), cells)?;
        Ok(Key::Id(id))
    }

    /// Stores a row under a key that it had before.
    pub(super) fn insert_as(&self, table: &'static Table, key: Key, cells: &[Cell]) -> Result<()> {
        let id = match key {
            Key::Id(id) => Some(Cell::Int(id)),
            Key::Pair(..) => None,
        };
        self.run(&table.sql().insert, params_from_iter(id.into_iter().chain(self.stamped(table, cells)))).map(|_| ())
    }

    fn stamped<'s>(&'s self, table: &'static Table, cells: &'s [Cell]) -> impl Iterator<Item = Cell> + 's {
        let stamp = move |(field, cell): (&Field, &Cell)| match (field.kind, cell) {
            (Kind::Entered, Cell::Int(0)) => Cell::Int(self.now().at),
            _ => cell.clone(),
        };
        table.fields.iter().zip(cells).map(stamp)
    }

    /// Writes all fields of a row; only what differs is journaled.
    pub fn update(&self, table: &'static Table, key: Key, cells: &[Cell]) -> Result<()> {
        let changed = self.run(&table.sql().update, params_from_iter(cells.iter().cloned().chain(key_cells(key))))?;
        if changed == 1 { Ok(()) } else { Err(Error::Gone(format!("这条“{}”记录", table.label))) }
    }

    /// Writes some fields of a row.
    pub fn patch(&self, table: &'static Table, key: Key, changes: &[(&str, Cell)]) -> Result<()> {
        let columns: Vec<_> = changes.iter().map(|(name, _)| *name).collect();
        let cells = changes.iter().map(|(_, cell)| cell.clone()).chain(key_cells(key));
        let changed = self.run(&patch(table, &columns), params_from_iter(cells))?;
        if changed == 1 { Ok(()) } else { Err(Error::Gone(format!("这条“{}”记录", table.label))) }
    }

    /// Writes some fields of a record.
    pub fn set<T: Record>(&self, id: Id<T>, changes: &[(&str, Cell)]) -> Result<()> {
        self.patch(T::table(), Key::Id(id.get()), changes)
    }

    /// Deletes a row; refused by the store while others refer to it.
    pub fn delete(&self, table: &'static Table, key: Key) -> Result<()> {
        let deleted = self.run(&table.sql().delete, params_from_iter(key_cells(key)))?;
        if deleted == 1 { Ok(()) } else { Err(Error::Gone(format!("这条“{}”记录", table.label))) }
    }

    /// Runs a statement; a step one of whose statements failed is not kept, even if its act goes on.
    pub(super) fn run(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        match self.connection().prepare_cached(sql)?.execute(parameters) {
            Ok(rows) => {
                self.spill(SPILL)?;
                Ok(rows)
            }
            Err(source) => {
                lock(self.buffer).failed = true;
                Err(source.into())
            }
        }
    }

    /// Writes the buffer to the journal where it holds more than `bytes`.
    pub(super) fn spill(&self, bytes: usize) -> Result<()> {
        if lock(self.buffer).bytes > bytes {
            let pending = lock(self.buffer).take();
            self.journal.borrow_mut().append(self.connection(), self.registry(), &pending)?;
        }
        Ok(())
    }

    /// The next id of a table: this seat's number and a counter that no undo rolls back.
    pub(super) fn next_id(&self, table: &'static str) -> Result<i64> {
        let mut counters = self.counters.borrow_mut();
        let last = match counters.get(table) {
            Some(last) => *last,
            None => self.one("SELECT n FROM counter WHERE seat = ?1 AND tab = ?2", (self.seat, table))?.unwrap_or(0),
        };
        counters.insert(table, last + 1);
        Ok(self.seat << 40 | (last + 1))
    }

    pub(super) fn store_counters(&self) -> Result<()> {
        let sql = "INSERT INTO counter (seat, tab, n) VALUES (?1, ?2, ?3) ON CONFLICT (seat, tab) DO UPDATE SET n = excluded.n";
        let mut statement = self.connection().prepare_cached(sql)?;
        for (table, n) in self.counters.borrow().iter() {
            statement.execute((self.seat, table, n))?;
        }
        Ok(())
    }
}

fn key_cells(key: Key) -> impl Iterator<Item = Cell> {
    let (first, second) = match key {
        Key::Id(id) => (id, None),
        Key::Pair(a, b) => (a, Some(b)),
    };
    std::iter::once(Cell::Int(first)).chain(second.map(Cell::Int))
}
