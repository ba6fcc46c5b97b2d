//! What the memberships of a sound file hold among themselves.

use std::collections::HashMap;

use super::{ChangeKind, MemberState, ledger};
use crate::error::Result;
use crate::record::Code;
use crate::store::{Db, Finding};

/// Where a ledger leaves its member, and whether each of its changes could follow on the one before.
#[derive(Debug, Clone, Copy)]
struct End {
    unit: i64,
    state: MemberState,
    broken: bool,
}

/// Looks whether every member stands where the ledger ends, whether the ledgers hold in themselves, and whether closed unions
/// have members.
pub fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let ends = ends(db)?;
    let broken = ends.values().filter(|end| end.broken).count();
    let hint = "请打开这些会员的会籍变动核对，撤销有误的操作后重新办理。";
    Ok(vec![
        stands(db, &ends)?,
        Finding::new("会籍变动前后相接", number(ends.len()), number(broken), hint),
        one_each(db)?,
        in_closed_units(db)?,
    ])
}

fn ends(db: &Db<'_>) -> Result<HashMap<i64, End>> {
    let mut statement = db.connection().prepare("SELECT member, unit, kind FROM change ORDER BY member, day, id")?;
    let mut rows = statement.query([])?;
    let mut ends: HashMap<i64, End> = HashMap::new();
    while let Some(row) = rows.next()? {
        let (member, unit): (i64, i64) = (row.get(0)?, row.get(1)?);
        let Some(kind) = ChangeKind::of(row.get(2)?) else { continue };
        let before = ends.get(&member).copied();
        let elsewhere = before.is_some_and(|end| end.state != MemberState::Gone && end.unit != unit);
        let broken = elsewhere || !ledger::may_follow(before.map(|end| end.state), kind) || before.is_some_and(|end| end.broken);
        ends.insert(member, End { unit, state: ledger::after(kind), broken });
    }
    Ok(ends)
}

fn stands(db: &Db<'_>, ends: &HashMap<i64, End>) -> Result<Finding> {
    let members =
        db.rows("SELECT id, unit, state FROM member", [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))?;
    let holds =
        |(member, unit, state): &&(i64, i64, i64)| ends.get(member).is_some_and(|end| end.unit == *unit && end.state.code() == *state);
    let wrong = members.len() - members.iter().filter(holds).count();
    let hint = "请打开这些会员的会籍变动核对；没有变动记录的，请办理入会或建账。";
    Ok(Finding::new("会员所在工会和状态与会籍变动一致", number(members.len()), number(wrong), hint))
}

fn one_each(db: &Db<'_>) -> Result<Finding> {
    let sql = "SELECT count(*), count(*) - count(DISTINCT person) FROM member";
    let (seen, wrong) = db.connection().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Finding::new("每个人只有一个会籍", seen, wrong, "请从最近的备份恢复，并把现在的文件留存。"))
}

fn in_closed_units(db: &Db<'_>) -> Result<Finding> {
    let sql = "SELECT count(*), coalesce(sum(u.closed IS NOT NULL), 0) FROM member m JOIN unit u ON u.id = m.unit WHERE m.state <> ?1";
    let (seen, wrong) = db.connection().query_row(sql, [MemberState::Gone.code()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Finding::new("在会会员都在现有的工会里", seen, wrong, "请为这些会员办理转会。"))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
