//! What the activities of a sound file hold among themselves.

use crate::error::Result;
use crate::store::{Db, Finding};

/// Looks whether anyone was counted and named at once, and whether activities with names were held.
pub(super) fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let named = "WITH named (activity) AS (SELECT DISTINCT activity FROM participation UNION SELECT DISTINCT activity FROM service)";
    let both = format!("{named} SELECT count(*), coalesce(sum(a.persons IS NOT NULL OR a.times IS NOT NULL), 0) FROM named n JOIN activity a ON a.id = n.activity");
    let held = format!("{named} SELECT count(*), coalesce(sum(a.state <> 2), 0) FROM named n JOIN activity a ON a.id = n.activity");
    let figures = "SELECT count(*), coalesce(sum(times < persons OR women > persons OR until < day), 0) FROM activity WHERE state = 2";
    Ok(vec![
        Finding::counted(db, "活动不同时按名单和按数登记参加的人", &both, "请打开这些活动，清空参加人数和人次，或清空名单。")?,
        Finding::counted(db, "有名单的活动都已举办", &held, "请打开这些活动填写举办日期，把状态改为“已举办”。")?,
        Finding::counted(db, "活动的人次不少于人数、结束不早于开始", figures, "请打开这些活动核对数字和日期。")?,
    ])
}
