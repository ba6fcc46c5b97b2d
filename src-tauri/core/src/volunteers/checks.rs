//! What the volunteers, teams and hours of a sound file hold among themselves.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Scale, StarRule};
use crate::error::Result;
use crate::store::{Db, Finding};

const SERVED: &str = "FROM service s JOIN activity a ON a.id = s.activity";

/// Looks whether hours stay within their activities, whether those who served were registered, whether the tree of teams
/// rises by level, and whether more stars need more hours.
pub(super) fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let above = format!("SELECT count(*), coalesce(sum(a.length IS NULL OR s.minutes > a.length), 0) {SERVED}");
    let held = format!("SELECT count(*), coalesce(sum(a.state <> 2 OR a.area IS NULL), 0) {SERVED}");
    let proof = "SELECT count(*), coalesce(sum(coalesce(trim(evidence), '') = ''), 0) FROM service WHERE source = 2";
    let ranks = "SELECT count(*), coalesce(sum(p.level >= t.level), 0) FROM team t JOIN team p ON p.id = t.parent";
    let teams = "SELECT count(*), coalesce(sum(t.disbanded IS NOT NULL), 0) FROM volunteer v JOIN team t ON t.id = v.team WHERE v.ended IS NULL";
    Ok(vec![
        Finding::counted(db, "志愿服务时长不超过活动的每人时长", &above, "请打开这些活动核对每人时长和登记的时长。")?,
        Finding::counted(db, "登记时长的都是已举办的志愿服务活动", &held, "请打开这些活动核对状态和志愿服务领域。")?,
        registered(db)?,
        Finding::counted(db, "补录的时长都写明依据", proof, "请为这些时长补写签到表、照片、服务对象证明等依据。")?,
        Finding::counted(db, "上级队伍的级别都高于本队", ranks, "请打开这些队伍核对级别和上级队伍。")?,
        Finding::counted(db, "在册志愿者都在现有的队伍里", teams, "请把这些志愿者调到现有的队伍。")?,
        stars(db)?,
    ])
}

fn registered(db: &Db<'_>) -> Result<Finding> {
    let sql = format!(
        "SELECT count(*), coalesce(sum(v.id IS NULL OR a.day < v.registered OR a.day >= coalesce(v.ended, '9999-12-31')), 0) \
         {SERVED} LEFT JOIN volunteer v ON v.person = s.person"
    );
    Finding::counted(db, "服务当天都是注册志愿者", &sql, "请为这些人登记注册；注册日期登记晚了的，请改正注册日期。")
}

fn stars(db: &Db<'_>) -> Result<Finding> {
    let days: BTreeSet<NaiveDate> = db.select::<StarRule>("", [])?.into_iter().map(|rule| rule.from_day).collect();
    let mut wrong = 0;
    for day in &days {
        wrong += i64::from(!Scale::on(db, *day)?.rises());
    }
    let seen = i64::try_from(days.len()).unwrap_or(i64::MAX);
    Ok(Finding::new("星级越高要求的时长越多", seen, wrong, "请打开星级标准，核对同一天起执行的各星时长。"))
}
