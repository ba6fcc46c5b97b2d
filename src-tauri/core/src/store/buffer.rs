//! What the current step has done so far, gathered by the triggers and written to the journal at its end.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rusqlite::Row as SqlRow;
use rusqlite::types::ValueRef;

use super::encode::{put_int, put_value};
use super::feed::Feed;
use crate::record::Table;

/// A body past this many bytes is closed, so that no journal row grows without bound.
const FULL: usize = 64 << 10;

/// What a row of the journal records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Op {
    /// Rows came.
    Insert = 1,
    /// Columns of a row changed.
    Update = 2,
    /// Rows went.
    Delete = 3,
}

impl Op {
    /// Reads the stored number.
    pub fn of(code: i64) -> Option<Self> {
        [Self::Insert, Self::Update, Self::Delete].into_iter().find(|op| *op as i64 == code)
    }
}

/// A row of the journal that is not written yet.
#[derive(Debug)]
pub struct Pending {
    /// The table, by its place in the registry.
    pub table: usize,
    /// What happened.
    pub op: Op,
    /// The lowest key concerned.
    pub key: i64,
    /// The highest key concerned.
    pub last: i64,
    /// The particulars.
    pub body: Vec<u8>,
}

/// The key of a row: an id, or both ends of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A row with an id.
    Id(i64),
    /// A link's two ends.
    Pair(i64, i64),
}

impl Key {
    /// Reads a row's key off the first columns of a query.
    pub fn read(row: &SqlRow<'_>, table: &Table) -> rusqlite::Result<Self> {
        Ok(if table.link { Self::Pair(row.get(0)?, row.get(1)?) } else { Self::Id(row.get(0)?) })
    }

    /// The id, where the row has one.
    pub fn id(self) -> Option<i64> {
        match self {
            Self::Id(id) => Some(id),
            Self::Pair(..) => None,
        }
    }

    /// The first number of the key.
    pub fn first(self) -> i64 {
        match self {
            Self::Id(id) | Self::Pair(id, _) => id,
        }
    }
}

/// The gathered rows of one step.
#[derive(Debug, Default)]
pub struct Buffer {
    pending: Vec<Pending>,
    /// Where the run of each table stands that its next row may join.
    runs: HashMap<usize, usize>,
    /// Where the newest run of each table begins.
    begun: BTreeMap<usize, usize>,
    /// Changes of searched texts, by the table's place in the registry.
    pub feeds: HashMap<usize, Feed>,
    /// Rows touched so far, each time counted.
    pub rows: i64,
    /// Tables touched so far.
    pub tables: BTreeSet<usize>,
    /// Whether a statement failed: what it noted may be wrong, so the step cannot be kept.
    pub failed: bool,
    /// Bytes gathered and not handed over.
    pub bytes: usize,
}

impl Buffer {
    /// Notes that a row came: a run of ids grows by one, a link joins the others of its first end.
    pub fn insert(&mut self, table: usize, key: Key) {
        self.count(table);
        let run = self.runs.get(&table).copied().filter(|at| self.may_grow(table, *at));
        if let Some(run) = run.and_then(|at| self.pending.get_mut(at)) {
            match key {
                Key::Id(id) if run.last + 1 == id => {
                    run.last = id;
                    return;
                }
                Key::Pair(a, b) if run.key == a && run.body.len() < FULL => {
                    put_int(&mut run.body, b);
                    self.bytes += 4;
                    return;
                }
                _ => {}
            }
        }
        let mut body = Vec::new();
        if let Key::Pair(_, b) = key {
            put_int(&mut body, b);
        }
        self.runs.insert(table, self.pending.len());
        self.begun.insert(table, self.pending.len());
        self.push(Pending { table, op: Op::Insert, key: key.first(), last: key.first(), body });
    }

    /// Says whether a row may join the run: not where rows that it may refer to came in a run that begins later, since the inverse
    /// goes through the runs from the last to the first and removes rows before those that they refer to. A table refers to itself
    /// and to tables before it in the registry.
    fn may_grow(&self, table: usize, run: usize) -> bool {
        self.begun.range(..table).all(|(_, begins)| *begins < run)
    }

