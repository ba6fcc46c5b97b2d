//! `kill -9` at any moment of mixed work: what was acknowledged is there, and what was not is there whole or not at all.
//!
//! This binary runs itself as the office at work, kills it after a random time and looks at the file, again and again.
//! `UNIONBOOK_TRUST=1000` asks for more kills, `UNIONBOOK_TRUST_SEED=…` for the acts of a failed run.

pub mod work;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::time::Duration;

use unionbook_core::store::{Line, Secret, Store, timeline};

use crate::full_office::FullOffice;
use crate::stations::wrong;
use crate::steps::returns::sent;
use crate::trust::child::{command, faults_of};
use crate::trust::{Row, many, seed};
use crate::world::{PASSWORD, World, access};
use work::{Dice, digest, registry};

const ROW: Row = Row {
    name: "kill",
    what: "kill -9 at a random moment of edits, bulk edits, imports, undo, returns, consolidation, migration, backup, restore, change of the key and erasure",
    goal: "0 acknowledged steps lost, 0 half steps, pages and their codes sound",
};

/// Kills in the suite.
const KILLS: u64 = 300;
/// Kills of the long run.
const MANY_KILLS: u64 = 10_000;
/// A file is used for so many kills, then a fresh one is begun, so that each look at it stays short.
const KILLS_A_FILE: u64 = 12;
/// The longest life of an office at work, in milliseconds; every other one is counted from when the file is open.
const LONGEST: u64 = 260;

/// What the step is called in which the file got another key.
const NEW_KEY: &str = "更换台账钥匙";
/// How the steps are called in which people were erased begin.
const ERASURE: &str = "清除 ";

/// What the office at work said before it died.
#[derive(Debug, Default)]
pub struct Said {
    /// The digest of everything after a step, by the step.
    pub states: BTreeMap<i64, u64>,
    /// The acknowledged steps and their names.
    pub done: BTreeMap<i64, String>,
    /// What it was about to do.
    pub doing: String,
    /// The step and the digest of the backup that was put in the file's place last.
    pub base: Option<(i64, u64)>,
    /// The same of the backup that was about to be put there.
    pub restoring: Option<(i64, u64)>,
    /// The backups that were made, by their names, each with its step and digest.
    pub backups: BTreeMap<String, (i64, u64)>,
}

/// What the kills of a run hit.
#[derive(Debug, Default)]
pub struct Tally {
    /// Steps that were acknowledged.
    pub done: usize,
    idle: usize,
    midst_of_import: usize,
    midst_of_restore: usize,
    midst_of_rekey: usize,
    rekeyed: usize,
    midst_of_erasure: usize,
    erased: usize,
    restored: usize,
    /// Steps that were kept without having been acknowledged.
    pub unsaid: usize,
}

impl Tally {
    fn with(self, other: Self) -> Self {
        Self {
            done: self.done + other.done,
            idle: self.idle + other.idle,
            midst_of_import: self.midst_of_import + other.midst_of_import,
            midst_of_restore: self.midst_of_restore + other.midst_of_restore,
            midst_of_rekey: self.midst_of_rekey + other.midst_of_rekey,
            rekeyed: self.rekeyed + other.rekeyed,
            midst_of_erasure: self.midst_of_erasure + other.midst_of_erasure,
            erased: self.erased + other.erased,
            restored: self.restored + other.restored,
            unsaid: self.unsaid + other.unsaid,
        }
    }
}

/// Reads what an office at work said.
pub fn read(out: &[u8]) -> Said {
    let mut said = Said::default();
    let text = String::from_utf8_lossy(out);
    // A last line without its end is one that was not said.
    for line in text.split_inclusive('\n').filter_map(|line| line.strip_suffix('\n')) {
        let mut words = line.splitn(3, ' ');
        let (what, first, rest) = (words.next().unwrap_or(""), words.next().unwrap_or(""), words.next().unwrap_or(""));
        let step = || first.parse::<i64>().expect("a step's number");
        match what {
            "state" => drop(said.states.insert(step(), rest.parse().expect("a digest"))),
            "done" => {
                said.done.insert(step(), rest.to_owned());
                said.doing.clear();
            }
            "doing" => said.doing = first.to_owned(),
            "backed" => {
                let (state, name) = rest.split_once(' ').expect("a digest and a name");
                said.backups.insert(name.to_owned(), (step(), state.parse().expect("a digest")));
            }
            "restoring" => said.restoring = Some((step(), rest.parse().expect("a digest"))),
            "restored" => {
                (said.base, said.restoring) = (said.restoring, None);
                said.states.clear();
                said.done.clear();
            }
            "broken" => panic!("the office itself failed: {line}"),
            _ => {}
        }
    }
    said
}

