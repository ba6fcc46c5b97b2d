//! What the unions of a sound file hold among themselves.

use std::collections::HashMap;

use crate::error::Result;
use crate::store::{Db, Finding};

/// Looks at the tree, at the ledger of moves and at what closed unions leave behind.
pub fn check(db: &Db<'_>) -> Result<Vec<Finding>> {
    let parents = db.rows("SELECT id, parent FROM unit", [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let parents: HashMap<i64, Option<i64>> = parents.into_iter().collect();
    Ok(vec![no_circle(&parents), ledger(db, &parents)?, closed(db)?])
}

fn no_circle(parents: &HashMap<i64, Option<i64>>) -> Finding {
    let up = |unit: &i64| parents.get(unit).copied().flatten();
    let circles = |unit: &&i64| std::iter::successors(Some(**unit), up).take(parents.len() + 1).count() > parents.len();
    let wrong = parents.keys().filter(circles).count();
    Finding::new("没有工会成为自己的上级", number(parents.len()), number(wrong), "请打开这些工会，用“调整隶属关系”改正上级工会。")
}

/// Each move starts where the one before ended, and the last one ends at today's union above.
fn ledger(db: &Db<'_>, parents: &HashMap<i64, Option<i64>>) -> Result<Finding> {
    let sql = "SELECT unit, before, after FROM unit_move ORDER BY unit, day, id";
    let moves = db.rows(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)))?;
    let mut stands: HashMap<i64, Option<i64>> = HashMap::new();
    let mut wrong = 0;
    for (unit, before, after) in &moves {
        let expected: Option<i64> = stands.insert(*unit, *after).unwrap_or(*before);
        wrong += usize::from(expected != *before);
    }
    wrong += stands.iter().filter(|(unit, after)| parents.get(unit) != Some(after)).count();
    Ok(Finding::new(
        "上级工会与隶属变动的记录一致",
        number(moves.len()),
        number(wrong),
        "请打开这些工会的历史核对，撤销有误的操作后重新办理。",
    ))
}

fn closed(db: &Db<'_>) -> Result<Finding> {
    let sql = "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM unit b WHERE b.parent = u.id AND (b.closed IS NULL OR b.closed > u.closed))), 0) \
               FROM unit u WHERE u.closed IS NOT NULL";
    let (seen, wrong) = db.connection().query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Finding::new("已撤销的工会没有下级", seen, wrong, "请把下级工会调整到别的上级。"))
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
