//! The monthly numbers of every unit, and their workbook.

use unionbook_core::calendar::Period;
use unionbook_core::monthly::{Numbers, bytes, catalogue, compute, numbers as count};
use unionbook_core::report::{Asked, list};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::{once, times};
use crate::office::{Folder, top};
use crate::table::{Figure, Goal, Line};

/// The indexes that the report is read from, each wholly: the least that any way to the numbers must do.
const SCANS: [&str; 4] = [
    "SELECT sum(state + _sex + migrant) FROM member INDEXED BY member_report",
    "SELECT sum(_sex + person) FROM volunteer INDEXED BY volunteer_report",
    "SELECT sum(count) FROM visit INDEXED BY visit_report",
    "SELECT sum(unit) FROM activity INDEXED BY activity_day",
];
/// The rows of a month's activities, by their key.
const NAMED: [&str; 2] = [
    "SELECT sum(p.person) FROM activity a CROSS JOIN participation p ON p.activity = a.id WHERE a.day BETWEEN ?1 AND ?2",
    "SELECT sum(s.person + s.minutes) FROM activity a CROSS JOIN service s ON s.activity = a.id WHERE a.day BETWEEN ?1 AND ?2",
];
/// One unit in so many is asked about with queries of its own.
const SAMPLE: usize = 200;

const RUNS: usize = 5;

/// A month and a year, beside the scan of the indexes and a query a unit.
pub fn numbers(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let (month, year) = (period("2026-10")?, period("2026")?);
    let (cold, _) = once(|| Ok(count(&store, month).map(drop)?))?;
    let monthly = times(RUNS, |_| Ok(count(&store, month).map(drop)?))?.median();
    let yearly = times(RUNS, |_| Ok(count(&store, year).map(drop)?))?.median();
    let floor = times(RUNS, |_| scan(&store, month))?.median();
    let numbers = count(&store, month)?;
    let units = numbers.scope.hierarchy.len();
    let (asked, ()) = once(|| each_unit(&store, &numbers))?;
    let each = asked * SAMPLE as f64;
    Ok(vec![
        Line::time(format!("monthly numbers of {units} units, cold"), cold),
        Line::time("monthly numbers", monthly).beside("bare scan of the indexes", floor).within(0.5).goal(Goal::Times(5.0)),
        Line::time("monthly numbers", monthly).beside("a query a unit and number", each).goal(Goal::Ahead(15.0)),
        Line::time("a year's numbers", yearly).within(1.2),
        Line::peak("  peak memory"),
    ])
}

fn scan(store: &Store, period: Period) -> Outcome<()> {
    let (from, to) = (period.from().to_string(), period.to().to_string());
    store.read(|db| {
        SCANS.iter().try_for_each(|sql| db.one::<i64>(sql, []).map(drop))?;
        NAMED.iter().try_for_each(|sql| db.one::<i64>(sql, [&from, &to]).map(drop))
    })?;
    Ok(())
}

/// Asks for each number of some units by a query of its own, over the same indexes.
fn each_unit(store: &Store, numbers: &Numbers) -> Outcome<()> {
    let scope = &numbers.scope;
    let places = (0..scope.hierarchy.len()).skip(SAMPLE / 2).step_by(SAMPLE);
    store.read(|db| {
        for place in places.filter_map(|place| u32::try_from(place).ok()) {
            let asked = Asked { units: scope.hierarchy.subtree_ids(place), from: scope.from(), to: scope.to(), part: None };
            for family in catalogue() {
                family.indicators.iter().try_for_each(|indicator| list(db, &family, indicator.code, &asked).map(drop))?;
            }
        }
        Ok(())
    })?;
    Ok(())
}

/// The finished workbook with every unit, after the numbers.
pub fn workbook(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let (month, top) = (period("2026-10")?, top(&store)?);
    let numbers = times(RUNS, |_| Ok(count(&store, month).map(drop)?))?.median();
    let (seconds, book) = once(|| {
        let book = compute(&store, top, month, usize::MAX)?;
        let size = bytes(&book)?.len();
        Ok((book.lines.len(), size))
    })?;
    Ok(vec![
        Line::time(format!("monthly workbook, {} lines, beyond the numbers", book.0), seconds - numbers).within(2.0),
        Line::new("  its file", Figure::Bytes(book.1 as f64)),
        Line::peak("  peak memory"),
    ])
}

fn period(key: &str) -> Outcome<Period> {
    key.parse().map_err(|_| format!("no period “{key}”").into())
}