/// Lets the office work on the file and kills it.
fn kill(file: &Path, seed: u64, level: usize, life: Duration) -> Said {
    let mut office = command("kill::work::the_office_at_work");
    office.env(work::FILE, file).env(work::SEED, seed.to_string()).env(work::LEVEL, level.to_string());
    let mut office = office.spawn().expect("the office opens");
    let (mut said, mut words) = (BufReader::new(office.stdout.take().expect("its words")), Vec::new());
    while seed.is_multiple_of(2) && !words.ends_with(b"\nopened\n") {
        assert!(said.read_until(b'\n', &mut words).expect("its words") > 0, "the office opens");
    }
    std::thread::sleep(life);
    if office.try_wait().expect("looked at").is_some() {
        said.read_to_end(&mut words).expect("its words");
        panic!("the office works until it is killed: {}", String::from_utf8_lossy(&words));
    }
    // On Unix this is SIGKILL.
    office.kill().expect("killed");
    office.wait().expect("it is gone");
    said.read_to_end(&mut words).expect("its words are read");
    read(&words)
}

/// Takes back what the last step did, whatever it was.
fn step_back(store: &Store, last: &Line) {
    let done = if last.state == "undo" { store.redo() } else { store.undo(None) };
    done.unwrap_or_else(|error| panic!("the last step, {last:?}, can be taken back: {error}"));
}

fn steps(store: &Store) -> Vec<Line> {
    store.read(|db| timeline(db, None, 1_000_000)).expect("the history is read")
}

/// Opens a file by a program that is so many versions ahead.
fn open(file: &Path, level: usize) -> Store {
    Store::open(file, &Secret::Password(PASSWORD.into()), access(registry(level))).expect("the file opens")
}

/// Looks at the file after a kill, and leaves it at a state whose digest is known.
pub fn look(file: &Path, level: usize, known: (i64, u64), said: &Said, tally: &mut Tally) {
    let store = open(file, level);
    let history = steps(&store);
    let last = history.first().expect("a step");
    assert_eq!(store.lost_end(), None, "the witness raises no false alarm");
    tally.done += said.done.len();
    tally.restored += usize::from(said.base.is_some());
    if let Some((step, state)) = said.restoring {
        tally.midst_of_restore += 1;
        if last.step == step && digest(&store) == state {
            return assert_eq!(wrong(&store), [], "the file that was put back is sound");
        }
    }
    let known = said.base.unwrap_or(known);
    let acknowledged = said.done.keys().last().copied().unwrap_or(known.0);
    for (step, name) in &said.done {
        let found = history.iter().find(|line| line.step == *step).map(|line| &line.name);
        assert_eq!(found, Some(name), "the acknowledged step {step} is in the history");
    }
    assert!((acknowledged..=acknowledged + 1).contains(&last.step), "at most the step in hand came on top of {acknowledged}: {last:?}");
    assert_eq!(wrong(&store), [], "the file is sound after {last:?}");
    no_loose_ends(&store);
    let state = |step: i64| if step == known.0 { Some(known.1) } else { said.states.get(&step).copied() };
    tally.idle += usize::from(said.done.is_empty());
    tally.midst_of_import += usize::from(said.doing == "import");
    tally.midst_of_rekey += usize::from(said.doing == "rekey");
    tally.midst_of_erasure += usize::from(said.doing == "erase");
    tally.rekeyed += said.done.values().filter(|name| *name == NEW_KEY).count();
    tally.erased += said.done.values().filter(|name| name.starts_with(ERASURE)).count();
    if let Some(state) = state(last.step) {
        assert_eq!(digest(&store), state, "everything is as it was when step {} was acknowledged", last.step);
        return;
    }
    tally.unsaid += 1;
    if last.name.starts_with(ERASURE) {
        // What was erased does not come back, so that there is nothing to compare with: whoever is noted as erased has nothing left.
        return;
    }
    let before = if last.step > acknowledged { acknowledged } else { acknowledged - 1 };
    // The step was kept, but the office died before it could say how things stood: then it must go as a whole. A new key is no step to
    // take back, and changes nothing that was entered.
    if last.name != NEW_KEY {
        step_back(&store, last);
    }
    assert_eq!(Some(digest(&store)), state(before), "{last:?} is whole: without it everything is as before");
    assert_eq!(wrong(&store), [], "the file is sound with the step taken back");
}

