//! A disk without space at every single change: each act is done or not done, says so, and works once there is space.

mod outputs;

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::api::dispatch;
use unionbook_core::error::Error;
use unionbook_core::store::{Secret, Store, restore};

use self::outputs::{BACKUPS, Outputs, SHEETS, lay_older};
use super::child::{command, faults_of};
use super::disk::{fill_up, library, lift, preload};
use crate::dump::dump;
use crate::full_office::roster;
use crate::kill::begin;
use crate::kill::work::{given, registry};
use crate::people::number;
use crate::stations::wrong;
use crate::trust::{Row, many};
use crate::world::{PASSWORD, World, access};

const ROW: Row = Row {
    name: "full",
    what: "no space left at each write of opening, saving, import, return, backup, migration, export, restore and closing",
    goal: "file is before or after, says so, and works once space is back; sheets and backups are whole, or what lay there before",
};

/// The folder that the child works below.
const FOLDER: &str = "UNIONBOOK_FULL_FOLDER";
/// How many rows its import has.
const ROWS: &str = "UNIONBOOK_FULL_ROWS";
/// Which share of the acts it does.
const SHARE: &str = "UNIONBOOK_FULL_SHARE";
/// How many offices are at work at the same time.
const SHARES: u64 = 2;

/// What an act is done to: an office file in a folder of its own.
struct Office {
    file: PathBuf,
    out: PathBuf,
    store: Option<Store>,
}

impl Office {
    fn copied(from: &Path, into: &Path, number: u64) -> Self {
        let folder = into.join(format!("{number}"));
        fs::create_dir_all(folder.join("out")).expect("a folder");
        lay_older(&folder.join("out"));
        for entry in fs::read_dir(from).expect("listed") {
            let path = entry.expect("listed").path();
            fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("copied");
        }
        Self { file: folder.join("测试.unionbook"), out: folder.join("out"), store: None }
    }

    fn open(&mut self, level: usize) -> Result<(), Error> {
        self.store = None;
        self.store = Some(Store::open(&self.file, &Secret::Password(PASSWORD.into()), access(registry(level)))?);
        Ok(())
    }

    fn store(&self) -> &Store {
        self.store.as_ref().expect("it is open")
    }

    fn done(&self, command: &str, payload: Json) -> Result<(), Error> {
        dispatch(self.store(), command, payload).map(drop)
    }
}

