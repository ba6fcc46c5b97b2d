//! What happens to a membership within its union: kept, taken up again, ended.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Change, ChangeKind, Member, ledger};
use crate::error::{Result, refused};
use crate::record::{Code, Id, Term, Wire};
use crate::store::Tx;
use crate::terms::ChangeReason;

/// A change of a membership in its own union.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Turn {
    /// Who.
    pub member: Id<Member>,
    /// The day on which it happened.
    pub day: NaiveDate,
    /// Why.
    pub reason: Option<Term<ChangeReason>>,
    /// The document.
    pub document: Option<String>,
    /// A remark.
    pub note: Option<String>,
}

/// Retains a membership: 保留会籍, for the retired and the unemployed. It still counts as a member's.
pub fn retain(tx: &Tx<'_>, act: &Turn) -> Result<Id<Change>> {
    turn(tx, act, ChangeKind::Retained)
}

/// Takes a retained membership up again: 恢复会籍.
pub fn resume(tx: &Tx<'_>, act: &Turn) -> Result<Id<Change>> {
    turn(tx, act, ChangeKind::Resumed)
}

/// Ends a membership by the member's wish, by death or by lapse: 退会. Refused without a reason.
pub fn leave(tx: &Tx<'_>, act: &Turn) -> Result<Id<Change>> {
    end(tx, act, ChangeKind::Left)
}

/// Ends a membership by the union's decision: 除名. Refused without a reason.
pub fn expel(tx: &Tx<'_>, act: &Turn) -> Result<Id<Change>> {
    end(tx, act, ChangeKind::Expelled)
}

fn end(tx: &Tx<'_>, act: &Turn, kind: ChangeKind) -> Result<Id<Change>> {
    if act.reason.is_none() {
        return refused(format!("{}没有填写原因。", kind.label()), "请选择会籍变化原因。");
    }
    ledger::end_retention(tx, &tx.get(act.member)?, act.day)?;
    turn(tx, act, kind)
}

fn turn(tx: &Tx<'_>, act: &Turn, kind: ChangeKind) -> Result<Id<Change>> {
    let unit = tx.get(act.member)?.unit;
    let (reason, document, note) = (act.reason.clone(), act.document.clone(), act.note.clone());
    ledger::note(tx, &Change { reason, document, note, ..ledger::change(act.member, unit, act.day, kind) })
}
