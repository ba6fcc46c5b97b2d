//! Merging one union into another.

use chrono::NaiveDate;
use serde::Deserialize;

use super::hand_over::{HandedOver, hand_over, nothing_since};
use crate::error::{Result, refused};
use crate::members::{self, Member, Transfer};
use crate::record::{Id, Term, Wire};
use crate::store::Tx;
use crate::terms::ChangeReason;
use crate::units::{self, Close, Relocate, Unit};

/// One union goes into another: 合并工会.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct MergeUnion {
    /// The union that ends.
    pub from: Id<Unit>,
    /// The union that goes on.
    pub into: Id<Unit>,
    /// The day of the merger.
    pub day: NaiveDate,
    /// Why the members change over; 劳动（工作）关系发生变化 where nothing is said.
    pub reason: Option<Term<ChangeReason>>,
    /// The document.
    pub document: Option<String>,
}

/// Merges one union into another: its subordinates come under the other, its members are transferred (the retained stay so), its
/// stations, teams, volunteers and planned activities change over, and it is closed on the same day. Refused as each of these is, and
/// for one union into itself.
pub fn merge(tx: &Tx<'_>, act: &MergeUnion) -> Result<HandedOver> {
    if act.from == act.into {
        return refused("一个工会不能并入自己。", "请选择另一个工会。");
    }
    let closing = Close { unit: act.from, day: act.day, merged_into: Some(act.into) };
    nothing_since(tx, &tx.get(act.from)?, &closing)?;
    subordinates_follow(tx, act)?;
    units::may_close(tx, &closing)?;
    let handed = HandedOver::of(tx, act.from)?;
    for member in members::staying(tx, act.from)? {
        members::transfer(tx, &transfer_of(&member, act))?;
    }
    hand_over(tx, &tx.get(act.from)?, &tx.get(act.into)?, act.day)?;
    units::close(tx, &closing)?;
    Ok(handed)
}

/// The unions below come under the one that goes on; where that is one of them, it first takes the place of the one that ends.
fn subordinates_follow(tx: &Tx<'_>, act: &MergeUnion) -> Result<()> {
    let follow = |unit: Id<Unit>, after: Option<Id<Unit>>| {
        let reason = Some("随上级工会合并".to_owned());
        units::relocate(tx, &Relocate { unit, after, day: act.day, reason })
    };
    if units::is_above(tx, act.from, act.into, act.day)? {
        follow(act.into, tx.get(act.from)?.parent)?;
    }
    let below = "SELECT id FROM unit WHERE parent = ?1 AND closed IS NULL ORDER BY code";
    for unit in tx.rows(below, [act.from.get()], |row| row.get(0).map(Id::new))? {
        follow(unit, Some(act.into))?;
    }
    Ok(())
}

fn transfer_of(member: &Member, act: &MergeUnion) -> Transfer {
    Transfer {
        member: member.id,
        to: Some(act.into),
        other: None,
        day: act.day,
        reason: Some(act.reason.clone().unwrap_or_else(|| Term::new("job_change"))),
        keep_retained: true,
        document: act.document.clone(),
        note: Some("工会合并".to_owned()),
    }
}
