//! Writing, within one step.

use std::cell::{Cell as Once, RefCell};
use std::collections::HashMap;
use std::ops::Deref;

use rusqlite::{Params, Statement, params_from_iter};

use super::buffer::Key;
use super::db::Db;
use super::journal::Journal;
use super::triggers::{Shared, lock};
use super::veil::Veil;
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
    /// The tables whose new rows are noted here and not by triggers, with their places in the registry.
    pub(super) noted: RefCell<HashMap<&'static str, usize>>,
    /// Whether any row is closed to changes, once it was asked.
    veiled: Once<Option<bool>>,
    /// Whether veils are left aside for the while.
    aside: Once<bool>,
}

impl<'c> Deref for Tx<'c> {
    type Target = Db<'c>;

    fn deref(&self) -> &Db<'c> {
        &self.db
    }
}

impl<'c> Tx<'c> {
    pub(super) fn new(db: Db<'c>, buffer: &'c Shared, journal: Journal, seat: i64) -> Self {
        Self {
            db,
            buffer,
            journal: RefCell::new(journal),
            seat,
            counters: RefCell::default(),
            noted: RefCell::default(),
            veiled: Once::new(None),
            aside: Once::new(false),
        }
    }

    /// Stores a new record in its stored form after its checks, and gives its id.
    pub fn add<T: Record>(&self, record: &T) -> Result<Id<T>> {
        self.insert(&self.checked(record.id().get(), record)?)
    }

    /// Stores what changed in a record, in its stored form, after its checks.
    pub fn save<T: Record>(&self, record: &T) -> Result<()> {
        let id = record.id().get();
        self.update(T::table(), Key::Id(id), &self.checked(id, record)?.cells())
    }

    /// Gives a row its stored form, as forms and sheets do; refuses one that its fields' or its own rules forbid.
    fn checked<T: Row>(&self, id: i64, row: &T) -> Result<T> {
        let (mut row, mut faults) = (T::from_cells(id, row.cells())?, Faults::default());
        row.tidy(self.now(), &mut faults);
        super::faults::check_cells(&self.db, T::table(), &row.cells(), &mut faults)?;
        row.check(&self.db, &mut faults);
        if faults.refuse() { Err(Error::Faults(faults)) } else { Ok(row) }
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
        self.insert_by(&mut *self.connection().prepare_cached(&table.sql().insert)?, table, cells)
    }

    /// Stores a new row by the table's own statement, and gives its key.
    pub(super) fn insert_by(&self, statement: &mut Statement<'_>, table: &'static Table, cells: &[Cell]) -> Result<Key> {
        let end = |at: usize| cells.get(at).and_then(Cell::int).unwrap_or(0);
        self.may(table, None, table.fields.iter().zip(cells))?;
        let key = if table.link { Key::Pair(end(0), end(1)) } else { Key::Id(self.next_id(table.name)?) };
        self.insert_row(statement, table, key, cells)?;
        Ok(key)
    }

    /// Stores a row under a key that it had before.
    pub(super) fn insert_as(&self, table: &'static Table, key: Key, cells: &[Cell]) -> Result<()> {
        self.may_go(table, None, table.fields.iter().zip(cells))?;
        self.insert_row(&mut *self.connection().prepare_cached(&table.sql().insert)?, table, key, cells)
    }

    fn insert_row(&self, statement: &mut Statement<'_>, table: &'static Table, key: Key, cells: &[Cell]) -> Result<()> {
        let mut at = 1;
        if let Key::Id(id) = key {
            statement.raw_bind_parameter(at, id)?;
            at += 1;
        }
        for (place, (field, cell)) in (at..).zip(table.fields.iter().zip(cells)) {
            match (field.kind, cell) {
                (Kind::Entered, Cell::Int(0)) => statement.raw_bind_parameter(place, self.now().at)?,
                _ => statement.raw_bind_parameter(place, cell)?,
            }
        }
        self.ran(statement.raw_execute())?;
        self.note(table, key);
        Ok(())
    }

    /// Notes a new row, where no trigger does.
    fn note(&self, table: &'static Table, key: Key) {
        let Some(number) = self.noted.borrow().get(table.name).copied() else { return };
        let mut buffer = lock(self.buffer);
        buffer.insert(number, key);
        if let Some(id) = table.searched().next().and(key.id()) {
            buffer.search(number, id, None, true);
        }
    }

    /// Writes all fields of a row; only what differs is journaled.
    pub fn update(&self, table: &'static Table, key: Key, cells: &[Cell]) -> Result<()> {
        self.may(table, Some(key), table.fields.iter().zip(cells))?;
        let changed = self.run(&table.sql().update, params_from_iter(cells.iter().cloned().chain(key_cells(key))))?;
        if changed == 1 { Ok(()) } else { Err(Error::Gone(format!("这条“{}”记录", table.label))) }
    }

