//! The journal on disk: writing a step's entries, and reading them again.

use std::collections::HashMap;

use rusqlite::{Connection, Row as SqlRow, params};

use super::buffer::{Key, Op, Pending};
use super::encode::{Reader, put_cell, put_int};
use crate::error::{Error, Refusal, Result};
use crate::modules::Registry;
use crate::record::{Cell, Table};

/// Writes the entries of one step, numbered as they come.
#[derive(Debug, Clone)]
pub struct Journal {
    step: i64,
    seq: i64,
    shapes: HashMap<usize, i64>,
}

impl Journal {
    /// Starts the entries of a step.
    pub fn new(step: i64) -> Self {
        Self { step, seq: 0, shapes: HashMap::new() }
    }

    /// Appends entries.
    pub fn append(&mut self, connection: &Connection, registry: &Registry, pending: &[Pending]) -> Result<()> {
        let sql = "INSERT INTO journal (step, seq, shape, op, key, last, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let mut statement = connection.prepare_cached(sql)?;
        for entry in pending {
            let shape = self.shape(connection, registry, entry.table)?;
            self.seq += 1;
            let body = (!entry.body.is_empty()).then_some(entry.body.as_slice());
            statement.execute(params![self.step, self.seq, shape, entry.op as i64, entry.key, entry.last, body])?;
        }
        Ok(())
    }

    fn shape(&mut self, connection: &Connection, registry: &Registry, table: usize) -> Result<i64> {
        if let Some(shape) = self.shapes.get(&table) {
            return Ok(*shape);
        }
        let Some(meta) = registry.tables().nth(table) else { return Err(spoilt()) };
        let columns = meta.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(",");
        connection.execute("INSERT INTO shape (tab, columns) VALUES (?1, ?2) ON CONFLICT DO NOTHING", (meta.name, &columns))?;
        let shape =
            connection.query_row("SELECT id FROM shape WHERE tab = ?1 AND columns = ?2", (meta.name, &columns), |row| row.get(0))?;
        self.shapes.insert(table, shape);
        Ok(shape)
    }
}

/// The journal is not as this program writes it.
pub fn spoilt() -> Error {
    Error::Damaged(Refusal::new("操作记录的内容已损坏。", "请运行“检查”，并从最近的备份恢复。"))
}

/// An entry of the journal, with the columns that its table had then.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its table today.
    pub table: &'static Table,
    /// The table's columns at the time of writing.
    pub columns: Vec<String>,
    /// What happened.
    pub op: Op,
    /// The lowest key concerned.
    pub key: i64,
    /// The highest key concerned.
    pub last: i64,
    body: Vec<u8>,
}

/// One row that an entry concerns, and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The row came.
    Came(Key),
    /// Columns changed: name, old, new.
    Changed(Key, Vec<(String, Cell, Cell)>),
    /// The row went, with its columns' names and cells.
    Went(Key, Vec<(String, Cell)>),
}

impl Change {
    /// The row concerned.
    pub fn key(&self) -> Key {
        match self {
            Self::Came(key) | Self::Changed(key, _) | Self::Went(key, _) => *key,
        }
    }
}

impl Entry {
    /// The columns of a query that [`Entry::read`] reads.
    pub const COLUMNS: &'static str = "h.tab, h.columns, j.op, j.key, j.last, j.body";

    /// Reads an entry; `None` where its table is no longer part of the app.
    pub fn read(row: &SqlRow<'_>, registry: &Registry) -> rusqlite::Result<Option<Self>> {
        let (name, columns): (String, String) = (row.get(0)?, row.get(1)?);
        let found = registry.entry(&name).zip(Op::of(row.get(2)?));
        let columns = columns.split(',').map(str::to_owned).collect();
        let body = row.get::<_, Option<Vec<u8>>>(5)?.unwrap_or_default();
        let (key, last) = (row.get(3)?, row.get(4)?);
        Ok(found.map(|(entry, op)| Self { table: entry.table, columns, op, key, last, body }))
    }

    /// Unpacks the entry into its rows, in the order in which they changed.
    pub fn changes(&self) -> Result<Vec<Change>> {
        self.unpack(&mut Reader::new(&self.body))
    }

    /// Whether anything in it was erased.
    pub fn is_erased(&self) -> Result<bool> {
        let mut reader = Reader::new(&self.body);
        self.unpack(&mut reader).map(|_| reader.erased)
    }

    /// The entry as it lies in the file.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    fn unpack(&self, reader: &mut Reader<'_>) -> Result<Vec<Change>> {
        match self.op {
            Op::Insert if !self.table.link => Ok((self.key..=self.last).map(|id| Change::Came(Key::Id(id))).collect()),
            Op::Insert => self.rows(reader, |reader| Some(Change::Came(Key::Pair(self.key, reader.int()?)))),
            Op::Update => self.rows(reader, |reader| self.changed(reader)),
            Op::Delete => self.rows(reader, |reader| self.went(reader)),
        }
    }

    /// Packs rows that were unpacked from an entry of changes or removals, which say something else now.
    pub fn pack(&self, changes: &[Change]) -> Vec<u8> {
        let mut body = Vec::new();
        let second = |body: &mut Vec<u8>, key: Key| {
            if let Key::Pair(_, b) = key {
                put_int(body, b)
            }
        };
        for change in changes {
            match change {
                Change::Came(key) => second(&mut body, *key),
                Change::Changed(key, columns) => {
                    second(&mut body, *key);
                    for (name, old, new) in columns {
                        let at = self.columns.iter().position(|column| column == name).and_then(|at| i64::try_from(at).ok());
                        put_int(&mut body, at.unwrap_or(i64::MAX));
                        put_cell(&mut body, old);
                        put_cell(&mut body, new);
                    }
                }
                Change::Went(key, cells) => {
                    put_int(&mut body, key.first());
                    second(&mut body, *key);
                    cells.iter().for_each(|(_, cell)| put_cell(&mut body, cell));
                }
            }
        }
        body
    }

    fn rows(&self, reader: &mut Reader<'_>, read: impl Fn(&mut Reader<'_>) -> Option<Change>) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        while !reader.is_done() {
            changes.push(read(reader).ok_or_else(spoilt)?);
        }
        Ok(changes)
    }

    fn key_of(&self, first: i64, reader: &mut Reader<'_>) -> Option<Key> {
        if self.table.link { Some(Key::Pair(first, reader.int()?)) } else { Some(Key::Id(first)) }
    }

    fn changed(&self, reader: &mut Reader<'_>) -> Option<Change> {
        let key = self.key_of(self.key, reader)?;
        let mut columns = Vec::new();
        while !reader.is_done() {
            let column = usize::try_from(reader.int()?).ok()?;
            columns.push((self.columns.get(column)?.clone(), reader.cell()?, reader.cell()?));
        }
        Some(Change::Changed(key, columns))
    }

    fn went(&self, reader: &mut Reader<'_>) -> Option<Change> {
        let first = reader.int()?;
        let key = self.key_of(first, reader)?;
        let cells = self.columns.iter().map(|column| Some((column.clone(), reader.cell()?))).collect::<Option<_>>()?;
        Some(Change::Went(key, cells))
    }
}
