//! Closing a union.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Unit, stand};
use crate::error::{Result, refused};
use crate::record::{Id, Value, Wire};
use crate::store::{Db, Tx};

/// A union ends: 撤销工会.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
pub struct Close {
    /// Which union.
    pub unit: Id<Unit>,
    /// The day from which it is no more.
    pub day: NaiveDate,
    /// The union that its members went to, where it was merged.
    pub merged_into: Option<Id<Unit>>,
}

impl Close {
    /// What the act is called.
    pub fn word(&self) -> &'static str {
        if self.merged_into.is_some() { "并入别的工会" } else { "撤销" }
    }
}

/// Marks a union as closed; refused by [`may_close`]. What it had is seen to by the noun that knows all of it.
pub fn close(tx: &Tx<'_>, act: &Close) -> Result<()> {
    may_close(tx, act)?;
    tx.set(act.unit, &[("closed", Some(act.day).to_cell()), ("merged_into", act.merged_into.to_cell())])
}

/// Refuses closing a union while open unions stand below it, where the day is ahead or before its founding or its last move, and where
/// it is closed already.
pub fn may_close(db: &Db<'_>, act: &Close) -> Result<()> {
    stand::has_come(db, act.day)?;
    let unit = db.get(act.unit)?;
    stand::exists(&unit, db.now().today)?;
    if unit.opened.is_some_and(|opened| opened > act.day) {
        stand::exists(&unit, act.day)?;
    }
    without_subordinates(db, &unit, act)
}

/// No open union may stand below, today or on any day since.
fn without_subordinates(db: &Db<'_>, unit: &Unit, act: &Close) -> Result<()> {
    let (day, word) = (act.day, act.word());
    let open = "SELECT name FROM unit WHERE parent = ?1 AND (closed IS NULL OR closed > ?2) ORDER BY code";
    let names = db.rows(open, (unit.id.get(), day.to_string()), |row| row.get::<_, String>(0))?;
    if let Some(first) = names.first() {
        return refused(
            format!("“{}”下面还有“{first}”等 {} 个工会，不能{word}。", unit.name, names.len()),
            "请先把下级工会调整到别的上级，或逐个撤销。",
        );
    }
    let later = "SELECT max(day) FROM unit_move WHERE (before = ?1 OR after = ?1 OR unit = ?1) AND day > ?2";
    match db.one::<Option<String>>(later, (unit.id.get(), day.to_string()))?.flatten() {
        Some(moved) => refused(format!("“{}”在 {moved} 还有隶属变动，不能在 {day} 就{word}。", unit.name), "请把日期改为那天或以后。"),
        None => Ok(()),
    }
}
