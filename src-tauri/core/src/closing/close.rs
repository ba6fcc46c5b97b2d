//! Closing a union.

use chrono::NaiveDate;
use serde::Deserialize;

use super::hand_over::{HandedOver, hand_over, nothing_since};
use crate::error::{Result, refused};
use crate::members::{self, Transfer, Turn};
use crate::record::{Id, Term, Wire};
use crate::store::Tx;
use crate::terms::ChangeReason;
use crate::units::{self, Close, Unit};

/// A union ends with its employer: 撤销工会.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct CloseUnion {
    /// Which union.
    pub unit: Id<Unit>,
    /// The day from which it is no more.
    pub day: NaiveDate,
    /// The union that takes over what it had; the union above where none is named.
    pub heir: Option<Id<Unit>>,
    /// Why the memberships change; 所在单位关闭或撤销 where nothing is said.
    pub reason: Option<Term<ChangeReason>>,
    /// The document.
    pub document: Option<String>,
}

/// Closes a union: its members' 会籍 is retained in the union above (《工会会员会籍管理办法》, 全总 2016: 单位关闭、撤销的，会籍保留在上级工会),
/// and its stations, teams, volunteers and planned activities go there too. Refused by the rules of [`units::close`], where a membership
/// changed or an activity was held there since, and where something is left and no union takes it over.
pub fn close(tx: &Tx<'_>, act: &CloseUnion) -> Result<HandedOver> {
    let closing = Close { unit: act.unit, day: act.day, merged_into: None };
    units::may_close(tx, &closing)?;
    let unit = tx.get(act.unit)?;
    nothing_since(tx, &unit, &closing)?;
    let left = HandedOver::of(tx, act.unit)?;
    if act.heir == Some(act.unit) {
        return refused(format!("“{}”正要撤销，不能由它自己接收。", unit.name), "请选择另一个工会接收。");
    }
    match act.heir.or(unit.parent) {
        _ if left.is_empty() => {}
        Some(heir) => pass_on(tx, act, &unit, &tx.get(heir)?)?,
        None => {
            let message = format!("“{}”还有 {}，又没有上级工会接收，不能撤销。", unit.name, left.told());
            return refused(message, "请指定接收的工会，或用“合并工会”并入另一个工会，或先逐项办理。");
        }
    }
    units::close(tx, &closing)?;
    Ok(left)
}

fn pass_on(tx: &Tx<'_>, act: &CloseUnion, unit: &Unit, heir: &Unit) -> Result<()> {
    hand_over(tx, unit, heir, act.day)?;
    let reason = Some(act.reason.clone().unwrap_or_else(|| Term::new("unit_closed")));
    for member in members::staying(tx, unit.id)? {
        let (document, note) = (act.document.clone(), Some(format!("“{}”撤销", unit.name)));
        let active = member.state == members::MemberState::Active;
        members::transfer(
            tx,
            &Transfer {
                member: member.id,
                to: Some(heir.id),
                other: None,
                day: act.day,
                reason: reason.clone(),
                keep_retained: true,
                document: document.clone(),
                note: note.clone(),
            },
        )?;
        if active {
            members::retain(tx, &Turn { member: member.id, day: act.day, reason: reason.clone(), document, note })?;
        }
    }
    Ok(())
}
