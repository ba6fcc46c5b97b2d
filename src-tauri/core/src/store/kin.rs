//! Whose rows are whose: what belongs to a row is told by the required references that lead to it, however far.

use std::collections::BTreeMap;

use super::buffer::Key;
use super::db::Db;
use super::tx::Tx;
use crate::error::Result;
use crate::modules::Registry;
use crate::record::{Field, Kind, Table};

/// Rows by their table: the rows that were asked for, and all that belong to them.
pub type Kin = BTreeMap<&'static str, Vec<Key>>;

/// The tables whose rows belong to rows of `root`, itself first, each with the fields that lead there.
pub fn tables(registry: &Registry, root: &str) -> Vec<(&'static Table, Vec<&'static Field>)> {
    let mut found: Vec<(&'static Table, Vec<&'static Field>)> = Vec::new();
    for table in registry.tables().filter(|table| !table.view) {
        let leads = |field: &&'static Field| match field.kind {
            Kind::Ref(to) => field.required && found.iter().any(|(known, _)| known.name == to),
            _ => false,
        };
        let fields: Vec<_> = table.fields.iter().filter(leads).collect();
        if table.name == root || !fields.is_empty() {
            found.push((table, fields));
        }
    }
    found
}

/// Finds the rows of `root` with these ids, and all that belong to them.
pub fn of(db: &Db<'_>, root: &str, ids: &[i64]) -> Result<Kin> {
    let mut kin = Kin::new();
    for (table, fields) in tables(db.registry(), root) {
        let mut keys: Vec<Key> = if table.name == root { ids.iter().copied().map(Key::Id).collect() } else { Vec::new() };
        for field in fields {
            let Kind::Ref(to) = field.kind else { continue };
            for above in kin.get(to).into_iter().flatten() {
                keys.extend(db.referring(table, field, above.first())?);
            }
        }
        keys.sort_unstable();
        keys.dedup();
        kin.insert(table.name, keys);
    }
    Ok(kin)
}

impl Tx<'_> {
    /// Notes that a row turned out to be one with another and is removed.
    pub fn note_united(&self, table: &Table, gone: i64, kept: i64) -> Result<()> {
        let sql = "INSERT INTO united (tab, gone, kept) VALUES (?1, ?2, ?3) ON CONFLICT (tab, gone) DO UPDATE SET kept = excluded.kept";
        self.connection().execute(sql, (table.name, gone, kept))?;
        Ok(())
    }
}

/// The rows that were removed because they were one with any of these, and so on; one that is there again is its own.
pub fn united(db: &Db<'_>, table: &'static Table, ids: &[i64]) -> Result<Vec<i64>> {
    let (mut found, mut at) = (ids.to_vec(), 0);
    while let Some(kept) = found.get(at).copied() {
        for gone in db.rows("SELECT gone FROM united WHERE tab = ?1 AND kept = ?2", (table.name, kept), |row| row.get::<_, i64>(0))? {
            if !found.contains(&gone) && db.cells(table, Key::Id(gone))?.is_none() {
                found.push(gone);
            }
        }
        at += 1;
    }
    Ok(found.split_off(ids.len()))
}
