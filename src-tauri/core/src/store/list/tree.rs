//! A unit and all below it, as rows of a TEMP table that lists are joined to.

use rusqlite::params_from_iter;

use crate::error::{Error, Result};
use crate::modules::Registry;
use crate::record::{Kind, Table};
use crate::store::Db;

/// Makes the TEMP table `sub` that every connection has: the ids of the units that a list is within.
pub const SUBTREE: &str = "CREATE TEMP TABLE sub (id INTEGER NOT NULL PRIMARY KEY)";

/// Where a table's rows have their place in a tree.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The column that holds a unit's id; the id itself in the tree's own table.
    pub column: &'static str,
    /// The tree's table.
    pub tree: &'static Table,
    parent: &'static str,
    /// Whether every row has its place.
    pub filled: bool,
}

impl Place {
    /// Finds a table's place: by its unit field, or as a tree itself. The first field that refers to its own table is the parent.
    pub fn of(registry: &Registry, table: &'static Table) -> Result<Self> {
        let none = || Error::Usage(format!("“{}”不按单位存放，不能按单位列出", table.label));
        let unit = table.field(table.unit).filter(|_| !table.unit.is_empty());
        let tree = match unit.map(|field| field.kind) {
            Some(Kind::Ref(tree)) => registry.entry(tree).map(|entry| entry.table).ok_or_else(none)?,
            Some(_) => return Err(none()),
            None => table,
        };
        let parent = tree.fields.iter().find(|field| field.kind == Kind::Ref(tree.name)).ok_or_else(none)?.name;
        Ok(Self { column: unit.map_or("id", |field| field.name), tree, parent, filled: unit.is_none_or(|field| field.required) })
    }

    /// Fills the TEMP table with a unit and all below it. Gives false where that is the whole tree and every row has its place,
    /// so that nothing needs to be left out.
    pub fn fill(&self, db: &Db<'_>, unit: i64) -> Result<bool> {
        let (tree, parent) = (self.tree.name, self.parent);
        // UNION, not UNION ALL: a circle in a damaged tree ends.
        let below = format!(
            "WITH RECURSIVE below (id) AS \
             (SELECT id FROM {tree} WHERE id = ?1 UNION SELECT c.id FROM below CROSS JOIN {tree} AS c ON c.{parent} = below.id) \
             INSERT INTO temp.sub SELECT id FROM below"
        );
        let units = refill(db, &below, &[unit])?;
        // Counting one more than were found costs no more than finding them, whatever the tree holds besides.
        let more = format!("SELECT count(*) > ?1 FROM (SELECT 1 FROM {tree} LIMIT ?1 + 1)");
        Ok(!self.filled || db.one::<bool>(&more, [units])?.unwrap_or(true))
    }

    /// Fills the TEMP table with the whole tree.
    pub fn fill_all(&self, db: &Db<'_>) -> Result<()> {
        refill(db, &format!("INSERT INTO temp.sub SELECT id FROM {}", self.tree.name), &[]).map(|_| ())
    }
}

/// Puts other units into the TEMP table, and says how many.
fn refill(db: &Db<'_>, sql: &str, parameters: &[i64]) -> Result<i64> {
    unlocked(db, |db| {
        db.connection().prepare_cached("DELETE FROM temp.sub")?.execute([])?;
        let units = db.connection().prepare_cached(sql)?.execute(params_from_iter(parameters))?;
        Ok(i64::try_from(units).unwrap_or(i64::MAX - 1))
    })
}

/// A reader may write to no table, TEMP ones included, so its lock is lifted for the while.
fn unlocked<T>(db: &Db<'_>, act: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
    let locked: bool = db.connection().pragma_query_value(None, "query_only", |row| row.get(0))?;
    if !locked {
        return act(db);
    }
    db.connection().pragma_update(None, "query_only", false)?;
    let done = act(db);
    db.connection().pragma_update(None, "query_only", true)?;
    done
}
