//! The office at work: mixed acts in an order that a seed gives, each told as soon as the store has acknowledged it.

use std::hash::{DefaultHasher, Hasher};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use unionbook_core::api::dispatch;
use unionbook_core::error::Error;
use unionbook_core::modules::{Module, Registry};
use unionbook_core::store::{Secret, Store, backup, restore, timeline};

use crate::dump::dump;
use crate::full_office::roster;
use crate::people::number;
use crate::world::{PASSWORD, access};

/// Names the file to work on.
pub const FILE: &str = "UNIONBOOK_KILL_FILE";
/// Names the seed of the acts.
pub const SEED: &str = "UNIONBOOK_KILL_ACTS";

/// Names how many later migrations the program has.
pub const LEVEL: &str = "UNIONBOOK_KILL_LEVEL";

/// What later versions of the program would change of the file.
const LATER: [(&str, &str); 4] = [
    (
        "1_later.sql",
        "CREATE TABLE later (n INTEGER NOT NULL PRIMARY KEY, what TEXT) STRICT; INSERT INTO later SELECT id, name FROM person;",
    ),
    ("2_later.sql", "ALTER TABLE later ADD COLUMN more TEXT; UPDATE later SET more = what || '·' || n;"),
    ("3_later.sql", "CREATE INDEX later_more ON later (more); INSERT INTO later (n, what) SELECT n + 1000000, more FROM later;"),
    ("4_later.sql", "DROP INDEX later_more; DELETE FROM later WHERE n % 2 = 0; UPDATE later SET what = NULL;"),
];

/// The records of a program that is so many versions ahead, four at most.
pub fn registry(level: usize) -> Arc<Registry> {
    let later = LATER.iter().take(level).fold(Module::new("later"), |module, (name, sql)| module.migration(name, sql));
    Arc::new(Registry::shipped().with(later))
}

/// Rows of a roster that comes in: enough for the import to take most of the time.
const ROWS: u64 = 120;

/// Random numbers by splitmix64.
pub struct Dice(pub u64);

impl Dice {
    /// Gives the next 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Gives a number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    fn pick<'r>(&mut self, rows: &'r [Json]) -> Option<&'r Json> {
        let at = self.below(rows.len().max(1) as u64);
        rows.get(usize::try_from(at).expect("few"))
    }
}

/// Everything that the office has entered, as a number.
pub fn digest(store: &Store) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(dump(store).as_bytes());
    hasher.finish()
}

/// Says a line at once, past every buffer.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes()).and_then(|()| out.flush()).expect("it is said");
}

/// A row of a record by chance, as the list shows it.
fn any(store: &Store, dice: &mut Dice, record: &str) -> Json {
    any_of(store, dice, json!({ "record": record, "limit": 200 }))
}

fn any_of(store: &Store, dice: &mut Dice, asked: Json) -> Json {
    let rows = dispatch(store, "record.list", asked).expect("a list")["rows"].take();
    dice.pick(rows.as_array().expect("rows")).cloned().unwrap_or(json!({ "id": 0 }))
}

fn day(dice: &mut Dice) -> String {
    format!("2026-10-{:02}", 1 + dice.below(30))
}

/// An act and its payload.
fn act(store: &Store, dice: &mut Dice, folder: &Path) -> (&'static str, Json) {
    let id = |record: &str, dice: &mut Dice| any(store, dice, record)["id"].clone();
    match dice.below(22) {
        0 | 1 => {
            let values = json!({ "name": format!("陈{}", dice.below(90) + 10), "id_number": number("1991-04-04", u16::try_from(dice.below(999)).expect("small")) });
            ("record.save", json!({ "record": "person", "values": values }))
        }
        2 => ("members.join", json!({ "person": id("person", dice), "unit": id("unit", dice), "day": day(dice) })),
        3 => (
            "record.save",
            json!({ "record": "person", "id": id("person", dice), "values": { "name": "改名·换姓", "employer": day(dice) } }),
        ),
        4 => {
            let registered = json!({ "record": "volunteer", "filters": [{ "field": "ended", "op": "empty" }] });
            let row = json!({ "person": any_of(store, dice, registered)["person"], "minutes": 30 + dice.below(90), "source": "signed_in" });
            ("volunteers.record_service", json!({ "activity": service(store), "rows": [row] }))
        }
        5 => {
            let cells = json!([{ "day": day(dice), "visitor": "courier", "count": dice.below(50) }]);
            ("stations.record_visits", json!({ "station": id("station", dice), "cells": cells }))
        }
        6 => {
            let values = json!({ "title": "临时活动", "kind": "walk", "unit": id("unit", dice), "state": "planned" });
            ("record.save", json!({ "record": "activity", "values": values }))
        }
        7 => ("activities.hold", json!({ "activity": id("activity", dice), "day": day(dice) })),
        8 => ("members.retain", json!({ "member": id("member", dice), "day": day(dice) })),
        9 => {
            ("members.transfer", json!({ "member": id("member", dice), "to": id("unit", dice), "day": day(dice), "reason": "job_change" }))
        }
        10 | 11 | 19 | 20 => ("sheet.import", import(store, dice, folder)),
        12 => ("record.remove", json!({ "record": "person", "ids": [id("person", dice)], "dependants": true })),
        13 => ("step.undo", json!({})),
        14 => {
            let row = |dice: &mut Dice| json!({ "id": id("person", dice), "values": { "employer": format!("单位{}", dice.below(99)) } });
            // A row twice in one edit is refused.
            let mut rows: Vec<Json> = (0..20).map(|_| row(dice)).collect();
            rows.sort_by_key(|row| row["id"].as_i64());
            rows.dedup_by_key(|row| row["id"].as_i64());
            ("record.edit", json!({ "record": "person", "rows": rows, "name": "批量修改" }))
        }
        15 => ("return.compute", returned(store)),
        16 => ("return.consolidate", returned(store)),
        17 => ("account.rekey", json!({})),
        18 => {
            // Refused where anything ties one of them to the office.
            let new = json!({ "record": "person", "search": "陈", "limit": 200 });
            ("privacy.erase", json!({ "persons": [any_of(store, dice, new)["id"]], "ground": "asked" }))
        }
        _ => ("step.redo", json!({})),
    }
}

