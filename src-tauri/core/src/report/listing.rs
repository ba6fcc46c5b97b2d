//! The rows behind a number.

use rusqlite::Row as SqlRow;

use super::indicator::{Family, Indicator};
use super::parts::Parts;
use super::scope::int;
use crate::Result;
use crate::error::Error;
use crate::store::{Db, Key};

/// Whose rows are asked for.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The ids of the units that count: a subtree of the tree as it was, or one unit alone.
    pub units: &'a [i64],
    /// The first day, as it is stored.
    pub from: &'a str,
    /// The last day, as it is stored.
    pub to: &'a str,
    /// A split's key and a part's code, where only that part's rows are asked for.
    pub part: Option<(&'a str, &'a str)>,
}

/// One row behind a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The table that it is of.
    pub table: &'static str,
    /// Its key.
    pub key: Key,
    /// What it adds to the number, in the indicator's measure.
    pub amount: i64,
}

/// Lists what an indicator counts, by table and key; the amounts' sum is the number. Refuses a code or part that the family lacks.
pub fn list(db: &Db<'_>, family: &Family, code: &str, asked: &Asked<'_>) -> Result<Vec<Entry>> {
    let indicator = family.find(code).ok_or_else(|| Error::Usage(format!("指标 {code}")))?;
    let part = asked.part.map(|part| Wanted::of(indicator, part)).transpose()?;
    let units = serde_json::to_string(asked.units).unwrap_or_default();
    let mut found = Vec::new();
    for rows in indicator.rows {
        let with = format!("WITH {} place (id) AS (SELECT value FROM json_each(?1)) {}", family.with, rows.sql);
        let mut statement = db.connection().prepare_cached(&with)?;
        let given = [units.as_str(), asked.from, asked.to];
        for (at, value) in given.iter().enumerate().take(statement.parameter_count()) {
            statement.raw_bind_parameter(at + 1, value)?;
        }
        let mut raw = statement.raw_query();
        while let Some(row) = raw.next()? {
            if part.as_ref().map_or(Ok(true), |part| part.has(row))? {
                found.push(Entry { table: rows.table, key: key(row)?, amount: int(row, 2)? });
            }
        }
    }
    Ok(fold(found, indicator.additive))
}

fn key(row: &SqlRow<'_>) -> rusqlite::Result<Key> {
    let (first, second) = (int(row, 0)?, int(row, 1)?);
    Ok(if second == 0 { Key::Id(first) } else { Key::Pair(first, second) })
}

/// Rows of one key add up, but a person counts once.
fn fold(mut found: Vec<Entry>, additive: bool) -> Vec<Entry> {
    found.sort_unstable();
    let same = |a: &Entry, b: &Entry| a.table == b.table && a.key == b.key;
    let amount =
        |run: &[Entry]| if additive { run.iter().map(|entry| entry.amount).sum() } else { run.last().map_or(0, |entry| entry.amount) };
    let folded = found.chunk_by(same).filter_map(|run| run.first().map(|first| Entry { amount: amount(run), ..first.clone() }));
    folded.filter(|entry| entry.amount != 0).collect()
}

/// The part that is asked for, and the column that tells which part a row is of.
struct Wanted {
    column: usize,
    parts: Parts,
    place: usize,
}

impl Wanted {
    fn of(indicator: &Indicator, (key, code): (&str, &str)) -> Result<Self> {
        let unknown = || Error::Usage(format!("指标 {} 的分组 {key}={code}", indicator.code));
        let (at, split) = indicator.split(key).ok_or_else(unknown)?;
        let parts = Parts::of(split);
        let place = parts.find(code).ok_or_else(unknown)?;
        Ok(Self { column: 3 + at, parts, place })
    }

    fn has(&self, row: &SqlRow<'_>) -> rusqlite::Result<bool> {
        Ok(self.parts.place(row.get_ref(self.column)?) == self.place)
    }
}