    /// Writes some fields of a row.
    pub fn patch(&self, table: &'static Table, key: Key, changes: &[(&str, Cell)]) -> Result<()> {
        self.may(table, Some(key), changes.iter().filter_map(|(name, cell)| Some((table.field(name)?, cell))))?;
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
        self.may_go(table, Some(key), std::iter::empty())?;
        let deleted = self.run(&table.sql().delete, params_from_iter(key_cells(key)))?;
        if deleted == 1 { Ok(()) } else { Err(Error::Gone(format!("这条“{}”记录", table.label))) }
    }

    /// Leaves veils aside for the while: erasure goes through all rows, and a merge brings over what was done before they were drawn.
    pub(super) fn through_veils<T>(&self, act: impl FnOnce() -> Result<T>) -> Result<T> {
        self.aside.set(true);
        let done = act();
        self.aside.set(false);
        done
    }

    /// Refuses to change a veiled row or one that was emptied, and to tie anything to one.
    fn may<'r>(&self, table: &'static Table, key: Option<Key>, cells: impl Iterator<Item = (&'static Field, &'r Cell)>) -> Result<()> {
        self.may_through(self.registry().veil().map(Veil::against_changes), table, key, cells)
    }

    /// Refuses to take a veiled row away or to bring it back. What belongs to an emptied one goes and comes with what else it belongs to.
    fn may_go<'r>(&self, table: &'static Table, key: Option<Key>, cells: impl Iterator<Item = (&'static Field, &'r Cell)>) -> Result<()> {
        let veil = self.registry().veil();
        let is_root = veil.is_some_and(|veil| veil.root == table.name);
        self.may_through(if is_root { veil.map(Veil::against_changes) } else { veil.copied() }, table, key, cells)
    }

    fn may_through<'r>(
        &self,
        veil: Option<Veil>,
        table: &'static Table,
        key: Option<Key>,
        cells: impl Iterator<Item = (&'static Field, &'r Cell)>,
    ) -> Result<()> {
        let Some(veil) = veil else { return Ok(()) };
        if table.name == veil.by {
            self.veiled.set(None);
            return Ok(());
        }
        if self.aside.get() {
            return Ok(());
        }
        let drawn = self.veiled.get().map_or_else(|| veil.against_changes().is_drawn(self), Ok)?;
        self.veiled.set(Some(drawn));
        if !drawn {
            return Ok(());
        }
        key.map_or(Ok(()), |key| veil.refuse(self, table, key, "不能改动"))?;
        veil.refuse_cells(self, table, cells)
    }

    /// Runs a statement; a step one of whose statements failed is not kept, even if its act goes on.
    pub(super) fn run(&self, sql: &str, parameters: impl Params) -> Result<usize> {
        self.ran(self.connection().prepare_cached(sql)?.execute(parameters))
    }

    fn ran(&self, done: rusqlite::Result<usize>) -> Result<usize> {
        match done {
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

    /// Runs an act of which nothing stays where it is refused, while the step goes on.
    pub fn attempt<T>(&self, act: impl FnOnce() -> Result<T>) -> Result<T> {
        self.spill(0)?;
        let (mark, journal) = (lock(self.buffer).mark(), self.journal.borrow().clone());
        let savepoint = |words: &str| self.connection().execute_batch(words);
        savepoint("SAVEPOINT attempt")?;
        let done = act();
        if done.is_err() {
            savepoint("ROLLBACK TO attempt")?;
            *lock(self.buffer) = mark;
            *self.journal.borrow_mut() = journal;
        }
        savepoint("RELEASE attempt")?;
        done
    }

    /// Writes the buffer to the journal, and feeds the search indexes, where it holds more than `bytes`.
    pub(super) fn spill(&self, bytes: usize) -> Result<()> {
        if lock(self.buffer).bytes > bytes {
            let pending = lock(self.buffer).take();
            self.journal.borrow_mut().append(self.connection(), self.registry(), &pending)?;
            self.feed()?;
        }
        Ok(())
    }

    /// Feeds the search indexes with what changed so far; a search within the step does not know it before.
    pub(super) fn feed(&self) -> Result<()> {
        let feeds = std::mem::take(&mut lock(self.buffer).feeds);
        for (number, table) in self.registry().tables().enumerate() {
            feeds.get(&number).map_or(Ok(()), |feed| feed.apply(self.connection(), table))?;
        }
        Ok(())
    }

    /// The next id of a table: this seat's number and a counter that no undo rolls back.
    pub(super) fn next_id(&self, table: &'static str) -> Result<i64> {
        let last = self.last_number(table)?;
        self.counters.borrow_mut().insert(table, last + 1);
        Ok(self.seat << 40 | (last + 1))
    }

    /// The id that the next new record of `T` is going to have; those after it follow without a gap.
    pub fn coming<T: Record>(&self) -> Result<Id<T>> {
        Ok(Id::new(self.seat << 40 | (self.last_number(T::NAME)? + 1)))
    }

    fn last_number(&self, table: &'static str) -> Result<i64> {
        let known = self.counters.borrow().get(table).copied();
        let stored = || self.one("SELECT n FROM counter WHERE seat = ?1 AND tab = ?2", (self.seat, table));
        Ok(known.map_or_else(stored, |last| Ok(Some(last)))?.unwrap_or(0))
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
