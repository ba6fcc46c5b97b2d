//! How the office stands, with the last months beside it.

use std::collections::HashMap;

use chrono::{Datelike, Months, NaiveDate};
use serde::Serialize;

use crate::activities::ActivityState;
use crate::error::Result;
use crate::members::ChangeKind;
use crate::record::{Code, Wire};
use crate::report::Measure;
use crate::store::Db;

/// How many months stand beside a figure.
const MONTHS: u32 = 6;

/// A figure of the first page.
#[derive(Debug, Serialize, Wire)]
#[serde(rename = "HomeFigure")]
pub struct Figure {
    /// One word for it.
    pub code: &'static str,
    /// What it is.
    pub label: &'static str,
    /// What it is counted in.
    pub measure: Measure,
    /// What it is now.
    pub now: i64,
    /// The months beside it, oldest first, the present one last: 2026-10.
    pub months: Vec<String>,
    /// What it was at the end of each month, or came to within it.
    pub trend: Vec<i64>,
}

/// Counts the members of the whole file.
pub fn members(db: &Db<'_>) -> Result<i64> {
    Ok(db.one::<i64>("SELECT count(*) FROM member INDEXED BY member_standing WHERE state <> 3", [])?.unwrap_or(0))
}

/// Counts the figures of the whole file; its members are counted beside, since they take longest.
pub fn figures(db: &Db<'_>, members: impl FnOnce() -> Result<i64>) -> Result<Vec<Figure>> {
    let today = db.now().today;
    let first = today.with_day0(0).unwrap_or(today) - Months::new(MONTHS - 1);
    let months: Vec<String> = (0..MONTHS).map(|after| (first + Months::new(after)).format("%Y-%m").to_string()).collect();
    let figure = |code, label, measure, now, trend| Figure { code, label, measure, now, trend, months: months.clone() };
    let volunteers = db.one::<i64>("SELECT count(*) FROM volunteer WHERE ended IS NULL", [])?.unwrap_or(0);
    let changes = changes(db, first)?;
    let joined = within(&months, &changes, |kind, count| if kind == ChangeKind::Joined { count } else { 0 });
    let net = within(&months, &changes, |kind, count| kind.stock() * count);
    let held = by_month(db, "SELECT substr(day, 1, 7), count(*) FROM activity WHERE state = ?2 AND day >= ?1 GROUP BY 1", first)?;
    let held: Vec<i64> = months.iter().map(|month| held.get(month).copied().unwrap_or(0)).collect();
    let last = |trend: &[i64]| trend.last().copied().unwrap_or(0);
    let members = members()?;
    Ok(vec![
        figure("members", "会员", Measure::People, members, before(members, &net)),
        figure("joined", "本月入会", Measure::People, last(&joined), joined),
        figure("activities", "本月活动", Measure::Events, last(&held), held),
        figure("volunteers", "注册志愿者", Measure::People, volunteers, Vec::new()),
    ])
}

/// What a stock was at the end of each month, from what it is and what each month added.
fn before(now: i64, net: &[i64]) -> Vec<i64> {
    let mut stocks: Vec<i64> = net.iter().rev().scan(now, |stock, added| Some(std::mem::replace(stock, *stock - added))).collect();
    stocks.reverse();
    stocks
}

/// The changes of memberships in the months from a day on, by month and kind. Each kind is added up on the way through the index:
/// grouped by kind, the rows would be sorted first.
fn changes(db: &Db<'_>, first: NaiveDate) -> Result<Vec<(String, ChangeKind, i64)>> {
    let kinds: Vec<ChangeKind> = ChangeKind::LIST.entries.iter().filter_map(|entry| ChangeKind::of(entry.code)).collect();
    let counts: Vec<String> = kinds.iter().map(|kind| format!("count(*) FILTER (WHERE kind = {})", kind.code())).collect();
    let sql = format!("SELECT {} FROM change INDEXED BY change_report WHERE day >= ?1 AND day < ?2", counts.join(", "));
    let mut found = Vec::new();
    for after in 0..MONTHS {
        let (from, to) = (first + Months::new(after), first + Months::new(after + 1));
        let read = |row: &rusqlite::Row<'_>| (0..kinds.len()).map(|at| row.get::<_, i64>(at)).collect::<rusqlite::Result<Vec<_>>>();
        let counted = db.rows(&sql, [from.to_string(), to.to_string()], read)?.pop().unwrap_or_default();
        let month = from.format("%Y-%m").to_string();
        found.extend(kinds.iter().zip(counted).map(|(kind, count)| (month.clone(), *kind, count)));
    }
    Ok(found)
}

fn within(months: &[String], changes: &[(String, ChangeKind, i64)], adds: impl Fn(ChangeKind, i64) -> i64) -> Vec<i64> {
    let of = |month: &String| changes.iter().filter(|(own, ..)| own == month).map(|(_, kind, count)| adds(*kind, *count)).sum();
    months.iter().map(of).collect()
}

fn by_month(db: &Db<'_>, sql: &str, since: NaiveDate) -> Result<HashMap<String, i64>> {
    let held = ActivityState::Held.code();
    Ok(db.rows(sql, (since.to_string(), held), |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::before;

    #[test]
    fn a_stock_is_followed_back_through_its_months() {
        assert_eq!(before(10, &[3, -1, 2]), [9, 8, 10], "the end of each month, the present one last");
    }
}