    /// Notes what changed in a row; `values` are old and new of each column in turn. A row that stays the same is no change.
    pub fn update<'v>(&mut self, table: usize, key: Key, values: impl Iterator<Item = (ValueRef<'v>, ValueRef<'v>)>) {
        let mut body = Vec::new();
        if let Key::Pair(_, b) = key {
            put_int(&mut body, b);
        }
        let head = body.len();
        for (column, (old, new)) in values.enumerate().filter(|(_, (old, new))| old != new) {
            put_int(&mut body, i64::try_from(column).unwrap_or(i64::MAX));
            put_value(&mut body, old);
            put_value(&mut body, new);
        }
        if body.len() > head {
            self.count(table);
            self.runs.remove(&table);
            self.push(Pending { table, op: Op::Update, key: key.first(), last: key.first(), body });
        }
    }

    /// Notes a row that went, whole; neighbours in either direction share a body.
    pub fn delete<'v>(&mut self, table: usize, key: Key, values: impl Iterator<Item = ValueRef<'v>>) {
        self.count(table);
        self.runs.remove(&table);
        let id = key.first();
        let near = |last: &Pending| {
            last.op == Op::Delete && last.table == table && last.body.len() < FULL && (last.key - 1..=last.last + 1).contains(&id)
        };
        if !self.pending.last().is_some_and(near) {
            self.push(Pending { table, op: Op::Delete, key: id, last: id, body: Vec::new() });
        }
        let Some(entry) = self.pending.last_mut() else { return };
        let before = entry.body.len();
        entry.key = entry.key.min(id);
        entry.last = entry.last.max(id);
        put_int(&mut entry.body, id);
        if let Key::Pair(_, b) = key {
            put_int(&mut entry.body, b);
        }
        values.for_each(|value| put_value(&mut entry.body, value));
        self.bytes += entry.body.len() - before;
    }

    /// Notes a change of a searched text, as [`Feed::note`] does.
    pub fn search(&mut self, table: usize, id: i64, old: Option<&str>, stays: bool) {
        self.bytes += self.feeds.entry(table).or_default().note(id, old, stays);
    }

    /// Hands over what was gathered; runs start anew.
    pub fn take(&mut self) -> Vec<Pending> {
        self.runs.clear();
        self.begun.clear();
        self.bytes = 0;
        std::mem::take(&mut self.pending)
    }

    /// What was counted so far, where everything was handed over: to go back to.
    pub fn mark(&self) -> Self {
        debug_assert!(self.pending.is_empty(), "what is not handed over would be lost");
        Self { rows: self.rows, tables: self.tables.clone(), failed: self.failed, ..Self::default() }
    }

    fn count(&mut self, table: usize) {
        self.rows += 1;
        self.tables.insert(table);
    }

    fn push(&mut self, entry: Pending) {
        self.bytes += entry.body.len() + 48;
        self.pending.push(entry);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PERSON: usize = 0;
    const MEMBER: usize = 1;

    fn runs(buffer: &mut Buffer) -> Vec<(usize, i64, i64)> {
        buffer.take().into_iter().map(|entry| (entry.table, entry.key, entry.last)).collect()
    }

    #[test]
    fn rows_of_two_tables_that_come_by_turns_are_two_runs() {
        let mut buffer = Buffer::default();
        (1..=9).for_each(|id| [PERSON, MEMBER].into_iter().for_each(|table| buffer.insert(table, Key::Id(id))));
        assert_eq!(runs(&mut buffer), [(PERSON, 1, 9), (MEMBER, 1, 9)], "the journal of an import is short");
    }

    #[test]
    fn a_row_stands_after_the_rows_that_it_may_refer_to() {
        let mut buffer = Buffer::default();
        // The first member is a person who was there before.
        buffer.insert(MEMBER, Key::Id(1));
        (2..=9).for_each(|id| [PERSON, MEMBER].into_iter().for_each(|table| buffer.insert(table, Key::Id(id))));
        assert_eq!(
            runs(&mut buffer),
            [(MEMBER, 1, 1), (PERSON, 2, 9), (MEMBER, 2, 9)],
            "gone through from the end, members go before their persons"
        );
        buffer.insert(MEMBER, Key::Id(1));
        assert_eq!(runs(&mut buffer), [(MEMBER, 1, 1)], "what was handed over is forgotten");
    }
}
