//! What the payloads of all records' commands have in common.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::modules::{Entry, Registry};
use crate::record::{Table, Types, Wire};
use crate::store::Key;

/// An empty payload.
#[derive(Debug, Default, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The name of a record: its table's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordName(pub String);

impl Wire for RecordName {
    fn wire(_: &mut Types) -> String {
        "RecordName".to_owned()
    }
}

impl RecordName {
    /// Finds the record; the names that exist are told where it does not.
    pub fn entry<'r>(&self, registry: &'r Registry) -> Result<&'r Entry> {
        registry.entry(&self.0).ok_or_else(|| {
            let known: Vec<_> = registry.tables().map(|table| format!("{}（{}）", table.name, table.label)).collect();
            Error::Usage(format!("没有“{}”这种记录，可用的有：{}", self.0, known.join("、")))
        })
    }

    /// Finds the record's table.
    pub fn table(&self, registry: &Registry) -> Result<&'static Table> {
        self.entry(registry).map(|entry| entry.table)
    }
}

/// The key of a row on the wire: an id, or both ends of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(untagged)]
pub enum RowKey {
    /// A row with an id.
    Id(i64),
    /// A link's two ends.
    Pair(i64, i64),
}

impl RowKey {
    /// Gives the store's key; refuses the wrong kind for the table.
    pub fn of(self, table: &Table) -> Result<Key> {
        match self {
            Self::Id(id) if !table.link => Ok(Key::Id(id)),
            Self::Pair(a, b) if table.link => Ok(Key::Pair(a, b)),
            Self::Id(_) => Err(Error::Usage(format!("“{}”要用两端的编号 [a, b] 指明", table.name))),
            Self::Pair(..) => Err(Error::Usage(format!("“{}”要用一个编号指明", table.name))),
        }
    }
}

impl From<Key> for RowKey {
    fn from(key: Key) -> Self {
        match key {
            Key::Id(id) => Self::Id(id),
            Key::Pair(a, b) => Self::Pair(a, b),
        }
    }
}
