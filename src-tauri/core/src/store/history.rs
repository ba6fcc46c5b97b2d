//! The timeline of steps, and what happened to one record.

use serde::Serialize;

use super::buffer::Key;
use super::db::Db;
use super::journal::{Change, Entry};
use crate::error::Result;
use crate::record::{Cell, Table, Wire};

/// A line of the timeline.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Line {
    /// The step's number, to undo it by.
    pub step: i64,
    /// What people call it.
    pub name: String,
    /// When, in unix seconds.
    pub at: i64,
    /// By whom.
    pub clerk: String,
    /// How many rows it touched.
    pub rows: i64,
    /// Whether its effect stands: `done`, `undone`, or `undo`/`redo` for the act of taking back or doing again.
    pub state: &'static str,
    /// Whether it may be taken back: freezing, sealing, accounts and keys stay.
    pub revocable: bool,
}

/// What a step did to one record.
#[derive(Debug, Clone, Serialize)]
pub struct Past {
    /// The step.
    #[serde(flatten)]
    pub line: Line,
    /// `came`, `changed` or `went`.
    pub what: &'static str,
    /// Label, from, to of each column.
    pub columns: Vec<(String, Cell, Cell)>,
}

const LINE: &str = "s.id, s.name, s.at, s.clerk, s.rows, s.act, s.inverted, s.revocable";

fn line(row: &rusqlite::Row<'_>, from: usize) -> rusqlite::Result<Line> {
    let (act, inverted): (i64, Option<i64>) = (row.get(from + 5)?, row.get(from + 6)?);
    let state = match (act, inverted) {
        (2, _) => "undo",
        (_, Some(_)) => "undone",
        (3, _) => "redo",
        _ => "done",
    };
    Ok(Line {
        step: row.get(from)?,
        name: row.get(from + 1)?,
        at: row.get(from + 2)?,
        clerk: row.get(from + 3)?,
        rows: row.get(from + 4)?,
        state,
        revocable: row.get(from + 7)?,
    })
}

/// The latest steps, newest first, before a given one where one is given.
pub fn timeline(db: &Db<'_>, before: Option<i64>, limit: i64) -> Result<Vec<Line>> {
    let sql = format!("SELECT {LINE} FROM step s WHERE s.id < coalesce(?1, s.id + 1) AND s.log = 0 ORDER BY s.id DESC LIMIT ?2");
    db.rows(&sql, (before, limit), |row| line(row, 0))
}

/// Everything that happened to a record, oldest first; undone steps are told with their undoing.
pub fn of_record(db: &Db<'_>, table: &'static Table, key: Key) -> Result<Vec<Past>> {
    let mut past = Vec::new();
    for (line, entry) in entries(db, table, key)? {
        for change in entry.changes()?.into_iter().filter(|change| change.key() == key) {
            let mut told = told(line.clone(), change);
            told.columns.retain(|(name, ..)| table.fields.iter().all(|field| field.name != name || !field.is_document()));
            past.push(told);
        }
    }
    Ok(past)
}

/// The last step that stands and touched a row.
pub fn last_step(db: &Db<'_>, table: &'static Table, key: Key) -> Result<Option<i64>> {
    let of_key = |entry: &Entry| entry.changes().is_ok_and(|changes| changes.iter().any(|change| change.key() == key));
    let found = entries(db, table, key)?;
    Ok(found.into_iter().rev().find(|(line, entry)| matches!(line.state, "done" | "redo") && of_key(entry)).map(|(line, _)| line.step))
}

/// Entries that may concern a key: single rows by their key, runs by their two ends.
fn entries(db: &Db<'_>, table: &'static Table, key: Key) -> Result<Vec<(Line, Entry)>> {
    let own = "j.shape IN (SELECT id FROM shape WHERE tab = ?1)";
    let sql = format!(
        "SELECT {COLUMNS}, {LINE} FROM (SELECT step, seq FROM journal j WHERE {own} AND key = ?2 \
         UNION SELECT step, seq FROM journal j WHERE {own} AND last > key AND last >= ?2 AND key <= ?2) k \
         JOIN journal j ON j.step = k.step AND j.seq = k.seq JOIN shape h ON h.id = j.shape JOIN step s ON s.id = j.step ORDER BY j.step, j.seq",
        COLUMNS = Entry::COLUMNS
    );
    let read = |row: &rusqlite::Row<'_>| Ok(Entry::read(row, db.registry())?.map(|entry| (entry, line(row, 6))));
    let found = db.rows(&sql, (table.name, key.first()), read)?;
    found.into_iter().flatten().map(|(entry, line)| Ok((line?, entry))).collect()
}

fn told(line: Line, change: Change) -> Past {
    match change {
        Change::Came(_) => Past { line, what: "came", columns: Vec::new() },
        Change::Changed(_, columns) => Past { line, what: "changed", columns },
        Change::Went(_, columns) => {
            let columns = columns.into_iter().map(|(name, cell)| (name, cell, Cell::Null)).collect();
            Past { line, what: "went", columns }
        }
    }
}
