//! Rows that are one by a value that only one row of a table may have.

use std::collections::HashMap;

use rusqlite::params_from_iter;

use super::super::buffer::Key;
use super::super::db::Db;
use crate::error::Result;
use crate::record::{Cell, Table};

/// A set of fields that only one row of a table may have, among those that a condition selects.
#[derive(Debug, Clone)]
struct Unique {
    places: Vec<usize>,
    condition: Option<String>,
}

/// The sets of each table, found once.
#[derive(Debug, Default)]
pub struct Uniques(HashMap<&'static str, Vec<Unique>>);

impl Uniques {
    fn of(&mut self, db: &Db<'_>, table: &'static Table) -> Result<&[Unique]> {
        if !self.0.contains_key(table.name) {
            self.0.insert(table.name, sets(db, table)?);
        }
        Ok(self.0.get(table.name).map_or(&[], Vec::as_slice))
    }

    /// Finds another row with a value that only one may have, and the places of the fields that say so.
    pub fn holder(&mut self, db: &Db<'_>, table: &'static Table, cells: &[Cell], own: Option<Key>) -> Result<Option<(Key, Vec<usize>)>> {
        for unique in self.of(db, table)? {
            if let Some(key) = unique.holder(db, table, cells, own)? {
                return Ok(Some((key, unique.places.clone())));
            }
        }
        Ok(None)
    }
}

impl Unique {
    fn holder(&self, db: &Db<'_>, table: &'static Table, cells: &[Cell], own: Option<Key>) -> Result<Option<Key>> {
        let values: Vec<&Cell> = self.places.iter().filter_map(|at| cells.get(*at)).filter(|cell| !cell.is_null()).collect();
        if values.len() < self.places.len() || !self.selects(db, table, cells)? {
            return Ok(None);
        }
        let equal = (1..).zip(&self.places).filter_map(|(n, at)| Some(format!("{} = ?{n}", table.fields.get(*at)?.name)));
        let conditions: Vec<String> = equal.chain(self.condition.iter().map(|condition| format!("({condition})"))).collect();
        let sql = format!("SELECT id FROM {} WHERE {} LIMIT 2", table.name, conditions.join(" AND "));
        let found = db.rows(&sql, params_from_iter(values), |row| row.get(0).map(Key::Id))?;
        Ok(found.into_iter().find(|key| Some(*key) != own))
    }

    /// Whether the condition holds for a row that is not stored.
    fn selects(&self, db: &Db<'_>, table: &Table, cells: &[Cell]) -> Result<bool> {
        let Some(condition) = &self.condition else { return Ok(true) };
        let columns: Vec<String> = (1..).zip(table.fields).map(|(n, field)| format!("?{n} AS {}", field.name)).collect();
        let sql = format!("SELECT EXISTS (SELECT 1 FROM (SELECT {}) WHERE {condition})", columns.join(", "));
        Ok(db.one::<bool>(&sql, params_from_iter(cells))?.unwrap_or(false))
    }
}

/// Links are one by their key alone.
fn sets(db: &Db<'_>, table: &'static Table) -> Result<Vec<Unique>> {
    if table.link {
        return Ok(Vec::new());
    }
    let sql = "SELECT i.name, m.sql FROM pragma_index_list(?1) i LEFT JOIN sqlite_master m ON m.type = 'index' AND m.name = i.name \
               WHERE i.\"unique\" = 1";
    let indexes = db.rows(sql, [table.name], |row| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?)))?;
    let mut uniques = Vec::new();
    for (index, sql) in indexes {
        let names = db.rows("SELECT name FROM pragma_index_info(?1)", [index], |row| row.get::<_, String>(0))?;
        let condition = sql.as_deref().and_then(|sql| sql.split_once(" WHERE ")).map(|(_, condition)| condition.to_owned());
        if let Some(places) = names.iter().map(|name| table.position(name)).collect() {
            uniques.push(Unique { places, condition });
        }
    }
    Ok(uniques)
}
