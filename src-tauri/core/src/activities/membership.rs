//! Whether a person was a member as of then.

use chrono::NaiveDate;

use crate::Result;
use crate::members::ChangeKind;
use crate::people::Person;
use crate::record::{Code, Id};
use crate::store::Db;

/// Says whether a person was a union member at the end of a day: the last change up to then did not end the membership.
pub(super) fn member_on(db: &Db<'_>, person: Id<Person>, day: NaiveDate) -> Result<bool> {
    let sql = "SELECT c.kind FROM member m JOIN change c ON c.member = m.id WHERE m.person = ?1 AND c.day <= ?2 \
               ORDER BY c.day DESC, c.id DESC LIMIT 1";
    let last: Option<i64> = db.one(sql, (person.get(), day.to_string()))?;
    Ok(last.and_then(ChangeKind::of).is_some_and(|kind| kind.stock() >= 0))
}
