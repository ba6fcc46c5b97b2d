//! What both files changed otherwise, and whose word was taken.

use std::collections::BTreeSet;

use super::super::buffer::Key;
use crate::record::{Cell, Field, Table};

/// How two files contradict each other about a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClashKind {
    /// Both changed a field.
    Changed,
    /// Removed here, changed there.
    RemovedHere,
    /// Removed there, changed here.
    RemovedThere,
    /// Removed there, and something that was entered here needs it: it stays.
    InUse,
    /// The value that it has there is another row's here: it stays as it is here.
    Occupied,
    /// Erased there as the law asks: it is to be erased here as well, by the act for it, which cleans the journal, too.
    Erased,
}

/// One contradiction.
#[derive(Debug, Clone)]
pub struct Clash {
    /// How.
    pub kind: ClashKind,
    /// The table.
    pub table: &'static Table,
    /// The row, by its key here; by that there where it is not here.
    pub key: Key,
    /// The field, where it is about one.
    pub field: Option<&'static Field>,
    /// What it said before, where that is known.
    pub before: Cell,
    /// What it says here.
    pub ours: Cell,
    /// What it says there.
    pub theirs: Cell,
}

impl Clash {
    /// Its name, by which the other's word is taken: `person/7/phone`, `visit/3-4/`.
    pub fn name(&self) -> String {
        name(self.table, self.key, self.field)
    }

    /// Whether there is anything to choose.
    pub fn is_open(&self) -> bool {
        !matches!(self.kind, ClashKind::InUse | ClashKind::Occupied | ClashKind::Erased)
    }
}

pub(super) fn name(table: &Table, key: Key, field: Option<&Field>) -> String {
    let key = match key {
        Key::Id(id) => id.to_string(),
        Key::Pair(a, b) => format!("{a}-{b}"),
    };
    format!("{}/{key}/{}", table.name, field.map_or("", |field| field.name))
}

/// Where the other's word was taken, by the names of the clashes; elsewhere this file's stands.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    names: BTreeSet<String>,
    all: bool,
}

impl Taken {
    /// The other's word everywhere.
    pub fn all() -> Self {
        Self { names: BTreeSet::new(), all: true }
    }

    pub(super) fn has(&self, clash: &Clash) -> bool {
        self.all || self.names.contains(&clash.name())
    }
}

impl FromIterator<String> for Taken {
    fn from_iter<I: IntoIterator<Item = String>>(names: I) -> Self {
        Self { names: names.into_iter().collect(), all: false }
    }
}
