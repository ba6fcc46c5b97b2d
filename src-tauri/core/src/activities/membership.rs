//! Whether a person was a member as of then.

use chrono::NaiveDate;

use super::{Activity, Participation};
use crate::Result;
use crate::members::ChangeKind;
use crate::people::Person;
use crate::record::{Code, Id, Row, Value};
use crate::store::{Db, Key, Tx};

/// Says whether a person was a union member at the end of a day: the last change up to then did not end the membership.
pub(super) fn member_on(db: &Db<'_>, person: Id<Person>, day: NaiveDate) -> Result<bool> {
    let sql = "SELECT c.kind FROM member m JOIN change c ON c.member = m.id WHERE m.person = ?1 AND c.day <= ?2 \
               ORDER BY c.day DESC, c.id DESC LIMIT 1";
    let last: Option<i64> = db.one(sql, (person.get(), day.to_string()))?;
    Ok(last.and_then(ChangeKind::of).is_some_and(|kind| kind.stock() >= 0))
}

/// Looks anew whether a person was a member when taking part, once the membership of another record of the person is theirs.
pub(super) fn renew(tx: &Tx<'_>, person: i64) -> Result<()> {
    for row in tx.select::<Participation>("WHERE person = ?1", [person])? {
        let Activity { day, .. } = tx.get(row.activity)?;
        let member = member_on(tx, row.person, day.unwrap_or(tx.now().today))?;
        if member != row.member {
            tx.patch(Participation::table(), Key::Pair(row.activity.get(), person), &[("member", member.to_cell())])?;
        }
    }
    Ok(())
}
