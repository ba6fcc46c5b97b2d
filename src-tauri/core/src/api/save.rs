//! Storing a row of any record: new, or with some of its fields changed.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};

use super::payload::{RecordName, RowKey};
use super::titles::title;
use crate::error::{Error, Fault, Faults, Result, refused};
use crate::modules::{Entry, Registry};
use crate::record::{Cell, Field, Kind, Table, Types, Wire, mask};
use crate::store::{Key, Step, Store, Tx, Written, check_cells};

/// A row to store.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Save {
    /// The record.
    pub record: RecordName,
    /// The row to change; a new one where none is named.
    pub id: Option<RowKey>,
    /// The fields given, by name; the others stay as they are.
    pub values: Values,
}

/// Fields by name, as the record's description writes them.
#[derive(Debug, Deserialize)]
pub struct Values(pub Map<String, Json>);

impl Wire for Values {
    fn wire(_: &mut Types) -> String {
        "Record<string, Json>".to_owned()
    }
}

/// A row that was stored.
#[derive(Debug, Serialize, Wire)]
pub struct Saved {
    /// Its key.
    pub id: RowKey,
    /// What is said of it though it was taken.
    pub warnings: Vec<Fault>,
}

/// Stores a new row, or the fields given of an old one, after every check of the record; refuses what acts alone write.
pub fn save(store: &Store, ask: &Save) -> Result<Written<Saved>> {
    let entry = ask.record.entry(store.registry())?;
    let key = ask.id.map(|id| id.of(entry.table)).transpose()?;
    writable(entry.table, key.is_none())?;
    let step = format!("{}{}", if key.is_some() { "修改" } else { "新增" }, entry.table.label);
    store.write(Step::new(step), |tx| store_row(tx, entry, key, &ask.values.0))
}

pub(super) fn writable(table: &Table, new: bool) -> Result<()> {
    if table.view {
        return refused(format!("“{}”是汇总出来的，不能直接填写。", table.label), "请到它的来源记录里修改。");
    }
    if table.is_ledger() || (new && !table.kept.is_empty()) {
        let message = format!("“{}”由办理业务产生，不能直接填写。", table.label);
        return refused(message, "请使用相应的业务办理命令，例如入会、转会。");
    }
    Ok(())
}

pub(super) fn store_row(tx: &Tx<'_>, entry: &Entry, key: Option<Key>, values: &Map<String, Json>) -> Result<Saved> {
    let table = entry.table;
    let gone = || Error::Gone(format!("这条“{}”记录", table.label));
    let before = key.map(|key| tx.cells(table, key)?.ok_or_else(gone)).transpose()?;
    let mut faults = Faults::default();
    let mut cells = before.clone().unwrap_or_else(|| blank(table));
    for (name, value) in values {
        put(table, name, value, &mut cells, key.is_some(), &mut faults)?;
    }
    let cells = checked(tx, entry, key, cells, &mut faults)?;
    if faults.refuse() {
        return Err(Error::Faults(faults));
    }
    let key = match key.zip(before) {
        Some((key, before)) => patch(tx, table, key, &before, &cells).map(|()| key)?,
        None => tx.insert_cells(table, &cells)?,
    };
    Ok(Saved { id: key.into(), warnings: faults.0 })
}

/// An empty row: what the store fills in is left to it, an unanswered yes or no is no, and an unanswered code is the one for
/// what is not known, where its list has one (0).
fn blank(table: &Table) -> Vec<Cell> {
    let start = |field: &Field| match field.kind {
        Kind::Entered => Cell::Int(0),
        Kind::Bool if field.required => Cell::Int(0),
        Kind::Code(list) if field.required && list.entries.iter().any(|entry| entry.code == 0) => Cell::Int(0),
        _ => Cell::Null,
    };
    table.fields.iter().map(start).collect()
}

/// Puts a given value in its place. A secret that comes back masked, as it was shown, is no new value.
fn put(table: &'static Table, name: &str, value: &Json, cells: &mut [Cell], old: bool, faults: &mut Faults) -> Result<()> {
    let unknown = || Error::Usage(format!("“{}”没有“{name}”这一栏", table.name));
    let at = table.position(name).ok_or_else(unknown)?;
    let (field, cell) = table.fields.get(at).zip(cells.get_mut(at)).ok_or_else(unknown)?;
    let mut read = match field.kind.from_json(value) {
        Ok(read) => read,
        Err(half) => {
            faults.error(field.name, field.label, half, "请改正后重新保存");
            return Ok(());
        }
    };
    if let (Kind::Text, Cell::Text(text)) = (field.kind, &mut read) {
        *text = text.trim().to_owned();
    }
    if read == *cell || (field.secret && is_masked(cell, &read)) {
        return Ok(());
    }
    match field.kind {
        Kind::Entered => faults.error(field.name, field.label, "由程序填写，不能修改", ""),
        _ if old && table.link && at < 2 => faults.error(field.name, field.label, "是这条记录的标识，不能修改", "请删除后重新添加"),
        _ if table.is_kept(name) => faults.error(field.name, field.label, "只能通过办理业务改变", "请使用相应的业务办理命令"),
        _ => *cell = read,
    }
    Ok(())
}

