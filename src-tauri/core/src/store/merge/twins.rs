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
    /// Those that were found at earlier merges.
    pub fn of(db: &Db<'_>) -> Result<Self> {
        let found = db.rows("SELECT tab, theirs, ours FROM twin", [], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
        Ok(Self(found.into_iter().collect()))
    }

    /// Notes one.
    pub fn add(&mut self, table: &Table, theirs: i64, ours: i64) {
        self.0.insert((table.name.to_owned(), theirs), ours);
    }

    fn id(&self, table: &str, id: i64) -> i64 {
        self.0.get(&(table.to_owned(), id)).copied().unwrap_or(id)
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
