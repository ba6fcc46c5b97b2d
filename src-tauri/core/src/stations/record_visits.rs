//! Filling in a month's grid of visits: days by groups, in one step.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::rules::MOST_A_DAY;
use super::{Station, Visit};
use crate::Result;
use crate::calendar::{Month, chinese_day};
use crate::error::{Fault, Faults};
use crate::record::{Cell, Entered, Id, Row, Term, Wire};
use crate::store::{Db, Key, Tx};
use crate::terms::{self, VisitorGroup};

/// What a station served: the cells that were filled in, changed or emptied; others stay as they are.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct RecordVisits {
    /// The station.
    pub station: Id<Station>,
    /// The cells.
    pub cells: Vec<VisitCell>,
}

/// One cell of the grid.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct VisitCell {
    /// The day.
    pub day: NaiveDate,
    /// The group served.
    pub visitor: Term<VisitorGroup>,
    /// How many times; none empties the cell.
    pub count: Option<i64>,
}

/// What the step did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct RecordedVisits {
    /// Cells that were empty before.
    pub added: usize,
    /// Cells that held another count.
    pub changed: usize,
    /// Cells that were emptied.
    pub removed: usize,
    /// What is doubtful about them.
    pub warnings: Vec<Fault>,
}

/// Gives a station's visits of a month, by day and group.
pub fn month(db: &Db<'_>, station: Id<Station>, month: Month) -> Result<Vec<Visit>> {
    between(db, station, month.first_day(), month.last_day())
}

fn between(db: &Db<'_>, station: Id<Station>, from: NaiveDate, to: NaiveDate) -> Result<Vec<Visit>> {
    let rest = "WHERE station = ?1 AND day BETWEEN ?2 AND ?3 ORDER BY day, visitor";
    db.select(rest, (station.get(), from.to_string(), to.to_string()))
}

/// Fills in cells of the grid. Refuses counts below nought, days ahead, groups not on the list and a cell given twice;
/// warns of days on which the station was not open.
pub fn record_visits(tx: &Tx<'_>, act: &RecordVisits) -> Result<RecordedVisits> {
    let station = tx.get(act.station)?;
    let faults = judge(tx, &station, &act.cells);
    if faults.refuse() {
        return Err(faults.into());
    }
    let mut done = RecordedVisits { warnings: faults.0, ..RecordedVisits::default() };
    let days = || act.cells.iter().map(|cell| cell.day);
    let (Some(from), Some(to)) = (days().min(), days().max()) else { return Ok(done) };
    let before: HashMap<_, _> =
        between(tx, act.station, from, to)?.into_iter().map(|visit| ((visit.day, visit.visitor.code().to_owned()), visit)).collect();
    for cell in &act.cells {
        let old = before.get(&(cell.day, cell.visitor.code().to_owned()));
        enter(tx, act.station, cell, old, &mut done)?;
    }
    Ok(done)
}

fn enter(tx: &Tx<'_>, station: Id<Station>, cell: &VisitCell, old: Option<&Visit>, done: &mut RecordedVisits) -> Result<()> {
    match (old, cell.count) {
        (None, Some(count)) => {
            let visit = Visit { id: Id::NEW, station, day: cell.day, visitor: cell.visitor.clone(), count, entered: Entered(0) };
            tx.insert(&visit)?;
            done.added += 1;
        }
        (Some(old), Some(count)) if old.count != count => {
            tx.set(old.id, &[("count", Cell::Int(count))])?;
            done.changed += 1;
        }
        (Some(old), None) => {
            tx.delete(Visit::table(), Key::Id(old.id.get()))?;
            done.removed += 1;
        }
        _ => {}
    }
    Ok(())
}

fn judge(db: &Db<'_>, station: &Station, cells: &[VisitCell]) -> Faults {
    let (mut faults, mut seen, mut shut) = (Faults::default(), BTreeSet::new(), BTreeSet::new());
    for cell in cells {
        judge_cell(db, cell, &mut faults);
        if !seen.insert((cell.day, cell.visitor.code())) {
            faults.error("visitor", "服务对象", format!("{}的“{}”填了两次", chinese_day(cell.day), name(cell)), "请只保留一个");
        }
        if cell.count.is_some_and(|count| count > 0) && !station.was_open(cell.day) {
            shut.insert(cell.day);
        }
    }
    if let Some(first) = shut.first() {
        let what = format!("“{}”有 {} 天没有开放却有人次，最早是{}", station.name, shut.len(), chinese_day(*first));
        faults.warn("day", "日期", what, "请核对日期，或修改站点的建成、停用日期");
    }
    faults
}

fn judge_cell(db: &Db<'_>, cell: &VisitCell, faults: &mut Faults) {
    if cell.count.is_some_and(|count| !(0..=MOST_A_DAY).contains(&count)) {
        let what = format!("{}“{}”的人次不会是 {}", chinese_day(cell.day), name(cell), cell.count.unwrap_or(0));
        faults.error("count", "人次", what, "请核对人次");
    }
    if cell.day > db.now().today {
        faults.error("day", "日期", format!("{}还没有到，不能登记人次", chinese_day(cell.day)), "请核对日期");
    }
    if terms::of::<VisitorGroup>().is_none_or(|list| list.find(cell.visitor.code()).is_none()) {
        faults.error("visitor", "服务对象", format!("代码“{}”不在服务对象群体里", cell.visitor.code()), "请从下拉列表里选择");
    }
}

fn name(cell: &VisitCell) -> String {
    let entry = terms::of::<VisitorGroup>().and_then(|list| list.find(cell.visitor.code()));
    entry.map_or_else(|| cell.visitor.code().to_owned(), |entry| entry.name.to_owned())
}
