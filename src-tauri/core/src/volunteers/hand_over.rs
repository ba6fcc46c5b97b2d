//! The teams and volunteers of a union that ends.

use super::{Team, Volunteer};
use crate::error::{Result, refused};
use crate::record::{Id, Value};
use crate::store::{Db, Tx};
use crate::units::Unit;

/// The teams of a union that stand.
pub fn teams_of(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Team>> {
    db.select("WHERE unit = ?1 AND disbanded IS NULL ORDER BY id", [unit.get()])
}

/// The volunteers who are registered with a union.
pub fn registered_with(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Volunteer>> {
    db.select("WHERE unit = ?1 AND ended IS NULL ORDER BY id", [unit.get()])
}

/// Gives a union's teams and registrations to another one. Refused where that one has a team of the same name.
pub fn hand_over(tx: &Tx<'_>, from: &Unit, to: &Unit) -> Result<()> {
    for team in teams_of(tx, from.id)? {
        let same = "SELECT id FROM team WHERE unit = ?1 AND name = ?2";
        if tx.one::<i64>(same, (to.id.get(), &team.name))?.is_some() {
            let message = format!("“{}”的志愿服务队“{}”和“{}”的一支同名，不能划转。", from.name, team.name, to.name);
            return refused(message, "请先给其中一支改名，或撤销它。");
        }
        tx.set(team.id, &[("unit", to.id.to_cell())])?;
    }
    registered_with(tx, from.id)?.iter().try_for_each(|volunteer| tx.set(volunteer.id, &[("unit", to.id.to_cell())]))
}
