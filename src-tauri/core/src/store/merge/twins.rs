//! What a row of the other file is called here.

use std::collections::HashMap;

use super::super::buffer::Key;
use super::super::db::Db;
use crate::error::Result;
use crate::record::{Cell, Kind, Table};

/// Rows of the other that are rows of this file under another id.
#[derive(Debug, Default)]
pub struct Twins(HashMap<(String, i64), i64>);

impl Twins {
    /// Those that were found at earlier merges, here or there.
    pub fn of(ours: &Db<'_>, theirs: &Db<'_>) -> Result<Self> {
        let mut twins = Self::default();
        for (tab, own, foreign) in noted(theirs)? {
            let table = ours.registry().entry(&tab).map(|entry| entry.table);
            if table.is_some_and(|table| ours.cells(table, Key::Id(foreign)).is_ok_and(|row| row.is_some())) {
                twins.0.insert((tab, own), foreign);
            }
        }
        twins.0.extend(noted(ours)?.into_iter().map(|(tab, own, foreign)| ((tab, foreign), own)));
        Ok(twins)
    }

    /// Notes one.
    pub fn add(&mut self, table: &Table, theirs: i64, ours: i64) {
        self.0.insert((table.name.to_owned(), theirs), ours);
    }

    fn id(&self, table: &str, id: i64) -> i64 {
        self.0.get(&(table.to_owned(), id)).copied().unwrap_or(id)
    }

    /// What a row of this file is called in the other.
    pub fn there(&self, table: &Table, key: Key) -> Key {
        let own = self.0.iter().find(|((tab, _), ours)| tab == table.name && Key::Id(**ours) == key);
        own.map_or(key, |((_, theirs), _)| Key::Id(*theirs))
    }

    /// A row's key here.
    pub fn key(&self, table: &Table, key: Key) -> Key {
        let end = |at: usize, id: i64| match table.fields.get(at).map(|field| field.kind) {
            Some(Kind::Ref(parent)) => self.id(parent, id),
            _ => id,
        };
        match key {
            Key::Id(id) => Key::Id(self.id(table.name, id)),
            Key::Pair(a, b) => Key::Pair(end(0, a), end(1, b)),
        }
    }

    /// A row's cells as they are said here.
    pub fn cells(&self, table: &Table, cells: Vec<Cell>) -> Vec<Cell> {
        let said = |(field, cell): (&crate::record::Field, Cell)| match (field.kind, cell) {
            (Kind::Ref(parent), Cell::Int(id)) => Cell::Int(self.id(parent, id)),
            (_, cell) => cell,
        };
        table.fields.iter().zip(cells).map(said).collect()
    }
}

/// What a file notes: table, its own id, the other's.
fn noted(db: &Db<'_>) -> Result<Vec<(String, i64, i64)>> {
    db.rows("SELECT tab, ours, theirs FROM twin", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}
