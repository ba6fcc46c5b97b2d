//! Closing and merging unions that have members.

use chrono::NaiveDate;
use serde::Deserialize;

use super::transfer::{Transfer, transfer};
use super::{Member, MemberState};
use crate::error::{Result, refused};
use crate::record::{Code, Id, Term, Value, Wire};
use crate::stations::Station;
use crate::store::{Db, Tx};
use crate::terms::ChangeReason;
use crate::units::{self, Close, Relocate, Unit};

/// One union goes into another: 合并工会.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Merge {
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

/// Closes a union. Refused while it has members, retained ones or stations that serve, while a membership changed there since,
/// and by the rules of [`units::close`].
pub fn close_unit(tx: &Tx<'_>, act: &Close) -> Result<()> {
    let left: i64 = tx
        .one("SELECT count(*) FROM member WHERE unit = ?1 AND state <> ?2", (act.unit.get(), MemberState::Gone.code()))?
        .unwrap_or(0);
    let name = tx.get(act.unit)?.name;
    if left > 0 {
        return refused(format!("“{name}”还有 {left} 名会员，不能撤销。"), "请先为会员办理转会或保留到上级工会，或用“合并工会”一起转走。");
    }
    let stations = open_stations(tx, act.unit)?.len();
    if stations > 0 {
        return refused(format!("“{name}”还有 {stations} 个服务站点，不能撤销。"), "请先把站点改由别的工会主管，或办理停用、摘牌。");
    }
    if let Some(last) = last_change(tx, act.unit)?.filter(|last| *last > act.day.to_string()) {
        return refused(format!("“{name}”在 {last} 还有会籍变动，不能在 {} 就撤销。", act.day), "请把撤销日期改为那天或以后。");
    }
    units::close(tx, act)
}

fn last_change(db: &Db<'_>, unit: Id<Unit>) -> Result<Option<String>> {
    Ok(db.one::<Option<String>>("SELECT max(day) FROM change WHERE unit = ?1", [unit.get()])?.flatten())
}

fn open_stations(db: &Db<'_>, unit: Id<Unit>) -> Result<Vec<Station>> {
    let found = db.select::<Station>("WHERE unit = ?1 ORDER BY id", [unit.get()])?;
    Ok(found.into_iter().filter(|station| !station.state.is_closed()).collect())
}

/// Merges one union into another: its subordinates come under the other, its members are transferred (the retained stay so),
/// its stations change over, and it is closed on the same day. Gives the number of members. Refused as each of these is, and for one union into itself.
pub fn merge(tx: &Tx<'_>, act: &Merge) -> Result<usize> {
    if act.from == act.into {
        return refused("一个工会不能并入自己。", "请选择另一个工会。");
    }
    let below = "SELECT id FROM unit WHERE parent = ?1 AND closed IS NULL ORDER BY code";
    for unit in tx.rows(below, [act.from.get()], |row| row.get(0).map(Id::new))? {
        let reason = Some("随上级工会合并".to_owned());
        // Where a subordinate takes its own upper union in, it first takes that one's place.
        let after = if unit == act.into { tx.get(act.from)?.parent } else { Some(act.into) };
        units::relocate(tx, &Relocate { unit, after, day: act.day, reason })?;
    }
    let staying = "WHERE unit = ?1 AND state <> ?2 ORDER BY id";
    let members = tx.select::<Member>(staying, (act.from.get(), MemberState::Gone.code()))?;
    for member in &members {
        transfer(tx, &transfer_of(member, act))?;
    }
    for station in open_stations(tx, act.from)? {
        tx.set(station.id, &[("unit", act.into.to_cell())])?;
    }
    close_unit(tx, &Close { unit: act.from, day: act.day, merged_into: Some(act.into) })?;
    Ok(members.len())
}

fn transfer_of(member: &Member, act: &Merge) -> Transfer {
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