/// No line of the journal without its step, and no step without what it says it touched.
fn no_loose_ends(store: &Store) {
    let count = |sql: &str| store.read(|db| Ok(db.one::<i64>(sql, [])?.unwrap_or(-1))).expect("counted");
    assert_eq!(count("SELECT count(*) FROM journal WHERE step NOT IN (SELECT id FROM step)"), 0, "no entry without its step");
    assert_eq!(
        count("SELECT count(*) FROM step WHERE rows > 0 AND id NOT IN (SELECT step FROM journal)"),
        0,
        "no step without its entries"
    );
    assert_eq!(
        count("SELECT count(*) FROM erased JOIN person ON person.id = erased.person WHERE name <> '已清除' OR id_number IS NOT NULL"),
        0,
        "nobody is erased by halves"
    );
    assert_eq!(count("SELECT (SELECT count(*) FROM erased) - (SELECT ifnull(sum(people), 0) FROM erasure)"), 0, "and all are noted");
    assert_eq!(count("SELECT max(id) - count(*) FROM step"), 0, "no step is missing between two others");
}

/// Makes the office, with a return that came in from below.
pub fn begin(world: &World) {
    let store = world.create();
    FullOffice::enter(&store);
    let (file, card) = sent(world.folder.path());
    crate::full_office::call(&store, "card.add", serde_json::json!({ "path": card }));
    crate::full_office::call(&store, "return.receive", serde_json::json!({ "paths": [file], "take": true }));
}

/// The last step of a file, and its digest.
pub fn stands(file: &Path, level: usize) -> (i64, u64) {
    let store = open(file, level);
    (steps(&store).first().expect("a step").step, digest(&store))
}

/// A file is worked on and killed a number of times.
fn trial(seed: u64, kills: u64, tally: &mut Tally) {
    let world = World::new();
    begin(&world);
    let (mut dice, mut before) = (Dice(seed), 0);
    for kill_number in 0..kills {
        let (acts, life) = (dice.next(), Duration::from_millis(20 + dice.below(LONGEST)));
        let known = stands(&world.file(), before);
        // Each third kill meets a program that has a migration more.
        let level = usize::try_from(kill_number / 3).expect("few");
        let said = kill(&world.file(), acts, level, life);
        let last = format!("kill {kill_number} after {life:?} with UNIONBOOK_TRUST_SEED={seed} (acts {acts}): {said:?}");
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            look(&world.file(), level, known, &said, tally);
            assert_eq!(faults_of(&world.file()), [] as [&str; 0], "SQLite and SQLCipher find the file sound");
        }));
        before = level;
        if let Err(fault) = looked {
            eprintln!("{last}");
            std::panic::resume_unwind(fault);
        }
    }
}

/// Files are worked on one after another, for so many kills.
fn trials(seed: u64, kills: u64) -> Tally {
    let (mut tally, mut left, mut dice, mut file_seed) = (Tally::default(), kills, Dice(seed), seed);
    while left > 0 {
        let here = left.min(KILLS_A_FILE);
        trial(file_seed, here, &mut tally);
        left -= here;
        file_seed = dice.next();
    }
    tally
}

#[test]
fn a_kill_at_any_moment_loses_no_acknowledged_step_and_leaves_no_half_one() {
    let (kills, seed) = (many(KILLS, MANY_KILLS), seed());
    // Offices mostly wait to be killed, so two are at work at the same time.
    let halves = std::thread::scope(|threads| {
        let halves = [(seed, kills / 2), (Dice(seed).next(), kills - kills / 2)];
        let running = halves.map(|(seed, kills)| threads.spawn(move || trials(seed, kills)));
        running.map(|half| half.join().unwrap_or_else(|fault| std::panic::resume_unwind(fault)))
    });
    let tally = halves.into_iter().fold(Tally::default(), Tally::with);
    // A run that never met an office in the midst of something proves nothing.
    assert!(tally.done as u64 > kills, "the offices did several steps each: {tally:?}");
    assert!(tally.midst_of_import as u64 > kills / 20, "many were killed in the midst of an import: {tally:?}");
    assert!(tally.restored + tally.midst_of_restore > 0 || kills < 100, "some were putting a backup back: {tally:?}");
    assert!(tally.rekeyed + tally.midst_of_rekey > 0 || kills < 100, "some were giving the file another key: {tally:?}");
    assert!(tally.erased + tally.midst_of_erasure > 0 || kills < 100, "some were erasing somebody: {tally:?}");
    let restores = format!("{} in a restore, {} after one", tally.midst_of_restore, tally.restored);
    let keys = format!("{} in a change of the key, {} after one", tally.midst_of_rekey, tally.rekeyed);
    let erasures = format!("{} in an erasure, {} after one", tally.midst_of_erasure, tally.erased);
    let met = format!("{} in an import, {restores}, {keys}, {erasures}", tally.midst_of_import);
    ROW.tell(kills, kills, &format!("0 of {} acknowledged steps lost, 0 half steps; killed {met}", tally.done));
}
