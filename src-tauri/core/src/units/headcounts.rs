//! Counting those who work where a union is.

use chrono::NaiveDate;

use super::{Headcount, stand};
use crate::error::Result;
use crate::record::{Entered, Id};
use crate::store::{Db, Tx};

/// Enters how many people work at a union's employer on a day, in place of an earlier count of the same day.
pub fn count_staff(tx: &Tx<'_>, count: &Headcount) -> Result<Id<Headcount>> {
    stand::exists(&tx.get(count.unit)?, count.day)?;
    let same = "SELECT id FROM headcount WHERE unit = ?1 AND day = ?2";
    let id = tx.one::<i64>(same, (count.unit.get(), count.day.to_string()))?;
    match id.map(Id::new) {
        Some(id) => tx.save(&Headcount { id, ..count.clone() }).map(|()| id),
        None => tx.add(&Headcount { id: Id::NEW, entered: Entered(0), ..count.clone() }),
    }
}

/// Gives each union's latest count up to a day.
pub fn headcounts_on(db: &Db<'_>, day: NaiveDate) -> Result<Vec<Headcount>> {
    let latest =
        "WHERE id IN (SELECT (SELECT h.id FROM headcount h WHERE h.unit = u.id AND h.day <= ?1 ORDER BY h.day DESC LIMIT 1) FROM unit u)";
    db.select(latest, [day.to_string()])
}
