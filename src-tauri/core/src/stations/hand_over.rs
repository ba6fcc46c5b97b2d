//! The stations of a union that ends.

use super::Station;
use crate::error::Result;
use crate::record::{Id, Value};
use crate::store::{Db, Tx};
use crate::units::Unit;

/// The stations of a union that serve or are being built.
pub fn serving(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Station>> {
    let found = db.select::<Station>("WHERE unit = ?1 ORDER BY id", [unit.get()])?;
    Ok(found.into_iter().filter(|station| !station.state.is_closed()).collect())
}

/// Gives a union's stations to another one.
pub fn hand_over(tx: &Tx<'_>, from: Id<Unit>, to: Id<Unit>) -> Result<()> {
    serving(tx, from)?.iter().try_for_each(|station| tx.set(station.id, &[("unit", to.to_cell())]))
}
