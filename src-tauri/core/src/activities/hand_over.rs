//! The activities of a union that ends.

use chrono::NaiveDate;

use super::{Activity, ActivityState};
use crate::error::Result;
use crate::record::{Code, Id, Value};
use crate::store::{Db, Tx};
use crate::units::Unit;

/// The activities that a union still plans.
pub fn planned_by(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Activity>> {
    db.select("WHERE unit = ?1 AND state = ?2 ORDER BY id", (unit.get(), ActivityState::Planned.code()))
}

/// The last activity that a union held: its first day and its title.
pub fn last_held(db: &Db<'_>, unit: Id<Unit>) -> Result<Option<(NaiveDate, String)>> {
    let held = "WHERE unit = ?1 AND state = ?2 AND day IS NOT NULL ORDER BY day DESC LIMIT 1";
    let found = db.select::<Activity>(held, (unit.get(), ActivityState::Held.code()))?.pop();
    Ok(found.and_then(|activity| Some((activity.day?, activity.title))))
}

/// Gives a union's planned activities to another one; what it held stays its own.
pub fn hand_over(tx: &Tx<'_>, from: Id<Unit>, to: Id<Unit>) -> Result<()> {
    planned_by(tx, from)?.iter().try_for_each(|activity| tx.set(activity.id, &[("unit", to.to_cell())]))
}
