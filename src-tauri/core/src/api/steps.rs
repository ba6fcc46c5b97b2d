//! Steps: their timeline, what they did to one row, undo and redo; and the care of the file.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::payload::{Nothing, RecordName, RowKey};
use super::progress::{Progress, Watch};
use super::titles::display;
use crate::disclosure;
use crate::error::Result;
use crate::record::{Cell, Table, Wire, mask};
use crate::store::{self, Db, Finding, Line, Mended, Store, Trial, Written, of_record};

/// Asks for the latest steps.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Timeline {
    /// Only steps before this one: the last of the page before.
    pub before: Option<i64>,
    /// How many; 50 where none is given, 1000 at most.
    pub limit: Option<i64>,
}

/// Lists the latest steps, newest first.
pub fn timeline(db: &Db<'_>, ask: &Timeline) -> Result<Vec<Line>> {
    store::timeline(db, ask.before, ask.limit.unwrap_or(50).clamp(1, 1000))
}

/// Asks what happened to a row.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct History {
    /// The record.
    pub record: RecordName,
    /// The row.
    pub id: RowKey,
    /// Whether secrets are shown in full.
    #[serde(default)]
    pub reveal: bool,
}

/// What one step did to a row.
#[derive(Debug, Serialize, Wire)]
pub struct Past {
    /// The step.
    #[serde(flatten)]
    pub line: Line,
    /// `came`, `changed` or `went`.
    pub what: &'static str,
    /// The fields that changed.
    pub changes: Vec<Changed>,
}

/// A field that changed, in words for people.
#[derive(Debug, Serialize, Wire)]
pub struct Changed {
    /// The field's name.
    pub field: String,
    /// The field's label.
    pub label: String,
    /// What it was.
    pub from: String,
    /// What it became.
    pub to: String,
}

/// Tells everything that happened to a row, oldest first; the row may be gone. One that is shown in full is written down in the
/// disclosure log first.
pub fn history(store: &Store, ask: &History) -> Result<Vec<Past>> {
    let table = ask.record.table(store.registry())?;
    if ask.reveal {
        let key = ask.id.of(table)?;
        store.read(|db| store::unveiled(db, table, key))?;
        disclosure::shown(store, table, key.first())?;
    }
    store.read(|db| past(db, table, ask))
}

fn past(db: &Db<'_>, table: &'static Table, ask: &History) -> Result<Vec<Past>> {
    let past = of_record(db, table, ask.id.of(table)?)?;
    let told = past.into_iter().map(|past| {
        let changes = past.columns.iter().map(|(name, from, to)| changed(db, table, name, [from, to], ask.reveal));
        Ok(Past { changes: changes.collect::<Result<_>>()?, line: past.line, what: past.what })
    });
    told.collect()
}

/// A column that is no field any more is shown masked: nobody knows whether it was a secret.
fn changed(db: &Db<'_>, table: &Table, name: &str, cells: [&Cell; 2], reveal: bool) -> Result<Changed> {
    let words = |cell: &Cell| match (table.field(name), cell) {
        (Some(field), _) => display(db, field, cell, reveal),
        (None, Cell::Text(text)) => Ok(if reveal { text.clone() } else { mask(text) }),
        (None, Cell::Int(value)) => Ok(value.to_string()),
        (None, Cell::Null) => Ok(String::new()),
    };
    let label = table.field(name).map_or(name, |field| field.label).to_owned();
    let [from, to] = cells;
    Ok(Changed { field: name.to_owned(), label, from: words(from)?, to: words(to)? })
}

/// Names the step to take back.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The step; the latest that stands where none is named.
    pub step: Option<i64>,
}

/// Takes a step back and gives its name.
pub fn undo(store: &Store, ask: &Undo) -> Result<Written<String>> {
    store.undo(ask.step)
}

/// Does the last undone step again and gives its name.
pub fn redo(store: &Store, _: &Nothing) -> Result<Written<String>> {
    store.redo()
}

/// Checks the file and what is in it.
pub fn check(store: &Store, _: &Nothing) -> Result<Vec<Finding>> {
    store::check_open(store)
}

/// Makes anew what can be made from what was entered, and checks the file again.
pub fn mend(store: &Store, _: &Nothing) -> Result<Mended> {
    store.mend()
}

/// Tries on copies of the file what an office relies on, and says how often it held.
pub fn trials(store: &Store, _: &Nothing, watch: Watch<'_>) -> Result<Vec<Trial>> {
    store::trials(store, |stage, done, of| watch(Progress { stage, done, of: Some(of) }))
}

/// Names the folder of a backup.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Backup {
    /// The folder; made where it is not there.
    pub folder: PathBuf,
}

/// Copies the file with its sidecar into a folder, checks the copy and gives its path; the disclosure log has it.
pub fn backup(store: &Store, ask: &Backup) -> Result<PathBuf> {
    disclosure::backup(store, &ask.folder)
}
