//! The membership follows the employment: 转会.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Change, ChangeKind, Member, MemberState, ledger};
use crate::error::{Result, refused};
use crate::record::{Id, Term, Wire};
use crate::store::Tx;
use crate::terms::ChangeReason;
use crate::units::Unit;

/// A member goes to another union, of this file or not.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Transfer {
    /// Who.
    pub member: Id<Member>,
    /// The new union, where it is in this file.
    pub to: Option<Id<Unit>>,
    /// The new union's name, where it is not.
    pub other: Option<String>,
    /// The day of the transfer.
    pub day: NaiveDate,
    /// Why.
    pub reason: Option<Term<ChangeReason>>,
    /// Whether a retained membership stays retained in the new union (《工会会员会籍管理办法》: 单位关闭的，会籍保留在上级工会);
    /// else the member takes part again there.
    #[serde(default)]
    pub keep_retained: bool,
    /// The document: 会员组织关系介绍信.
    pub document: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Transfers a member: 转出 at the old union and, where the new one is in this file, 转入 there on the same day. Gives the old
/// union's half. Refused without a reason, without or with two new unions, to the same union, and by the rules of the ledger.
pub fn transfer(tx: &Tx<'_>, act: &Transfer) -> Result<Id<Change>> {
    let member = tx.get(act.member)?;
    let other = crate::text::trimmed(act.other.clone());
    if act.to.is_some() == other.is_some() {
        return refused("转会要写明一个新的工会。", "新工会在本台账里的，从列表里选；不在的，填写它的全称。两样只填一样。");
    }
    if act.to == Some(member.unit) && member.state != MemberState::Gone {
        let unit = tx.get(member.unit)?.name;
        return refused(format!("会员已经在“{unit}”，不用转会。"), "请选择另一个工会。");
    }
    if act.reason.is_none() {
        return refused("转出没有填写原因。", "请选择会籍变化原因，例如劳动（工作）关系发生变化。");
    }
    ledger::end_retention(tx, &member, act.day)?;
    let out = half(act, member.unit, ChangeKind::TransferredOut);
    let half_out = ledger::note(tx, &Change { counterpart: act.to, other, reason: act.reason.clone(), ..out })?;
    if let Some(to) = act.to {
        let counterpart = Some(member.unit);
        ledger::note(tx, &Change { counterpart, ..half(act, to, ChangeKind::TransferredIn) })?;
        if act.keep_retained && member.state == MemberState::Retained {
            ledger::note(tx, &Change { reason: act.reason.clone(), ..half(act, to, ChangeKind::Retained) })?;
        }
    }
    Ok(half_out)
}

fn half(act: &Transfer, unit: Id<Unit>, kind: ChangeKind) -> Change {
    let (document, note) = (act.document.clone(), act.note.clone());
    Change { document, note, ..ledger::change(act.member, unit, act.day, kind) }
}
