//! Founding a union.

use super::{Unit, stand};
use crate::error::{Result, refused};
use crate::record::Id;
use crate::store::Tx;

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
