//! The members of a union that ends.

use chrono::NaiveDate;

use super::{Member, MemberState};
use crate::error::Result;
use crate::record::{Code, Id};
use crate::store::Db;
use crate::units::Unit;

/// The members of a union who have not left, the retained among them.
pub fn staying(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Member>> {
    db.select("WHERE unit = ?1 AND state <> ?2 ORDER BY id", (unit.get(), MemberState::Gone.code()))
}

/// The day of the last change of a membership in a union.
pub fn last_change(db: &Db<'_>, unit: Id<Unit>) -> Result<Option<NaiveDate>> {
    let last: Option<String> = db.one("SELECT max(day) FROM change WHERE unit = ?1", [unit.get()])?.flatten();
    Ok(last.and_then(|day| day.parse().ok()))
}