fn service(store: &Store) -> Json {
    dispatch(store, "record.list", json!({ "record": "activity", "search": "清洁" })).expect("a list")["rows"][0]["id"].clone()
}

fn import(store: &Store, dice: &mut Dice, folder: &Path) -> Json {
    let from = dice.below(40) * 20;
    let rows: Vec<(String, String)> =
        (from..from + ROWS).map(|n| (format!("册{n}"), number("1980-06-06", u16::try_from(n % 1000).expect("small")))).collect();
    let rows: Vec<_> = rows.iter().map(|(name, number)| (name.as_str(), number.as_str(), "入会", "2015/03/02")).collect();
    let path = roster(folder.join("名册.csv"), &rows);
    json!({ "record": "member", "path": path, "layout": "roster", "unit": any(store, dice, "unit")["id"], "opening": "2026-10-15", "choice": "update" })
}

/// The return that the office makes of the town.
fn returned(store: &Store) -> Json {
    let town = dispatch(store, "record.list", json!({ "record": "unit", "search": "测试街道" })).expect("a list")["rows"][0]["id"].clone();
    json!({ "task": "members", "unit": town, "period": "2026-10" })
}

/// A backup that the office made: where it lies, its last step and its digest.
type Kept = (PathBuf, i64, u64);

fn last_step(store: &Store) -> i64 {
    store.read(|db| timeline(db, None, 1)).expect("the history").first().map_or(0, |line| line.step)
}

fn open(file: &Path, level: usize) -> Store {
    Store::open(file, &Secret::Password(PASSWORD.into()), access(registry(level))).expect("the file opens")
}

/// Copies the file, as it stands after its last step, and as backups are made that nobody asked for: the log has no line of it.
fn keep(store: &Store, folder: &Path) -> Kept {
    say("doing backup");
    let kept = (backup(store, &folder.join("备份")).expect("a backup"), last_step(store), digest(store));
    say(&format!("backed {} {} {}", kept.1, kept.2, kept.0.file_name().expect("a name").to_string_lossy()));
    kept
}

/// Puts a backup in the place of the file, and opens it.
fn put_back(store: Store, kept: &Kept, file: &Path, level: usize) -> Store {
    let (path, step, state) = kept;
    drop(store);
    say(&format!("restoring {step} {state}"));
    restore(path, &Secret::Password(PASSWORD.into()), file).expect("restored");
    let store = open(file, level);
    if (last_step(&store), digest(&store)) != (*step, *state) {
        say("broken restore: the file is not what the backup was");
    }
    say(&format!("restored {step} {state}"));
    store
}

/// Tries one act and tells what came of it.
fn attempt(store: &Store, dice: &mut Dice, folder: &Path) {
    let (command, payload) = act(store, dice, folder);
    say(&format!("doing {}", command.rsplit('.').next().expect("a word")));
    match dispatch(store, command, payload) {
        Ok(answer) => {
            let Some(step) = answer["step"].as_i64() else { return };
            let line = store.read(|db| timeline(db, Some(step + 1), 1)).expect("its line").remove(0);
            say(&format!("done {step} {}", line.name));
            say(&format!("state {step} {}", digest(store)));
        }
        Err(Error::Refused(_) | Error::Faults(_) | Error::Gone(_)) => {}
        Err(error) => say(&format!("broken {command} {error:?}")),
    }
}

/// Works on a file for so many acts, or until it is killed.
pub fn work(file: &Path, seed: u64, level: usize, acts: u64) {
    let folder = file.parent().expect("a folder");
    let (mut store, mut dice, mut kept) = (open(file, level), Dice(seed), None);
    // The harness has begun a line of its own.
    say("\nopened");
    for _ in 0..acts {
        match (dice.below(14), kept.as_ref()) {
            (0, _) => kept = Some(keep(&store, folder)),
            (1, Some(kept)) => store = put_back(store, kept, file, level),
            _ => attempt(&store, &mut dice, folder),
        }
    }
}

/// Reads a number that the environment gives.
pub fn given(name: &str) -> Option<u64> {
    std::env::var(name).ok().and_then(|text| text.parse().ok())
}

#[test]
#[ignore = "the office that the test of kills starts, never ends by itself"]
fn the_office_at_work() {
    let file = PathBuf::from(std::env::var_os(FILE).expect("the file to work on"));
    let level = given(LEVEL).map_or(0, |level| usize::try_from(level).expect("few"));
    work(&file, given(SEED).expect("a seed"), level, u64::MAX);
}
