//! Numbers of one union's returns over time (序时分析).

use chrono::Datelike as _;
use serde::{Deserialize, Serialize};

use super::super::compute::period;
use super::frozen::Frozen;
use crate::calendar::Period;
use crate::error::Result;
use crate::record::{Id, Wire};
use crate::store::Db;
use crate::units::Unit;

/// Which numbers over time.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct SeriesOf {
    /// The task's word.
    pub task: String,
    /// The union.
    pub unit: Id<Unit>,
    /// How often: the periods are those of the same kind as this one, which is the last.
    pub period: String,
    /// How many periods, 1 to 60.
    pub many: u32,
    /// The addresses.
    pub at: Vec<String>,
}

/// A period of a series.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct SeriesPoint {
    /// The period's key.
    pub period: String,
    /// Its Chinese name.
    pub label: String,
    /// For each address what the newest frozen return says; nothing where there is none.
    pub values: Vec<Option<i64>>,
    /// The same of the period a year before.
    pub year_ago: Vec<Option<i64>>,
    /// The same summed since the year began, for numbers within a period; nothing where a period of it is missing.
    pub year_to_date: Vec<Option<i64>>,
}

/// The last `many` periods up to one, the latest last.
pub(super) fn periods(last: Period, many: usize) -> Vec<Period> {
    let mut all: Vec<Period> = std::iter::successors(Some(last), |of| Some(of.previous())).take(many).collect();
    all.reverse();
    all
}

/// Reads numbers of returns over time: each period with the same period a year before and the year to date.
pub fn series(db: &Db<'_>, ask: &SeriesOf) -> Result<Vec<SeriesPoint>> {
    let shown = periods(period(&ask.period)?, ask.many.clamp(1, 60) as usize);
    // The periods before those that are asked for count into the year to date of the first of them.
    let year = |of: &Period| of.to().year();
    let first = shown.first().map_or(0, year);
    let earlier = shown.first().into_iter().flat_map(|of| std::iter::successors(Some(of.previous()), |of| Some(of.previous())));
    let mut all: Vec<Period> = earlier.take_while(|of| year(of) == first).collect();
    all.reverse();
    let before = all.len();
    all.extend(shown);
    let asked: Vec<Period> = all.iter().flat_map(|of| [*of, of.year_before()]).collect();
    let frozen = Frozen::read(db, &ask.task, &[ask.unit], &asked, &ask.at)?;
    Ok(points(&frozen, ask, &all).into_iter().skip(before).collect())
}

fn points(frozen: &Frozen, ask: &SeriesOf, all: &[Period]) -> Vec<SeriesPoint> {
    let said = |of: Period| (0..ask.at.len()).map(|at| frozen.value(ask.unit, of, at)).collect::<Vec<_>>();
    let mut running: (i32, Vec<Option<i64>>) = (0, Vec::new());
    let point = |of: &Period| {
        let values = said(*of);
        if running.0 != of.to().year() {
            running = (of.to().year(), vec![Some(0); values.len()]);
        }
        let sum = |(sum, value): (&Option<i64>, &Option<i64>)| sum.zip(*value).map(|(sum, value)| sum + value);
        running.1 = running.1.iter().zip(&values).map(sum).collect();
        let (year_ago, year_to_date) = (said(of.year_before()), running.1.clone());
        SeriesPoint { period: of.to_string(), label: of.label(), values, year_ago, year_to_date }
    };
    all.iter().map(point).collect()
}
