//! Reading any record: its description, one row of it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::payload::{RecordName, RowKey};
use super::titles::{Titles, collect};
use crate::disclosure;
use crate::error::{Error, Result};
use crate::record::{self, Cell, Table, Wire};
use crate::store::{self, Db, Key, Store};
use crate::terms::{self, TermList};

/// Asks for the description of a record, or of all.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Describe {
    /// The record; all where none is named.
    pub record: Option<RecordName>,
}

/// Describes records for forms, grids, filters and sheets.
pub fn describe(db: &Db<'_>, ask: &Describe) -> Result<Vec<Json>> {
    match &ask.record {
        Some(name) => Ok(vec![record::describe(name.table(db.registry())?)]),
        None => Ok(db.registry().tables().map(record::describe).collect()),
    }
}

/// Asks for one row.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Get {
    /// The record.
    pub record: RecordName,
    /// The row.
    pub id: RowKey,
    /// Whether secrets are shown in full.
    #[serde(default)]
    pub reveal: bool,
}

/// One row, with the titles of what it refers to.
#[derive(Debug, Serialize, Wire)]
pub struct Found {
    /// The fields by name, and the id.
    pub row: Json,
    /// What people call the row.
    pub title: String,
    /// The titles of what it refers to: by table, then by id.
    pub refs: Titles,
    /// The row that it belongs to, where that is veiled: kept and no longer used. Nothing where it is in use.
    pub veiled: Option<i64>,
    /// The row that it belongs to, where that was emptied: counted as before and no longer changed.
    pub emptied: Option<i64>,
}

/// Reads one row; one that is shown in full is written down in the disclosure log first.
pub fn get(store: &Store, ask: &Get) -> Result<Found> {
    let table = ask.record.table(store.registry())?;
    let key = ask.id.of(table)?;
    if ask.reveal {
        store.read(|db| store::unveiled(db, table, key))?;
        disclosure::shown(store, table, key.first())?;
    }
    store.read(|db| found(db, table, key, ask.reveal))
}

fn found(db: &Db<'_>, table: &'static Table, key: Key, reveal: bool) -> Result<Found> {
    let cells = db.cells(table, key)?.ok_or_else(|| Error::Gone(format!("这条“{}”记录", table.label)))?;
    let mut refs = Titles::new();
    collect(db, table, &cells, &mut refs)?;
    Ok(Found {
        row: row(table, key, &cells, reveal),
        title: super::title(db, table, key)?,
        refs,
        veiled: store::veiled_by(db, table, key)?,
        emptied: store::emptied_by(db, table, key)?,
    })
}

/// Writes a row on the wire.
pub(super) fn row(table: &Table, key: Key, cells: &[Cell], reveal: bool) -> Json {
    let own = if table.link { None } else { Some(("id".to_owned(), json!(key.first()))) };
    let fields = table.fields.iter().zip(cells).filter(|(field, _)| !field.is_document());
    let fields = fields.map(|(field, cell)| (field.name.to_owned(), field.kind.to_json(&field.shown(cell, reveal))));
    Json::Object(own.into_iter().chain(fields).collect::<Map<_, _>>())
}

/// Asks for an open code list.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// The list's key, as a field's description names it.
    pub list: String,
}

/// Gives an open code list with its source.
pub fn terms(_: &Db<'_>, ask: &Terms) -> Result<&'static TermList> {
    terms::list(&ask.list).ok_or_else(|| Error::Usage(format!("没有“{}”这个代码表", ask.list)))
}
