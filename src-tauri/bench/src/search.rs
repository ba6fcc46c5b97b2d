//! Search as you type: what the box shows after each letter.

use unionbook_core::members::Member;
use unionbook_core::people::Person;
use unionbook_core::record::{Row, Table};
use unionbook_core::store::{
    Db, Store,
    list::{Query, page},
};

use crate::Outcome;
use crate::clock::{Times, once, times};
use crate::office::{Folder, rows};
use crate::table::{Goal, Line};

/// People whose names and numbers are typed.
const SAMPLES: i64 = 200;
/// How many scans are run for the same; each takes a good part of a second.
const SCANS: usize = 20;

/// Somebody's words.
struct Words {
    name: String,
    pinyin: String,
    initials: String,
    tail: String,
    number: String,
}

/// What is typed, the column where a scan would look, and its pattern.
struct Key {
    label: &'static str,
    column: &'static str,
    anywhere: bool,
    bound: f64,
    ahead: bool,
    typed: fn(&Words) -> String,
}

const KEYS: [Key; 9] = [
    Key { label: "name, 1 character", column: "name", anywhere: true, bound: 0.002, ahead: false, typed: |words| first(&words.name, 1) },
    Key { label: "name, 2 characters", column: "name", anywhere: true, bound: 0.002, ahead: true, typed: |words| first(&words.name, 2) },
    Key { label: "name, 3 characters", column: "name", anywhere: true, bound: 0.002, ahead: true, typed: |words| first(&words.name, 3) },
    Key {
        label: "pinyin, 2 letters",
        column: "_pinyin",
        anywhere: false,
        bound: 0.005,
        ahead: false,
        typed: |words| first(&words.pinyin, 2),
    },
    Key {
        label: "pinyin, 5 letters",
        column: "_pinyin",
        anywhere: false,
        bound: 0.005,
        ahead: true,
        typed: |words| first(&words.pinyin, 5),
    },
    Key { label: "pinyin, all", column: "_pinyin", anywhere: false, bound: 0.005, ahead: true, typed: |words| words.pinyin.clone() },
    Key { label: "initials", column: "_initials", anywhere: false, bound: 0.005, ahead: true, typed: |words| words.initials.clone() },
    Key { label: "last four of the phone", column: "_tail", anywhere: false, bound: 0.005, ahead: true, typed: |words| words.tail.clone() },
    Key {
        label: "id number, 14 digits",
        column: "id_number",
        anywhere: false,
        bound: 0.005,
        ahead: true,
        typed: |words| first(&words.number, 14),
    },
];

fn first(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// The first 50 hits among all people, beside a scan with LIKE.
pub fn people(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let samples = samples(&store)?;
    let mut lines = Vec::new();
    for key in &KEYS {
        let found = typing(&store, Person::table(), &samples, key, None)?;
        let scanned = scanning(&store, &samples, key)?;
        let line = Line::time(format!("search people, {}: p95 of {}", key.label, samples.len()), found.percentile(95));
        let line = line.beside("LIKE scan, p95", scanned.percentile(95)).within(key.bound);
        lines.push(if key.ahead { line.goal(Goal::Ahead(100.0)) } else { line });
    }
    let every = KEYS.iter().map(|key| typing(&store, Member::table(), &samples, key, None).map(|found| (key, found)));
    for found in every {
        let (key, found) = found?;
        lines.push(Line::time(format!("search members, {}: p95", key.label), found.percentile(95)).within(key.bound));
    }
    lines.push(Line::peak("  peak memory"));
    Ok(lines)
}

/// The first hits inside a unit.
pub fn within(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let samples = samples(&store)?;
    let mut lines = Vec::new();
    for (level, label, bound) in [(2, "a city", None), (3, "a county", None), (4, "a township", Some(0.010)), (5, "a union", Some(0.010))] {
        let units = store.read(|db| db.rows("SELECT id FROM unit WHERE level = ?1 ORDER BY id LIMIT 20", [level], |row| row.get(0)))?;
        let (mut slowest, mut label_of) = (0.0, "none");
        for key in KEYS.iter().filter(|_| !units.is_empty()) {
            let found = typing(&store, Member::table(), &samples, key, Some(&units))?;
            if found.percentile(95) > slowest {
                (slowest, label_of) = (found.percentile(95), key.label);
            }
        }
        let line = Line::time(format!("search members of {label}, slowest key ({label_of}): p95"), slowest);
        lines.push(bound.map_or(line.clone(), |bound| line.within(bound)));
    }
    Ok(lines)
}

/// Types each sample's key twice and times the second.
fn typing(store: &Store, table: &'static Table, samples: &[Words], key: &Key, units: Option<&[i64]>) -> Outcome<Times> {
    let asked: Vec<Query> = samples
        .iter()
        .enumerate()
        .map(|(nth, words)| Query {
            search: Some((key.typed)(words)),
            unit: units.and_then(|units| units.get(nth % units.len())).copied(),
            ..Query::of(table)
        })
        .collect();
    let ask = |query: &Query| -> Outcome<()> { Ok(store.read(|db| page(db, query)).map(drop)?) };
    asked.iter().try_for_each(ask)?;
    times(asked.len(), |nth| asked.get(nth).map_or(Ok(()), ask))
}

fn scanning(store: &Store, samples: &[Words], key: &Key) -> Outcome<Times> {
    let sql = format!("SELECT * FROM person WHERE {} LIKE ?1 LIMIT 50", key.column);
    let scan = |words: &Words| {
        let typed = (key.typed)(words);
        let pattern = if key.anywhere { format!("%{typed}%") } else { format!("{typed}%") };
        once(|| Ok(store.read(|db: &Db<'_>| db.rows(&sql, [&pattern], |row| row.get::<_, i64>(0)))?)).map(|(seconds, _)| seconds)
    };
    samples.iter().step_by((samples.len() / SCANS).max(1)).map(scan).collect::<Outcome<Vec<_>>>().map(Times::new)
}

fn samples(store: &Store) -> Outcome<Vec<Words>> {
    let people = rows::<Person>(store)?;
    let read = |db: &Db<'_>, nth: i64| {
        let sql = "SELECT name, _pinyin, _initials, _tail, id_number FROM person WHERE id >= ?1 AND _tail IS NOT NULL AND id_number IS NOT NULL LIMIT 1";
        let from = db.one::<i64>("SELECT min(id) FROM person", [])?.unwrap_or_default() + nth * 1_037_389 % people.max(1);
        db.rows(sql, [from], |row| {
            Ok(Words { name: row.get(0)?, pinyin: row.get(1)?, initials: row.get(2)?, tail: row.get(3)?, number: row.get(4)? })
        })
    };
    let found = store.read(|db| (0..SAMPLES).map(|nth| read(db, nth)).collect::<unionbook_core::Result<Vec<_>>>())?;
    Ok(found.into_iter().flatten().collect())
}
