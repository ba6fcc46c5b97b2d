//! `kill -9` at any moment of mixed work: what was acknowledged is there, and what was not is there whole or not at all.
//!
//! This binary runs itself as the office at work, kills it after a random time and looks at the file, again and again.
//! `UNIONBOOK_KILLS=1000` asks for more kills, `UNIONBOOK_KILL_SEED=…` for the acts of a failed run.

mod work;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use unionbook_core::store::{Line, Secret, Store, timeline};

use crate::full_office::FullOffice;
use crate::stations::wrong;
use crate::world::{PASSWORD, World};
use work::{Dice, digest};

/// Kills in the suite, over both files.
const KILLS: u64 = 200;
/// A file is used for so many kills, then a fresh one is begun, so that each look at it stays short.
const KILLS_A_FILE: u64 = 12;
/// The longest life of an office at work, in milliseconds: its first half is spent opening the file.
const LONGEST: u64 = 260;

/// What the office at work said before it died.
#[derive(Debug, Default)]
struct Said {
    /// The digest of everything after a step, by the step.
    states: BTreeMap<i64, u64>,
    /// The acknowledged steps and their names.
    done: BTreeMap<i64, String>,
    /// What it was about to do.
    doing: String,
}

/// What the kills of a run hit.
#[derive(Debug, Default)]
struct Tally {
    done: usize,
    idle: usize,
    midst_of_import: usize,
    unsaid: usize,
}

fn read(out: &[u8]) -> Said {
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
            "broken" => panic!("the office itself failed: {line}"),
            _ => {}
        }
    }
    said
}

/// Lets the office work on the file and kills it.
fn kill(file: &Path, seed: u64, life: Duration) -> Said {
    let mut office = Command::new(std::env::current_exe().expect("this binary"))
        .args(["kill::work::the_office_at_work", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(work::FILE, file)
        .env(work::SEED, seed.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the office opens");
    std::thread::sleep(life);
    assert!(office.try_wait().expect("looked at").is_none(), "the office works until it is killed");
    // On Unix this is SIGKILL.
    office.kill().expect("killed");
    let output = office.wait_with_output().expect("its words are read");
    read(&output.stdout)
}

/// Takes back what the last step did, whatever it was.
fn step_back(store: &Store, last: &Line) {
    let done = if last.state == "undo" { store.redo() } else { store.undo(None) };
    done.unwrap_or_else(|error| panic!("the last step, {last:?}, can be taken back: {error}"));
}

fn steps(store: &Store) -> Vec<Line> {
    store.read(|db| timeline(db, None, 1_000_000)).expect("the history is read")
}

/// Looks at the file after a kill, and leaves it at a state whose digest is known.
fn look(world: &World, known: (i64, u64), said: &Said, tally: &mut Tally) {
    let store = Store::open(&world.file(), &Secret::Password(PASSWORD.into()), world.access()).expect("the file opens after a kill");
    let history = steps(&store);
    let last = history.first().expect("a step");
    let acknowledged = said.done.keys().last().copied().unwrap_or(known.0);
    for (step, name) in &said.done {
        let found = history.iter().find(|line| line.step == *step).map(|line| &line.name);
        assert_eq!(found, Some(name), "the acknowledged step {step} is in the history");
    }
    assert!((acknowledged..=acknowledged + 1).contains(&last.step), "at most the step in hand came on top of {acknowledged}: {last:?}");
    assert_eq!(wrong(&store), [], "the file is sound after {last:?}");
    no_loose_ends(&store);
    let state = |step: i64| if step == known.0 { Some(known.1) } else { said.states.get(&step).copied() };
    tally.done += said.done.len();
    tally.idle += usize::from(said.done.is_empty());
    tally.midst_of_import += usize::from(said.doing == "import");
    if let Some(state) = state(last.step) {
        assert_eq!(digest(&store), state, "everything is as it was when step {} was acknowledged", last.step);
        return;
    }
    tally.unsaid += 1;
    // The step was kept, but the office died before it could say how things stood: then it must go as a whole.
    step_back(&store, last);
    let before = if last.step > acknowledged { acknowledged } else { acknowledged - 1 };
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
    assert_eq!(count("SELECT max(id) - count(*) FROM step"), 0, "no step is missing between two others");
}

/// A file is worked on and killed a number of times.
fn trial(seed: u64, kills: u64, tally: &mut Tally) {
    let world = World::new();
    let store = world.create();
    FullOffice::enter(&store);
    drop(store);
    let mut dice = Dice(seed);
    for kill_number in 0..kills {
        let (acts, life) = (dice.next(), Duration::from_millis(20 + dice.below(LONGEST)));
        let known = {
            let store = world.open();
            (steps(&store).first().expect("a step").step, digest(&store))
        };
        let said = kill(&world.file(), acts, life);
        let last = format!("kill {kill_number} after {life:?} with UNIONBOOK_KILL_SEED={seed} (acts {acts}): {said:?}");
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| look(&world, known, &said, tally)));
        if let Err(fault) = looked {
            eprintln!("{last}");
            std::panic::resume_unwind(fault);
        }
    }
}

#[test]
fn a_kill_at_any_moment_loses_no_acknowledged_step_and_leaves_no_half_one() {
    let given = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("after 1970").as_nanos();
    let seed = given("UNIONBOOK_KILL_SEED").unwrap_or(u64::try_from(now & 0xffff_ffff).expect("32 bits"));
    let kills = given("UNIONBOOK_KILLS").unwrap_or(KILLS);
    let (mut tally, mut left, mut dice) = (Tally::default(), kills, Dice(seed));
    let mut file_seed = seed;
    while left > 0 {
        let here = left.min(KILLS_A_FILE);
        trial(file_seed, here, &mut tally);
        left -= here;
        file_seed = dice.next();
    }
    eprintln!("{kills} kills: {tally:?}");
    // A run that never met an office in the midst of something proves nothing.
    assert!(tally.done as u64 > kills, "the offices did several steps each: {tally:?}");
    assert!(tally.midst_of_import as u64 > kills / 20, "many were killed in the midst of an import: {tally:?}");
}
