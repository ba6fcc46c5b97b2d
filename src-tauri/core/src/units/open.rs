//! Founding a union.

use super::{Unit, stand};
use crate::desk::Founding;
use crate::error::{Result, refused};
use crate::record::Id;
use crate::store::{Db, Step, Store, Tx};

/// Enters a union: 新建工会. Refused below a union that is closed or of a lower level, and where it is entered as closed.
pub fn open(tx: &Tx<'_>, unit: &Unit) -> Result<Id<Unit>> {
    if unit.closed.is_some() || unit.merged_into.is_some() {
        return refused(format!("新建的“{}”不能带有撤销日期或并入的工会。", unit.name), "请先新建，再办理撤销或合并。");
    }
    let id = tx.add(&Unit { id: Id::NEW, ..unit.clone() })?;
    if let Some(parent) = unit.parent {
        // The union above may be the younger one, so what counts is that it exists today.
        stand::under(tx, unit, &tx.get(parent)?, tx.now().today)?;
    }
    Ok(id)
}

impl Founding for Unit {
    /// Enters the office's own union.
    fn found(&self, store: &Store) -> Result<()> {
        store.write(Step::new("新建工会"), |tx| open(tx, self)).map(drop)
    }
}

/// Finds the union that an office is called by: the first without one above it, of those that still exist where there are any.
pub fn topmost(db: &Db<'_>) -> Result<Option<(i64, String)>> {
    let sql = "SELECT id, name FROM unit WHERE parent IS NULL ORDER BY closed IS NOT NULL, level, id LIMIT 1";
    Ok(db.rows(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().next())
}
