//! What the closed unions of a sound file no longer have.

use crate::error::Result;
use crate::store::{Db, Finding};

/// Looks for what still belongs to unions that are closed; their members and stations are looked at by the nouns.
pub(super) fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let left = "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM team t WHERE t.unit = u.id AND t.disbanded IS NULL) \
                OR EXISTS (SELECT 1 FROM volunteer v WHERE v.unit = u.id AND v.ended IS NULL) \
                OR EXISTS (SELECT 1 FROM activity a WHERE a.unit = u.id AND a.state = 1)), 0) FROM unit u WHERE u.closed IS NOT NULL";
    let hint = "请打开这些工会的队伍、志愿者和计划中的活动，改到现在的工会。";
    Ok(vec![Finding::counted(db, "已撤销的工会没有留下队伍、志愿者和计划中的活动", left, hint)?])
}