fn is_masked(stored: &Cell, given: &Cell) -> bool {
    matches!((stored, given), (Cell::Text(stored), Cell::Text(given)) if given.contains('*') && mask(stored) == *given)
}

/// Gives the cells their stored form and checks them. The record's typed rules run only on a row that its type can hold.
fn checked(tx: &Tx<'_>, entry: &Entry, key: Option<Key>, cells: Vec<Cell>, faults: &mut Faults) -> Result<Vec<Cell>> {
    let table = entry.table;
    let lacking = table.fields.iter().zip(&cells).any(|(field, cell)| field.required && cell.is_null());
    let cells = if lacking || faults.refuse() { cells } else { (entry.tidy)(tx.now(), cells, faults)? };
    let mut found = Faults::default();
    check_cells(tx, table, &cells, &mut found)?;
    if !lacking && !faults.refuse() && !found.refuse() {
        (entry.check)(tx, key.map_or(0, Key::first), &cells, &mut found)?;
    }
    if !faults.refuse() && !found.refuse() {
        taken_key(tx, table, key, &cells, &mut found)?;
    }
    // What could not be read is empty, which need not be said as well.
    let said: Vec<_> = faults.0.iter().map(|fault| fault.field.clone()).collect();
    faults.0.extend(found.0.into_iter().filter(|fault| !said.contains(&fault.field)));
    Ok(cells)
}

/// Says which row has the same key already.
fn taken_key(tx: &Tx<'_>, table: &'static Table, key: Option<Key>, cells: &[Cell], faults: &mut Faults) -> Result<()> {
    let parts: Vec<_> = table.key.iter().filter_map(|name| Some((table.field(name)?, cells.get(table.position(name)?)?))).collect();
    if table.link || parts.is_empty() || parts.iter().any(|(_, cell)| cell.is_null()) {
        return Ok(());
    }
    let equal = parts.iter().enumerate().map(|(at, (field, _))| format!("{} = ?{}", field.name, at + 2)).collect::<Vec<_>>();
    let sql = format!("SELECT id FROM {} WHERE id <> ?1 AND {} LIMIT 1", table.name, equal.join(" AND "));
    let own = Cell::Int(key.map_or(0, Key::first));
    let given = std::iter::once(&own).chain(parts.iter().map(|(_, cell)| *cell));
    let found: Option<i64> = tx.one(&sql, rusqlite::params_from_iter(given))?;
    if let (Some(id), Some((field, _))) = (found, parts.last()) {
        let other = title(tx, table, Key::Id(id))?;
        faults.error(field.name, field.label, format!("与已有的“{other}”相同"), "请核对；若是同一个，请直接修改那一条");
    }
    Ok(())
}

fn patch(tx: &Tx<'_>, table: &'static Table, key: Key, before: &[Cell], cells: &[Cell]) -> Result<()> {
    let pairs = table.fields.iter().zip(before.iter().zip(cells));
    let changed: Vec<_> = pairs.filter(|(_, (old, new))| old != new).map(|(field, (_, new))| (field.name, new.clone())).collect();
    if changed.is_empty() { Ok(()) } else { tx.patch(table, key, &changed) }
}

/// A value that must be unique and is not, told as faults of its fields; every other error stays as it is.
pub(super) fn taken(registry: &Registry, error: Error) -> Error {
    let Error::Db(rusqlite::Error::SqliteFailure(code, Some(said))) = &error else { return error };
    let Some(columns) = said.strip_prefix("UNIQUE constraint failed: ").filter(|_| code.code == rusqlite::ErrorCode::ConstraintViolation)
    else {
        return error;
    };
    let mut faults = Faults::default();
    for (table, column) in columns.split(", ").filter_map(|column| column.split_once('.')) {
        let Some(field) = registry.entry(table).and_then(|entry| entry.table.field(column)) else { continue };
        faults.error(field.name, field.label, "与已有的记录重复", "请核对；若是同一个，请直接修改那一条");
    }
    if faults.refuse() { Error::Faults(faults) } else { error }
}
