//! A plain record out, with the natural person behind it where there is one.

use super::Outlet;
use crate::error::Result;
use crate::modules::{Entry, Registry};
use crate::record::{Cell, Field, Kind, mask};
use crate::sheet::import::{Column, Intake as _, Plain, behind};
use crate::store::{Db, list};

/// Sends out a record as [`Plain`] takes it in; documents stay behind.
pub struct PlainOutlet {
    entry: Entry,
    columns: Vec<Column>,
    /// The references that are written as a secret, each with the field that it is of.
    keys: Vec<(&'static str, &'static Field)>,
    /// The places of those among them that may lead to veiled rows; a cell of the select's end says whether one does.
    veiled: Vec<usize>,
    sql: String,
}

impl PlainOutlet {
    /// Sends out a record.
    pub fn new(registry: &Registry, entry: Entry) -> Self {
        let plain = Plain::new(registry, entry, None, None);
        let document = |column: &Column| entry.table.field(column.name).is_some_and(Field::is_document);
        let columns: Vec<Column> = plain.columns().into_iter().filter(|column| !document(column)).collect();
        let pointer = plain.behind().map(|(field, _)| field);
        let own = || entry.table.shown().filter(|field| Some(field.name) != pointer);
        let keys: Vec<_> = own().filter_map(|field| Some((field.name, secret(registry, field)?))).collect();
        let known = |field: &&Field| keys.iter().any(|(name, _)| *name == field.name);
        let tests = own().filter(known).filter_map(|field| Some((field.name, leads_to_veiled(registry, field)?)));
        let place = |name: &str| columns.iter().rposition(|column| column.name == name);
        let (veiled, tests): (Vec<usize>, Vec<String>) = tests.filter_map(|(name, test)| Some((place(name)?, test))).unzip();
        let sql = select(registry, &entry, plain.behind(), tests);
        Self { entry, columns, keys, veiled, sql }
    }
}

/// Reads the key, the fields of the row behind, and the record's own, with the names of what it refers to; then what `tests` tell.
fn select(registry: &Registry, entry: &Entry, behind: Option<(&'static str, Entry)>, tests: Vec<String>) -> String {
    let table = entry.table;
    let mut columns = vec!["t.id".to_owned()];
    let mut joins = String::new();
    if let Some((field, parent)) = behind {
        columns.extend(parent.table.fields.iter().map(|own| format!("b.{}", own.name)));
        joins = format!(" JOIN {} b ON b.id = t.{field}", parent.table.name);
    }
    let pointer = behind.map(|(field, _)| field);
    columns.extend(table.shown().map(|field| match field.kind {
        _ if Some(field.name) == pointer => "NULL".into(),
        Kind::Ref(to) => named(registry, field, to),
        _ => format!("t.{}", field.name),
    }));
    columns.extend(tests);
    let order = table.order.iter().map(|column| format!("t.{column}, ")).collect::<String>();
    let within =
        if table.unit.is_empty() { String::new() } else { format!(" WHERE ?1 IS NULL OR t.{} IN (SELECT id FROM sub)", table.unit) };
    format!("SELECT {} FROM {} t{joins}{within} ORDER BY {order}t.id", columns.join(", "), table.name)
}

/// What a sheet calls a row `r` of a table: its key where that is one text, else its first searched name; where it has neither, the key
/// of the row behind it. Each as SQL over the field `t.field`, with the field that it is of.
fn names(registry: &Registry, to: &str) -> Vec<(String, &'static Field)> {
    let Some(table) = registry.entry(to).map(|entry| entry.table) else { return Vec::new() };
    let text = |field: &&Field| table.key.len() == 1 && field.kind == Kind::Text;
    let own = table.key.iter().filter_map(|name| table.field(name)).find(text).or_else(|| table.searched().next());
    let above = behind(registry, table).and_then(|(pointer, above)| {
        let key = above.table.field(above.table.key.first()?)?;
        Some((format!("(SELECT b.{} FROM {} b WHERE b.id = r.{pointer})", key.name, above.table.name), key))
    });
    own.map(|own| (format!("r.{}", own.name), own)).into_iter().chain(above).collect()
}

/// What a sheet calls the row that a field points at.
fn named(registry: &Registry, field: &Field, to: &str) -> String {
    let names: Vec<String> = names(registry, to).into_iter().map(|(name, _)| name).collect();
    match names.as_slice() {
        [] => format!("t.{}", field.name),
        [name] => format!("(SELECT {name} FROM {to} r WHERE r.id = t.{})", field.name),
        names => format!("(SELECT coalesce({}) FROM {to} r WHERE r.id = t.{})", names.join(", "), field.name),
    }
}

/// The secret that a sheet calls the row by that a field points at.
fn secret(registry: &Registry, field: &Field) -> Option<&'static Field> {
    let Kind::Ref(to) = field.kind else { return None };
    names(registry, to).into_iter().map(|(_, field)| field).find(|field| field.secret)
}

/// Tells in SQL whether a field points at a veiled row.
fn leads_to_veiled(registry: &Registry, field: &Field) -> Option<String> {
    let Kind::Ref(to) = field.kind else { return None };
    Some(format!("t.{} IN ({})", field.name, registry.veil()?.veiled_ids(registry, to)?))
}

impl Outlet for PlainOutlet {
    fn columns(&self) -> Vec<Column> {
        self.columns.clone()
    }

    fn key_in(&self, column: &str) -> Option<&'static Field> {
        self.keys.iter().find(|(name, _)| *name == column).map(|(_, key)| *key)
    }

    fn rows(&self, db: &Db<'_>, unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        let scoped = !self.entry.table.unit.is_empty();
        if let Some(unit) = unit.filter(|_| scoped) {
            list::within(db, self.entry.table, unit)?;
        }
        let mut statement = db.connection().prepare(&self.sql)?;
        let mut rows = if scoped { statement.query([unit])? } else { statement.query([])? };
        let mut cells = vec![Cell::Null; self.columns.len()];
        while let Some(row) = rows.next()? {
            for (at, cell) in cells.iter_mut().enumerate() {
                *cell = row.get(at)?;
            }
            for (test, at) in self.veiled.iter().enumerate() {
                if row.get::<_, Option<bool>>(cells.len() + test)? == Some(true) {
                    cells.get_mut(*at).into_iter().for_each(hide);
                }
            }
            each(&cells)?;
        }
        Ok(())
    }
}

/// Who is veiled is never named by a whole number.
fn hide(cell: &mut Cell) {
    if let Cell::Text(text) = cell {
        *text = mask(text);
    }
}
