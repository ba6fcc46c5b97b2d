//! Moving a union below another one.

use chrono::NaiveDate;
use serde::Deserialize;

use super::tree::parent_on;
use super::{Unit, UnitMove, stand};
use crate::error::{Result, refused};
use crate::record::{Entered, Id, Value, Wire};
use crate::store::{Db, Tx};

/// A union comes under another one: 调整隶属关系.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Wire)]
pub struct Relocate {
    /// Which union.
    pub unit: Id<Unit>,
    /// The new union above, or none.
    pub after: Option<Id<Unit>>,
    /// The day from which it stands there.
    pub day: NaiveDate,
    /// The reason or the document.
    pub reason: Option<String>,
}

/// Moves a union with all below it and notes the move. Refused where the day is ahead, before the founding or before the
/// union's last move, where one of the two is closed, where nothing changes, and where it would come to stand below itself.
pub fn relocate(tx: &Tx<'_>, act: &Relocate) -> Result<Id<UnitMove>> {
    stand::has_come(tx, act.day)?;
    let unit = tx.get(act.unit)?;
    stand::exists(&unit, tx.now().today)?;
    stand::exists(&unit, act.day)?;
    if unit.parent == act.after {
        return refused(format!("“{}”的上级工会没有变化。", unit.name), "请选择新的上级工会。");
    }
    not_before_the_last(tx, &unit, act.day)?;
    if let Some(after) = act.after {
        stand::under(tx, &unit, &tx.get(after)?, act.day)?;
        not_below_itself(tx, &unit, after, act.day)?;
    }
    let (before, reason) = (unit.parent, act.reason.clone());
    let id = tx.add(&UnitMove { id: Id::NEW, unit: unit.id, day: act.day, before, after: act.after, reason, entered: Entered(0) })?;
    tx.set(unit.id, &[("parent", act.after.to_cell())])?;
    Ok(id)
}

fn not_before_the_last(db: &Db<'_>, unit: &Unit, day: NaiveDate) -> Result<()> {
    let last: Option<String> = db.one("SELECT max(day) FROM unit_move WHERE unit = ?1", [unit.id.get()])?.flatten();
    match last {
        Some(last) if last > day.to_string() => refused(
            format!("“{}”在 {last} 已有一次隶属变动，不能再补办更早的 {day}。", unit.name),
            "请先撤销那一次变动，再按日期先后办理。",
        ),
        _ => Ok(()),
    }
}

/// Other unions may have moved since the day, so the way up is walked for every state of the tree from then on.
fn not_below_itself(db: &Db<'_>, unit: &Unit, after: Id<Unit>, day: NaiveDate) -> Result<()> {
    let later = "SELECT DISTINCT day FROM unit_move WHERE day > ?1 ORDER BY day";
    let mut days = vec![day];
    let moved = db.rows(later, [day.to_string()], |row| row.get::<_, String>(0))?;
    days.extend(moved.iter().filter_map(|day| day.parse::<NaiveDate>().ok()));
    for day in days {
        if is_above(db, unit.id, after, day)? {
            let name = db.get(after)?.name;
            return refused(
                format!("“{name}”在 {day} 属于“{}”的下级，不能做它的上级。", unit.name),
                "请先把那个下级工会调到别处，再办理。",
            );
        }
    }
    Ok(())
}

/// Says whether a union is another one or stood above it on a day.
pub fn is_above(db: &Db<'_>, unit: Id<Unit>, below: Id<Unit>, day: NaiveDate) -> Result<bool> {
    let mut at = Some(below);
    while let Some(here) = at {
        if here == unit {
            return Ok(true);
        }
        at = parent_on(db, here, day)?;
    }
    Ok(false)
}
