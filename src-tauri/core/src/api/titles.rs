//! What people call a row: its name, its number, or the name of what it is a role of.

use std::collections::BTreeMap;

use crate::error::Result;
use crate::record::{Cell, Field, Kind, Table, show};
use crate::store::{Db, Key};

/// The titles of the rows that others refer to: by table, then by id.
pub type Titles = BTreeMap<&'static str, BTreeMap<i64, String>>;

/// How far a title is followed through references: a role leads to its person in one.
const FAR: u32 = 3;

/// Gives what people call a row, with secrets masked; its number where it has no name.
pub fn title(db: &Db<'_>, table: &'static Table, key: Key) -> Result<String> {
    named(db, table, key, FAR).map(|found| found.unwrap_or_else(|| format!("{}{}", table.label, key.first() & 0xff_ffff_ffff)))
}

fn named(db: &Db<'_>, table: &'static Table, key: Key, far: u32) -> Result<Option<String>> {
    let Some(cells) = db.cells(table, key)? else { return Ok(None) };
    let keys = table.key.iter().filter_map(|name| table.field(name)).filter(|field| field.kind == Kind::Text);
    if let Some(field) = table.searched().chain(keys).find(|field| !cell_of(table, field, &cells).is_null()) {
        return Ok(Some(show(field.kind, &field.shown(cell_of(table, field, &cells), false))));
    }
    for (field, cell) in table.fields.iter().zip(&cells) {
        if let (Kind::Ref(parent), Cell::Int(id), 1..) = (field.kind, cell, far)
            && let Some(entry) = db.registry().entry(parent)
            && let Some(found) = named(db, entry.table, Key::Id(*id), far - 1)?
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

fn cell_of<'c>(table: &Table, field: &Field, cells: &'c [Cell]) -> &'c Cell {
    table.position(field.name).and_then(|at| cells.get(at)).unwrap_or(&Cell::Null)
}

/// Adds the titles of what rows refer to.
pub(super) fn collect(db: &Db<'_>, table: &'static Table, cells: &[Cell], titles: &mut Titles) -> Result<()> {
    for (field, cell) in table.fields.iter().zip(cells) {
        let (Kind::Ref(parent), Cell::Int(id)) = (field.kind, cell) else { continue };
        let Some(entry) = db.registry().entry(parent) else { continue };
        let known = titles.entry(entry.table.name).or_default();
        if !known.contains_key(id) {
            known.insert(*id, title(db, entry.table, Key::Id(*id))?);
        }
    }
    Ok(())
}

/// Writes a field's cell for people: labels for codes and terms, titles for references, secrets masked unless asked for.
pub fn display(db: &Db<'_>, field: &Field, cell: &Cell, reveal: bool) -> Result<String> {
    if let (Kind::Ref(parent), Cell::Int(id)) = (field.kind, cell)
        && let Some(entry) = db.registry().entry(parent)
    {
        return title(db, entry.table, Key::Id(*id));
    }
    Ok(show(field.kind, &field.shown(cell, reveal)))
}
