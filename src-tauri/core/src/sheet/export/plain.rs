//! A plain record out, with the natural person behind it where there is one.

use super::Outlet;
use crate::error::Result;
use crate::modules::{Entry, Registry};
use crate::record::{Cell, Field, Kind};
use crate::sheet::import::{Column, Intake as _, Plain, behind};
use crate::store::{Db, list};

/// Sends out a record as [`Plain`] takes it in.
pub struct PlainOutlet {
    entry: Entry,
    columns: Vec<Column>,
    sql: String,
}

impl PlainOutlet {
    /// Sends out a record.
    pub fn new(registry: &Registry, entry: Entry) -> Self {
        let plain = Plain::new(registry, entry, None, None);
        let sql = select(registry, &entry, plain.behind());
        Self { entry, columns: plain.columns(), sql }
    }
}

/// Reads the key, the fields of the row behind, and the record's own, with the names of what it refers to.
fn select(registry: &Registry, entry: &Entry, behind: Option<(&'static str, Entry)>) -> String {
    let table = entry.table;
    let mut columns = vec!["t.id".to_owned()];
    let mut joins = String::new();
    if let Some((field, parent)) = behind {
        columns.extend(parent.table.fields.iter().map(|own| format!("b.{}", own.name)));
        joins = format!(" JOIN {} b ON b.id = t.{field}", parent.table.name);
    }
    let pointer = behind.map(|(field, _)| field);
    columns.extend(table.fields.iter().map(|field| match field.kind {
        _ if Some(field.name) == pointer => "NULL".into(),
        Kind::Ref(to) => named(registry, field, to),
        _ => format!("t.{}", field.name),
    }));
    let order = table.order.iter().map(|column| format!("t.{column}, ")).collect::<String>();
    let within =
        if table.unit.is_empty() { String::new() } else { format!(" WHERE ?1 IS NULL OR t.{} IN (SELECT id FROM sub)", table.unit) };
    format!("SELECT {} FROM {} t{joins}{within} ORDER BY {order}t.id", columns.join(", "), table.name)
}

/// What a sheet calls the row that a field points at: its key where that is one text, else its first searched name; where it has
/// neither, the key of the row behind it.
fn named(registry: &Registry, field: &Field, to: &str) -> String {
    let Some(table) = registry.entry(to).map(|entry| entry.table) else { return format!("t.{}", field.name) };
    let text = |name: &&str| table.key.len() == 1 && table.field(name).is_some_and(|field| field.kind == Kind::Text);
    let own = table.key.iter().copied().find(text).or_else(|| table.searched().next().map(|field| field.name));
    let above = behind(registry, table).and_then(|(pointer, above)| Some((pointer, above.table.name, *above.table.key.first()?)));
    let above = above.map(|(pointer, table, key)| format!("(SELECT b.{key} FROM {table} b WHERE b.id = r.{pointer})"));
    let names: Vec<String> = own.map(|own| format!("r.{own}")).into_iter().chain(above).collect();
    match names.as_slice() {
        [] => format!("t.{}", field.name),
        [name] => format!("(SELECT {name} FROM {to} r WHERE r.id = t.{})", field.name),
        names => format!("(SELECT coalesce({}) FROM {to} r WHERE r.id = t.{})", names.join(", "), field.name),
    }
}

impl Outlet for PlainOutlet {
    fn columns(&self) -> Vec<Column> {
        self.columns.clone()
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
            each(&cells)?;
        }
        Ok(())
    }
}
