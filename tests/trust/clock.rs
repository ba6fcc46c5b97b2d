//! Clocks that are wrong: set back a year, set forward ten, in another time zone.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use serde_json::json;
use unionbook_core::modules::Registry;
use unionbook_core::store::{Access, Now, Secret, Store, restore, timeline};

use super::child::{command, faults_of};
use crate::dump::dump;
use crate::full_office::call;
use crate::kill::begin;
use crate::kill::work::{Dice, FILE, digest};
use crate::stations::wrong;
use crate::trust::{Row, many, seed};
use crate::world::{PASSWORD, World, access};

const ROW: Row = Row {
    name: "clock",
    what: "the clock set back a year, forward ten, across midnight, by chance between the steps, and in seven time zones",
    goal: "steps stay in order, undo is exact, backups stay apart, files say the same",
};

/// The day that the test files begin on, and its second.
const DAY: (i32, u32, u32) = (2026, 11, 1);
const AT: i64 = 1_793_491_200;
/// The zones that an office works in.
const ZONES: [&str; 7] = ["UTC0", "CST-8", "PST8PDT", "<+14>-14", "<-12>12", "<+0545>-5:45", "Asia/Shanghai"];
/// The seconds within which the clock is set by chance: from forty years before that day to twenty after it.
const SPAN: u64 = 60 * 31_556_952;

fn at(shift: i64) -> Access {
    let start = NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).expect("a day");
    let days = shift.div_euclid(86_400);
    let size = Days::new(days.unsigned_abs());
    let today = if days < 0 { start - size } else { start + size };
    let now = Now { at: AT + shift, today };
    Access { clock: Arc::new(move || now), ..access(Arc::new(Registry::shipped())) }
}

fn seconds(months: i64) -> i64 {
    let start = NaiveDate::from_ymd_opt(DAY.0, DAY.1, DAY.2).expect("a day");
    let size = Months::new(u32::try_from(months.unsigned_abs()).expect("few"));
    let then = if months < 0 { start - size } else { start + size };
    (then - start).num_seconds()
}

fn open(world: &World, shift: i64) -> Store {
    Store::open(&world.file(), &Secret::Password(PASSWORD.into()), at(shift)).expect("the file opens whatever the clock says")
}

/// Does a step, takes it back and does it again, backs the file up twice, and looks at everything.
fn day_of_work(world: &World, shift: i64) {
    let store = open(world, shift);
    assert_eq!(store.lost_end(), None, "nothing is missing at {shift}");
    let before = dump(&store);
    let last = store.read(|db| timeline(db, None, 1)).expect("the history").remove(0).step;
    let step = call(&store, "record.save", json!({ "record": "person", "values": { "name": format!("钟{shift}").replace('-', "前") } }));
    assert_eq!(step["step"].as_i64(), Some(last + 1), "at {shift}: the next step follows the last");
    let after = dump(&store);
    store.undo(None).expect("undone");
    assert_eq!(dump(&store), before, "at {shift}: undo is exact");
    store.redo().expect("done again");
    assert_eq!(dump(&store), after, "at {shift}: redo is exact");
    let newest = store.read(|db| timeline(db, None, 3)).expect("the history");
    assert!(newest.is_sorted_by_key(|line| -line.step), "at {shift}: the newest step stands first, whatever its time");
    for command in ["home.today", "store.check"] {
        call(&store, command, json!({}));
    }
    let folder = world.folder.path().join("备份");
    let copies = [(); 2].map(|()| unionbook_core::store::backup(&store, &folder).expect("a backup"));
    assert_ne!(copies[0], copies[1], "at {shift}: two backups of one second do not lie over each other");
    assert_eq!(wrong(&store), [], "at {shift}: the file is sound");
    let state = digest(&store);
    drop(store);
    restore(&copies[1], &Secret::Password(PASSWORD.into()), &world.file()).expect("restored");
    assert_eq!(digest(&open(world, shift)), state, "at {shift}: the backup holds what the file held");
    assert_eq!(faults_of(&world.file()), [] as [&str; 0], "at {shift}: SQLite and SQLCipher find it sound");
}

#[test]
fn whatever_the_clock_says_no_step_is_lost_or_out_of_order() {
    let (trials, seed) = (usize::try_from(many(18, 100)).expect("few"), seed());
    let world = World::new();
    begin(&world);
    let zones = &ZONES[..trials.min(ZONES.len())];
    let known = [0, seconds(-12), 1, seconds(120), seconds(119), -1, 86_399, 86_400, seconds(-12) - 3_600, seconds(-400), 0];
    let mut dice = Dice(seed);
    let by_chance = std::iter::repeat_with(|| seconds(-480) + i64::try_from(dice.below(SPAN)).expect("it fits"));
    let shifts: Vec<i64> = known.into_iter().chain(by_chance).take(trials - zones.len()).collect();
    eprintln!("clock with UNIONBOOK_TRUST_SEED={seed}");
    shifts.iter().for_each(|shift| day_of_work(&world, *shift));
    let in_zone = |zone: &&str| {
        let mut office = command("trust::clock::the_office_in_another_zone");
        let output = office.env(FILE, world.file()).env("TZ", zone).output().expect("it works");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "in {zone}: {text}{}", String::from_utf8_lossy(&output.stderr));
        text.lines().find_map(|line| line.strip_prefix("digest ").map(str::to_owned)).expect("a digest")
    };
    let said: Vec<String> = zones.iter().map(in_zone).collect();
    assert!(said.iter().all(|digest| *digest == said[0]), "the file says the same in every zone: {said:?}");
    let tried = (shifts.len() + said.len()) as u64;
    let figure =
        format!("0 steps lost or out of order, each undo exact, no backup over another; {} clocks, {} zones", shifts.len(), said.len());
    ROW.tell(tried, tried, &figure);
}

#[test]
#[ignore = "the office that the test of clocks starts"]
fn the_office_in_another_zone() {
    let world = World::new();
    let file = PathBuf::from(std::env::var_os(FILE).expect("a file"));
    for end in ["", ".keys"] {
        std::fs::copy(format!("{}{end}", file.display()), format!("{}{end}", world.file().display())).expect("copied");
    }
    println!("\ndigest {}", digest(&open(&world, 0)));
    day_of_work(&world, 7_200);
}
