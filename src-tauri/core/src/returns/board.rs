//! Who has sent, who is late, who was returned: the board of a task and a period (报送情况).

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::compute::{ComputeOf, due};
use super::fill::reporting;
use super::look::waits;
use super::statement::{Return, ReturnState};
use super::task_file::{TaskOf, asked};
use crate::error::Result;
use crate::record::{Code as _, Id, Wire};
use crate::store::Db;
use crate::units::Unit;

/// Whose board.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct BoardOf {
    /// The task, the union and the period.
    #[serde(flatten)]
    pub of: ComputeOf,
    /// Whether all unions below are listed, not only those directly below.
    #[serde(default)]
    pub all: bool,
}

/// Who has sent and who has not.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Board {
    /// The task's name for the period.
    pub title: String,
    /// The period's Chinese name.
    pub period: String,
    /// By when it is due.
    pub due: String,
    /// Whether that day is over.
    pub overdue: bool,
    /// The unions, the reporting one's own line first.
    pub lines: Vec<BoardLine>,
    /// How many unions below ought to send.
    pub expected: usize,
    /// How many have.
    pub sent: usize,
    /// How many were late.
    pub late: usize,
    /// How many were returned and have not sent again.
    pub returned: usize,
    /// A text to remind those that have not sent, to be copied; empty where all have.
    pub reminder: String,
}

/// A union's line on the board.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct BoardLine {
    /// The union.
    pub unit: Id<Unit>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How deep it stands below: 0 the reporting union itself.
    pub level: usize,
    /// Its newest return.
    pub id: Option<Id<Return>>,
    /// The version.
    pub no: i64,
    /// How it stands, its word; `none` where nothing has come.
    pub state: &'static str,
    /// The same in the words offices use.
    pub state_label: &'static str,
    /// Where its numbers come from, its word.
    pub basis: Option<&'static str>,
    /// When it was sent.
    pub sent: Option<String>,
    /// Whether it was sent after the day, or was not and the day is over.
    pub late: bool,
    /// In time over the last twelve periods, in hundredths: 100 is always; nothing where none was due.
    pub score: Option<u32>,
}

/// Says who has sent.
pub fn board(db: &Db<'_>, ask: &BoardOf) -> Result<Board> {
    let of = ask.of.period()?;
    let task = asked(db, &TaskOf { key: ask.of.task.clone(), version: None }, of)?;
    let (due, today) = (due(&task, of), db.now().today);
    let newest = newest_returns(db, &task.key, &of.to_string())?;
    let scores = scores(db, &task.key, of)?;
    let mut lines = Vec::new();
    for (unit, level) in reporting(db, ask.of.unit, of, if ask.all { usize::MAX } else { 1 })? {
        let found = newest.get(&unit.id.get());
        let waiting = found.is_none_or(|found| waits(found.state));
        let late = found.and_then(|found| found.sent).map_or(waiting && today > due, |sent| sent > due);
        lines.push(BoardLine {
            unit: unit.id,
            code: unit.code,
            name: unit.name,
            level,
            id: found.map(|found| found.id),
            no: found.map_or(0, |found| found.no),
            state: found.map_or("none", |found| found.state.word()),
            state_label: found.map_or("未报", |found| found.state.label()),
            basis: found.map(|found| found.basis.word()),
            sent: found.and_then(|found| found.sent).map(|day| day.to_string()),
            late,
            score: scores.get(&unit.id.get()).map(|(in_time, all)| in_time * 100 / all),
        });
    }
    Ok(summed(task.name(of), of.label(), due, today, lines))
}

fn summed(title: String, period: String, due: chrono::NaiveDate, today: chrono::NaiveDate, lines: Vec<BoardLine>) -> Board {
    let below = || lines.iter().filter(|line| line.level > 0);
    let has = |line: &&BoardLine| line.sent.is_some() && line.state != ReturnState::Refused.word();
    let missing: Vec<&str> = below().filter(|line| !has(line)).map(|line| line.name.as_str()).collect();
    let reminder = if missing.is_empty() {
        String::new()
    } else {
        format!("请以下工会于 {} 前报送{}（{}）：{}。", due.format("%Y年%-m月%-d日"), title, period, missing.join("、"))
    };
    Board {
        expected: below().count(),
        sent: below().filter(has).count(),
        late: below().filter(|line| line.late).count(),
        returned: below().filter(|line| line.state == ReturnState::Refused.word()).count(),
        overdue: today > due,
        due: due.to_string(),
        title,
        period,
        lines,
        reminder,
    }
}

/// The newest version of each union's return of a period.
fn newest_returns(db: &Db<'_>, task: &str, period: &str) -> Result<HashMap<i64, Return>> {
    let found = db.select::<Return>(" WHERE code = ?1 AND period = ?2 ORDER BY unit, no", (task, period))?;
    Ok(found.into_iter().map(|found| (found.unit.get(), found)).collect())
}

/// How many of the last twelve periods each union sent its first version in time, of those for which any came.
fn scores(db: &Db<'_>, task: &str, of: crate::calendar::Period) -> Result<HashMap<i64, (u32, u32)>> {
    let first = std::iter::successors(Some(of), |of| Some(of.previous())).nth(11).unwrap_or(of);
    let sql =
        "SELECT unit, sum(sent <= due), count(*) FROM return WHERE code = ?1 AND no = 1 AND sent IS NOT NULL AND until BETWEEN ?2 AND ?3
               AND length(period) = length(?4) GROUP BY unit";
    let given = (task, first.to().to_string(), of.to().to_string(), of.to_string());
    Ok(db.rows(sql, given, |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?.into_iter().collect())
}

/// Finds a union by its code.
pub(super) fn unit_by_code(db: &Db<'_>, code: &str) -> Result<Option<Id<Unit>>> {
    Ok(db.one::<i64>("SELECT id FROM unit WHERE code = ?1", [code])?.map(Id::new))
}
