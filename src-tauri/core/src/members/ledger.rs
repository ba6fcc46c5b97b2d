//! Writing the ledger: the one place where a change is noted and the membership follows it.

use chrono::NaiveDate;

use super::{Change, ChangeKind, Member, MemberState};
use crate::error::{Result, refused};
use crate::record::{Code, Entered, Id, Value};
use crate::store::{Db, Tx};
use crate::units::{Unit, stand};

/// A change of that kind, with nothing said beyond.
pub fn change(member: Id<Member>, unit: Id<Unit>, day: NaiveDate, kind: ChangeKind) -> Change {
    let (id, entered) = (Id::NEW, Entered(0));
    Change { id, member, unit, day, kind, reason: None, counterpart: None, other: None, document: None, note: None, entered }
}

/// The state that a change of the kind leads to.
pub fn after(kind: ChangeKind) -> MemberState {
    match kind {
        ChangeKind::Opening | ChangeKind::Joined | ChangeKind::TransferredIn | ChangeKind::Resumed => MemberState::Active,
        ChangeKind::Retained => MemberState::Retained,
        ChangeKind::TransferredOut | ChangeKind::Expelled | ChangeKind::Left => MemberState::Gone,
    }
}

/// Says whether a change of the kind may follow on a state; nothing before is `None`.
pub fn may_follow(state: Option<MemberState>, kind: ChangeKind) -> bool {
    use ChangeKind::{Expelled, Joined, Left, Opening, Resumed, Retained, TransferredIn, TransferredOut};
    match state {
        None => matches!(kind, Opening | Joined | TransferredIn),
        Some(MemberState::Active) => matches!(kind, Retained | TransferredOut | Expelled | Left),
        Some(MemberState::Retained) => matches!(kind, Resumed),
        Some(MemberState::Gone) => matches!(kind, Joined | TransferredIn | Opening),
    }
}

/// Notes a change and moves the membership along; refused as [`fits`] refuses.
pub fn note(tx: &Tx<'_>, change: &Change) -> Result<Id<Change>> {
    fits(tx, Some(change.member), &tx.get(change.unit)?, change.day, change.kind)?;
    let id = tx.add(change)?;
    tx.set(change.member, &[("unit", change.unit.to_cell()), ("state", after(change.kind).to_cell())])?;
    Ok(id)
}

/// Refuses a change on a day ahead, before the member's last change or outside the union's life, one that leaves a member in a
/// union that was closed since, and one whose kind cannot follow on the member's state. Asked before anything is written, so
/// that a refused row of a batch leaves nothing behind.
pub fn fits(db: &Db<'_>, member: Option<Id<Member>>, unit: &Unit, day: NaiveDate, kind: ChangeKind) -> Result<()> {
    stand::has_come(db, day)?;
    stand::exists(unit, day)?;
    // A change is the last one of its member, so whoever stays after it stays until today.
    if after(kind) != MemberState::Gone && unit.closed.is_some() {
        stand::exists(unit, db.now().today)?;
    }
    let Some((last, before)) = member.map(|member| last(db, member)).transpose()?.flatten() else { return Ok(()) };
    follows(before, kind)?;
    if last > day {
        return refused(
            format!("这位会员在 {last} 已办过“{}”，不能再补办更早的 {day}。", before.label()),
            "请把日期改为那天或以后；那一次办错了的，请先撤销它。",
        );
    }
    Ok(())
}

/// Gives a member's last change: its day and kind.
fn last(db: &Db<'_>, member: Id<Member>) -> Result<Option<(NaiveDate, ChangeKind)>> {
    let found = db.select::<Change>("WHERE member = ?1 ORDER BY day DESC, id DESC LIMIT 1", [member.get()])?;
    Ok(found.first().map(|change| (change.day, change.kind)))
}

/// Gives the union that a member was in on a day: where the last change up to it happened; today's where there is none.
pub fn unit_on(db: &Db<'_>, member: Id<Member>, day: NaiveDate) -> Result<Id<Unit>> {
    let sql = "SELECT unit FROM change WHERE member = ?1 AND day <= ?2 ORDER BY day DESC, id DESC LIMIT 1";
    let found = db.one(sql, (member.get(), day.to_string()))?;
    found.map_or_else(|| db.get(member).map(|member| member.unit), |unit| Ok(Id::new(unit)))
}

fn follows(last: ChangeKind, kind: ChangeKind) -> Result<()> {
    let state = after(last);
    if may_follow(Some(state), kind) {
        return Ok(());
    }
    let hint = match state {
        MemberState::Active => "会员在会，可以办理转会、保留会籍、退会或除名。",
        MemberState::Retained => "会籍在保留中，请先办理恢复。",
        MemberState::Gone => "会员已经离会，请办理入会或转入。",
    };
    refused(format!("会员现在是“{}”，不能办理“{}”。", state.label(), kind.label()), hint)
}

/// Ends a retention on the day on which its member leaves the union, so that the union's retained ones always add up.
pub fn end_retention(tx: &Tx<'_>, member: &Member, day: NaiveDate) -> Result<()> {
    if member.state == MemberState::Retained {
        let why = Some("随离开本工会结束保留".to_owned());
        note(tx, &Change { note: why, ..change(member.id, member.unit, day, ChangeKind::Resumed) })?;
    }
    Ok(())
}
