//! Two memberships of one person, who has only one in a lifetime.

use super::{Change, ChangeKind, Member, MemberState, ledger};
use crate::api::{Pair, fill};
use crate::error::{Result, refused};
use crate::record::{Cell, Code, Row};
use crate::store::{Db, Tx};

/// Makes one membership of two whose ledgers follow on each other; refused where they overlap in time. The union, the state and what
/// describes today's employment are those of the later one, the day of joining is the earlier.
pub(super) fn blend(tx: &Tx<'_>, pair: &Pair<'_>) -> Result<Vec<Cell>> {
    let changes = changes(tx, pair.ids)?;
    follow(tx, &changes)?;
    let [keep, gone] = pair.ids;
    let (keep, gone) = (Member::from_cells(keep, pair.keep.to_vec())?, Member::from_cells(gone, pair.gone.to_vec())?);
    let mut whole = Member::from_cells(keep.id.get(), fill(Member::table(), pair))?;
    let last = changes.last();
    let later = if last.is_some_and(|last| last.member == gone.id) { &gone } else { &keep };
    (whole.migrant, whole.kind) = (later.migrant, later.kind);
    whole.new_employment = later.new_employment.clone();
    whole.station = later.station.or(whole.station);
    whole.work_number = later.work_number.clone().or(whole.work_number);
    whole.team = later.team.clone().or(whole.team);
    whole.joined = [keep.joined, gone.joined].into_iter().flatten().min();
    if let Some(last) = last {
        (whole.unit, whole.state) = (last.unit, ledger::after(last.kind));
    }
    whole.person = keep.person;
    Ok(whole.cells())
}

/// The changes of both, in the order in which a ledger is read.
fn changes(db: &Db<'_>, [keep, gone]: [i64; 2]) -> Result<Vec<Change>> {
    db.select("WHERE member IN (?1, ?2) ORDER BY day, id", (keep, gone))
}

/// One ledger of both must hold as any ledger does: no change from a state that forbids it, none in a union where the member is not.
fn follow(db: &Db<'_>, changes: &[Change]) -> Result<()> {
    let mut before: Option<&Change> = None;
    for change in changes {
        let state = before.map(|before| ledger::after(before.kind));
        let elsewhere = before.is_some_and(|before| state != Some(MemberState::Gone) && before.unit != change.unit);
        if elsewhere || !ledger::may_follow(state, change.kind) {
            return overlap(db, before, change);
        }
        before = Some(change);
    }
    Ok(())
}

fn overlap(db: &Db<'_>, before: Option<&Change>, change: &Change) -> Result<()> {
    let here = db.get(change.unit)?.name;
    let there = before.map(|before| db.get(before.unit)).transpose()?.map_or_else(String::new, |unit| unit.name);
    let state = before.map_or(ChangeKind::Opening, |before| before.kind);
    refused(
        format!(
            "两条会籍在时间上重叠：{} 在“{there}”还是“{}”，另一条会籍又在“{here}”办了“{}”，不能合并。",
            change.day,
            ledger::after(state).label(),
            change.kind.label()
        ),
        "请先核对哪一条是真的：重复登记的那条，请撤销登记它的那一步，或连同它的变动、会费一起删除；真转了会的，请按转会的前一天给前一条办理转出，再合并。",
    )
}
