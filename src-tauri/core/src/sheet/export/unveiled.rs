//! What goes out of a record whose rows may be veiled: only those that are not.

use std::collections::HashSet;

use super::Outlet;
use crate::error::Result;
use crate::modules::Registry;
use crate::record::{Cell, Field};
use crate::sheet::import::Column;
use crate::store::Db;

/// Hands on the rows of another outlet that are not veiled; the first cell of each is its id.
pub struct Unveiled {
    outlet: Box<dyn Outlet + Sync>,
    /// Selects the ids that stay behind.
    sql: Option<String>,
}

impl Unveiled {
    /// Puts itself before another outlet of a record.
    pub fn new(registry: &Registry, record: &str, outlet: Box<dyn Outlet + Sync>) -> Self {
        let condition = registry.veil().zip(registry.entry(record)).and_then(|(veil, entry)| veil.condition(registry, entry.table, "t"));
        let sql = condition.map(|condition| format!("SELECT t.id FROM {record} t WHERE {condition}"));
        Self { outlet, sql }
    }

    fn behind(&self, db: &Db<'_>) -> Result<HashSet<i64>> {
        let rows = self.sql.as_ref().map_or_else(|| Ok(Vec::new()), |sql| db.rows(sql, [], |row| row.get(0)));
        Ok(rows?.into_iter().collect())
    }
}

impl Outlet for Unveiled {
    fn columns(&self) -> Vec<Column> {
        self.outlet.columns()
    }

    fn key_in(&self, column: &str) -> Option<&'static Field> {
        self.outlet.key_in(column)
    }

    fn rows(&self, db: &Db<'_>, unit: Option<i64>, each: &mut dyn FnMut(&[Cell]) -> Result<()>) -> Result<()> {
        let behind = self.behind(db)?;
        let stays = |cells: &[Cell]| cells.first().and_then(Cell::int).is_some_and(|id| behind.contains(&id));
        self.outlet.rows(db, unit, &mut |cells| if !behind.is_empty() && stays(cells) { Ok(()) } else { each(cells) })
    }
}
