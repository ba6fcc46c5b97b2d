//! The monthly numbers of every unit, and their workbook.

use unionbook_core::calendar::Period;
use unionbook_core::monthly::{bytes, compute, numbers as count};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::{once, times};
use crate::office::{Folder, top};
use crate::table::{Figure, Goal, Line};

/// The indexes that the report is read from, each wholly: the least that any way to the numbers must do.
const SCANS: [&str; 4] = [
    "SELECT sum(kind + _sex + _migrant) FROM change INDEXED BY change_report",
    "SELECT sum(_sex + person) FROM volunteer INDEXED BY volunteer_report",
    "SELECT sum(count) FROM visit INDEXED BY visit_report",
    "SELECT sum(unit) FROM activity INDEXED BY activity_day",
];
/// The rows of a month's activities, by their key.
const NAMED: [&str; 2] = [
    "SELECT sum(p.person) FROM activity a CROSS JOIN participation p ON p.activity = a.id WHERE a.day BETWEEN ?1 AND ?2",
    "SELECT sum(s.person + s.minutes) FROM activity a CROSS JOIN service s ON s.activity = a.id WHERE a.day BETWEEN ?1 AND ?2",
];
/// What a query a unit asks, for four of the numbers alone.
const A_UNIT: [&str; 4] = [
    "SELECT count(*) FROM change WHERE unit = ?1 AND day <= ?2 AND kind IN (0, 1, 2)",
    "SELECT count(*) FROM change WHERE unit = ?1 AND day <= ?2 AND kind IN (4, 5, 6)",
    "SELECT count(*), count(DISTINCT s.person), sum(s.minutes) FROM activity a JOIN service s ON s.activity = a.id WHERE a.unit = ?1 AND a.day BETWEEN date(?2, 'start of month') AND ?2",
    "SELECT count(*), count(DISTINCT p.person) FROM activity a JOIN participation p ON p.activity = a.id WHERE a.unit = ?1 AND a.day BETWEEN date(?2, 'start of month') AND ?2",
];

const RUNS: usize = 5;

/// A month and a year, beside the scan of the indexes and a query a unit.
pub fn numbers(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let (month, year) = (period("2026-10")?, period("2026")?);
    let (cold, _) = once(|| Ok(count(&store, month).map(drop)?))?;
    let units = store.read(|db| db.rows("SELECT id FROM unit", [], |row| row.get::<_, i64>(0)))?;
    let monthly = times(RUNS, |_| Ok(count(&store, month).map(drop)?))?.median();
    let yearly = times(RUNS, |_| Ok(count(&store, year).map(drop)?))?.median();
    let floor = times(RUNS, |_| scan(&store, month))?.median();
    let (each, ()) = once(|| each_unit(&store, &units))?;
    Ok(vec![
        Line::time(format!("monthly numbers of {} units, cold", units.len()), cold),
        Line::time("monthly numbers", monthly).beside("bare scan of the indexes", floor).within(0.5).goal(Goal::Times(5.0)),
        Line::time("monthly numbers", monthly).beside("a query a unit (4 of the numbers)", each).goal(Goal::Ahead(15.0)),
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

/// Asks of every unit and adds it to those above, without a subtree: the kindest form of the naive way.
fn each_unit(store: &Store, units: &[i64]) -> Outcome<()> {
    store.read(|db| {
        for unit in units {
            for sql in A_UNIT {
                db.rows(sql, (unit, "2026-10-31"), |row| row.get::<_, i64>(0))?;
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
