//! Rows that are one by a value that only one row of a table may have.

use std::collections::HashMap;

use rusqlite::params_from_iter;

use super::super::buffer::Key;
use super::super::db::Db;
use crate::error::Result;
use crate::record::{Cell, Table};

/// The sets of fields that only one row of a table may have, found once for each table.
#[derive(Debug, Default)]
pub struct Uniques(HashMap<&'static str, Vec<Vec<usize>>>);

impl Uniques {
    fn of(&mut self, db: &Db<'_>, table: &'static Table) -> Result<&[Vec<usize>]> {
        if !self.0.contains_key(table.name) {
            self.0.insert(table.name, sets(db, table)?);
        }
        Ok(self.0.get(table.name).map_or(&[], Vec::as_slice))
    }

    /// Finds another row with a value that only one may have, and the places of the fields that say so.
    pub fn holder(&mut self, db: &Db<'_>, table: &'static Table, cells: &[Cell], own: Option<Key>) -> Result<Option<(Key, Vec<usize>)>> {
        for set in self.of(db, table)? {
            let values: Vec<&Cell> = set.iter().filter_map(|at| cells.get(*at)).filter(|cell| !cell.is_null()).collect();
            if values.len() < set.len() {
                continue;
            }
            let equal: Vec<String> = (1..).zip(set).filter_map(|(n, at)| Some(format!("{} = ?{n}", table.fields.get(*at)?.name))).collect();
            let sql = format!("SELECT id FROM {} WHERE {} LIMIT 2", table.name, equal.join(" AND "));
            let found = db.rows(&sql, params_from_iter(values), |row| row.get(0).map(Key::Id))?;
            if let Some(key) = found.into_iter().find(|key| Some(*key) != own) {
                return Ok(Some((key, set.clone())));
            }
        }
        Ok(None)
    }
}

/// Links are one by their key alone.
fn sets(db: &Db<'_>, table: &'static Table) -> Result<Vec<Vec<usize>>> {
    if table.link {
        return Ok(Vec::new());
    }
    let sql = "SELECT name FROM pragma_index_list(?1) WHERE \"unique\" = 1 AND partial = 0";
    let indexes = db.rows(sql, [table.name], |row| row.get::<_, String>(0))?;
    let columns = |index: String| db.rows("SELECT name FROM pragma_index_info(?1)", [index], |row| row.get::<_, String>(0));
    let named = indexes.into_iter().map(columns).collect::<Result<Vec<_>>>()?;
    Ok(named.into_iter().filter_map(|names| names.iter().map(|name| table.position(name)).collect()).collect())
}