/// An act by its name.
type Act = (&'static str, fn(&mut Office) -> Result<(), Error>);

const ACTS: [Act; 11] = [
    ("opening", |office| office.open(0)),
    ("migration", |office| office.open(4)),
    ("saving", |office| office.done("record.save", json!({ "record": "person", "values": { "name": "新人", "employer": "甲厂" } }))),
    ("import", |office| {
        let path = office.file.with_file_name("名册.csv");
        let unit = dispatch(office.store(), "record.list", json!({ "record": "unit", "search": "甲厂" }))?["rows"][0]["id"].clone();
        office.done(
            "sheet.import",
            json!({ "record": "member", "path": path, "layout": "roster", "unit": unit, "opening": "2026-10-15", "choice": "update" }),
        )
    }),
    ("undo", |office| office.done("step.undo", json!({ "step": null }))),
    ("return", |office| {
        let town = dispatch(office.store(), "record.list", json!({ "record": "unit", "search": "测试街道" }))?["rows"][0]["id"].clone();
        office.done("return.consolidate", json!({ "task": "members", "unit": town, "period": "2026-10" }))
    }),
    ("backup", |office| office.done("store.backup", json!({ "folder": office.out.join(BACKUPS) }))),
    ("export to xlsx", |office| office.done("sheet.export", json!({ "record": "person", "path": office.out.join(SHEETS[0]) }))),
    ("export to csv", |office| office.done("sheet.export", json!({ "record": "person", "path": office.out.join(SHEETS[1]) }))),
    ("restore", |office| {
        office.store = None;
        let backup = office.file.with_file_name("备份.unionbook");
        restore(&backup, &Secret::Password(PASSWORD.into()), &office.file)?;
        office.open(0)
    }),
    ("closing", |office| {
        office.done("record.save", json!({ "record": "person", "values": { "name": "最后" } }))?;
        office.store = None;
        office.open(0)
    }),
];

/// Writes a roster of so many people.
fn coming(path: &Path, rows: u64) {
    let rows: Vec<(String, String)> = (0..rows)
        .map(|n| (format!("册{n}"), number(&format!("19{:02}-06-06", 60 + n / 1000), u16::try_from(n % 1000).expect("small"))))
        .collect();
    let rows: Vec<_> = rows.iter().map(|(name, number)| (name.as_str(), number.as_str(), "入会", "2015/03/02")).collect();
    roster(path.to_owned(), &rows);
}

/// Everything that the office has entered, as a number; of the disclosure log only how many lines there are, since the name and the
/// digest of a backup are others each time.
fn state_of(store: &Store) -> u64 {
    let (text, mut hasher, mut in_log) = (dump(store), DefaultHasher::new(), false);
    for line in text.lines() {
        in_log = if line.starts_with("== ") { line.starts_with("== disclosure ") } else { in_log };
        hasher.write(if in_log { "a line".as_bytes() } else { line.as_bytes() });
    }
    hasher.finish()
}

/// The file that an act starts from, with a backup beside it that holds less, and a roster that comes in.
fn start(folder: &Path, rows: u64) -> PathBuf {
    coming(&folder.join("名册.csv"), rows);
    let world = World::new();
    begin(&world);
    let store = world.open();
    let backup = unionbook_core::store::backup(&store, folder).expect("a backup");
    dispatch(&store, "record.save", json!({ "record": "person", "values": { "name": "后来" } })).expect("a step");
    drop(store);
    for end in ["", ".keys"] {
        fs::rename(format!("{}{end}", backup.display()), folder.join(format!("备份.unionbook{end}"))).expect("renamed");
        fs::copy(world.folder.path().join(format!("测试.unionbook{end}")), folder.join(format!("测试.unionbook{end}"))).expect("copied");
    }
    folder.to_owned()
}

/// What an act does with all the space that it wants.
struct Usual {
    /// The digests of everything before and after it.
    states: [u64; 2],
    outputs: Outputs,
}

/// Does an act with all the space that it wants.
fn usual(act: Act, from: &Path, into: &Path) -> Usual {
    let mut office = Office::copied(from, into, 0);
    office.open(0).expect("opened");
    let before = state_of(office.store());
    prepare(act, &mut office);
    (act.1)(&mut office).unwrap_or_else(|error| panic!("{} works: {error:?}", act.0));
    Usual { states: [before, state_of(office.store())], outputs: Outputs::of(&office.out, office.store()) }
}

/// Before the acts that begin with opening, the file is closed.
fn prepare(act: Act, office: &mut Office) {
    if ["opening", "migration", "restore"].contains(&act.0) {
        office.store = None;
    }
}

/// Does an act with space for `n - 1` changes alone; says whether that was too little.
fn point(act: Act, office: &mut Office, n: u64, usual: &Usual) -> bool {
    let (name, states) = (act.0, usual.states);
    usual.outputs.lay_older_backups(&office.out);
    office.open(0).expect("opened");
    prepare(act, office);
    fill_up(n);
    let done = (act.1)(office);
    if let Err(error) = &done {
        assert!(matches!(error, Error::File(_)), "{name} at {n}: it is said that the disk is at fault: {error:?}");
    }
    if done.is_ok() {
        assert_eq!(state_of(office.store()), states[1], "{name} at {n}: what is acknowledged is done");
    } else if let Some(store) = &office.store {
        assert!(states.contains(&state_of(store)), "{name} at {n}: the open file is before or after");
    }
    usual.outputs.whole(&office.out, states, done.is_ok());
    if !lift() {
        assert!(done.is_ok(), "{name} works with space: {done:?}");
        return false;
    }
    let level = if name == "migration" { 4 } else { 0 };
    office.open(level).unwrap_or_else(|error| panic!("{name} at {n}: the file opens once there is space: {error:?}"));
    let now = state_of(office.store());
    assert!(states.contains(&now), "{name} at {n}: the file is before or after");
    assert!(done.is_err() || now == states[1], "{name} at {n}: what was acknowledged stays");
    assert_eq!(office.store().lost_end(), None, "{name} at {n}: nothing acknowledged is missing");
    // What changes nothing in the file is done again where it was refused.
    let again = now != states[1] || done.is_err() && states[0] == states[1];
    if again {
        prepare(act, office);
        (act.1)(office).unwrap_or_else(|error| panic!("{name} at {n}: it works once there is space: {error:?}"));
        assert_eq!(state_of(office.store()), states[1], "{name} at {n}: and does what it always does");
    }
    assert_eq!(wrong(office.store()), [], "{name} at {n}: the file is sound");
    usual.outputs.whole(&office.out, states, done.is_ok() || again);
    office.store = None;
    assert_eq!(faults_of(&office.file), [] as [&str; 0], "{name} at {n}: SQLite and SQLCipher find it sound");
    true
}

#[test]
#[ignore = "the office that the test of a full disk starts"]
fn the_office_on_a_disk_that_fills_up() {
    let folder = PathBuf::from(std::env::var_os(FOLDER).expect("a folder"));
    let rows = given(ROWS).expect("rows");
    let share = usize::try_from(given(SHARE).expect("a share")).expect("few");
    fs::create_dir_all(folder.join("start")).expect("a folder");
    let from = start(&folder.join("start"), rows);
    for act in ACTS.into_iter().skip(share).step_by(usize::try_from(SHARES).expect("few")) {
        let into = folder.join(act.0);
        let usual = usual(act, &from, &into);
        let is_short = |n: &u64| {
            let is_short = point(act, &mut Office::copied(&from, &into, *n), *n, &usual);
            fs::remove_dir_all(into.join(n.to_string())).expect("removed");
            is_short
        };
        println!("\npoints {} {}", (1..).take_while(is_short).count(), act.0);
    }
}

/// Lets an office do a share of the acts, with no space at one write after another; gives what it said.
fn share_of(share: u64) -> String {
    let folder = TempDir::new().expect("a folder");
    let mut office = command("trust::full::the_office_on_a_disk_that_fills_up");
    // The rows of the import: the more, the more writes, and the more of them can fail.
    office.env(FOLDER, folder.path()).env(ROWS, many(10, 3_000).to_string()).env(SHARE, share.to_string());
    preload(&mut office, folder.path());
    let output = office.output().expect("it works");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    text.into_owned()
}

#[test]
fn a_disk_without_space_at_any_write_leaves_the_file_before_or_after() {
    if library().is_none() {
        return eprintln!("full: this system does not preload libraries");
    }
    let text = std::thread::scope(|threads| {
        let shares: Vec<_> = (0..SHARES).map(|share| threads.spawn(move || share_of(share))).collect();
        shares.into_iter().map(|share| share.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault))).collect::<String>()
    });
    let points: Vec<(u64, &str)> = text
        .lines()
        .filter_map(|line| line.strip_prefix("points ")?.split_once(' '))
        .map(|(count, act)| (count.parse().expect("a number"), act))
        .collect();
    assert_eq!(points.len(), ACTS.len(), "each act was tried: {points:?}");
    assert!(points.iter().all(|(count, _)| *count > 0), "each act writes: {points:?}");
    let told: Vec<String> = points.iter().map(|(count, act)| format!("{act} {count}")).collect();
    let tried = points.iter().map(|(count, _)| count).sum();
    ROW.tell(tried, tried, &format!("no space at so many writes of: {}", told.join(", ")));
}

#[test]
fn the_registry_of_later_versions_is_one_that_opens() {
    // Should a migration of the rehearsal break, the rows of this table would say so in ways hard to read.
    let world = World::new();
    begin(&world);
    let opened = Store::open(&world.file(), &Secret::Password(PASSWORD.into()), access(Arc::clone(&registry(4))));
    assert!(opened.is_ok_and(|store| wrong(&store).is_empty()), "all later migrations are applied");
}
