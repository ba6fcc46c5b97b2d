//! Files from outside, changed in ways that their formats know: whatever comes in, the program goes on.

mod change;

use std::fs;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use change::{mutated, place};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::api::dispatch;
use unionbook_core::error::Error;
use unionbook_core::store::Store;

use super::child::command;
use crate::full_office::{call, roster};
use crate::kill::begin;
use crate::kill::work::{Dice, digest, given};
use crate::people::number;
use crate::source_text::root;
use crate::steps::returns::sent;
use crate::trust::{Row, many, seed};
use crate::world::World;

const ROW: Row = Row {
    name: "mutants",
    what: "workbooks, csv, xls, sealed returns, cards and task packages with parts, nodes and values changed, read as the app reads them",
    goal: "no crash, no hang over 10 s, read by itself, no more than 400 MB",
};
const SEED: &str = "UNIONBOOK_MUTANT_SEED";
const COUNT: &str = "UNIONBOOK_MUTANT_COUNT";
/// Where a test of the readers lays its traps.
const TRAPS: &str = "UNIONBOOK_MUTANT_TRAPS";
const SLOWEST: Duration = Duration::from_secs(10);
const MOST_MEMORY: u64 = 400 << 10;
/// Files that one reader is given before a fresh one is started.
const EACH: u64 = 2_500;
/// Files that may stop their readers before the rest of a batch is given up.
const STOPS: usize = 20;

/// A file that is read as it is, before it is changed, and how it is read.
pub struct Sample {
    name: &'static str,
    bytes: Vec<u8>,
    asks: &'static [&'static str],
}

/// The files of an office and of those that send it something.
fn samples(world: &World, store: &Store) -> Vec<Sample> {
    let folder = world.folder.path();
    let read = |path: &Path| fs::read(path).expect("a sample");
    let people: Vec<(String, String)> = (0..12).map(|n| (format!("样{n}"), number("1985-05-05", 100 + n))).collect();
    let people: Vec<_> = people.iter().map(|(name, number)| (name.as_str(), number.as_str(), "入会", "2015/03/02")).collect();
    let csv = read(&roster(folder.join("样.csv"), &people));
    let blank = folder.join("空表.xlsx");
    fs::write(&blank, unionbook_core::sheet::fixture::roster_blank()).expect("written");
    let filled = folder.join("样.xlsx");
    call(store, "sheet.export", json!({ "record": "member", "path": filled, "layout": "roster", "blank": blank }));
    let (sealed, card) = sent(folder);
    let task = |name: &str| read(&root().join("assets/tasks").join(name));
    const SHEET: &[&str] = &["sheet.preview", "task.propose"];
    vec![
        Sample { name: "样.xlsx", bytes: read(&filled), asks: SHEET },
        Sample { name: "样.csv", bytes: csv, asks: &["sheet.preview"] },
        Sample { name: "样.xls", bytes: read(&root().join("tests/fixtures/excel-97.xls")), asks: &["sheet.preview"] },
        Sample { name: "上报.xlsx", bytes: read(&sealed), asks: &["return.receive", "task.read"] },
        Sample { name: "卡", bytes: read(&card), asks: &["card.add"] },
        Sample { name: "members.json", bytes: task("members.json"), asks: &["task.read", "task.add", "task.check"] },
        Sample { name: "activities.json", bytes: task("activities.json"), asks: &["task.read", "task.add"] },
    ]
}

/// Reads a file as the app would; gives what must not be: a refusal that is none.
fn taken(store: &Store, path: &Path, bytes: &[u8], ask: &str) -> Option<String> {
    let payload = match ask {
        "sheet.preview" => json!({ "record": "member", "path": path, "layout": "roster", "unit": null, "opening": "2026-10-15" }),
        "return.receive" => json!({ "paths": [path], "take": true }),
        "task.add" | "task.check" => match serde_json::from_slice::<Json>(bytes) {
            Ok(task) => json!({ "task": task }),
            Err(_) => return None,
        },
        _ => json!({ "path": path }),
    };
    match dispatch(store, ask, payload) {
        Ok(done) => {
            // What was taken in goes again, so that the next file meets the same office.
            if done["step"].as_i64().is_some() {
                let _ = dispatch(store, "step.undo", json!({}));
            }
            None
        }
        Err(error @ (Error::Db(_) | Error::Bug(_) | Error::Damaged(_) | Error::Busy(_))) => Some(format!("{error:?}")),
        Err(_) => None,
    }
}

#[test]
#[ignore = "the reader that the test of changed files starts"]
fn the_reader_of_changed_files() {
    let world = World::new();
    begin(&world);
    let store = world.open();
    let samples = samples(&world, &store);
    let before = digest(&store);
    let (first, count) = (given(SEED).expect("a seed"), given(COUNT).expect("a number"));
    // Where a crash is caught by the product, as that of the reader of .xls, it is a refusal; the others are told with their place.
    std::panic::set_hook(Box::new(|info| println!("\npanic {info}")));
    for n in first..first + count {
        let mut dice = Dice(n);
        let sample = &samples[place(&mut dice, samples.len())];
        let bytes = mutated(sample, &mut dice);
        let path = world.folder.path().join(format!("变{}", sample.name));
        fs::write(&path, &bytes).expect("written");
        let ask = sample.asks[place(&mut dice, sample.asks.len())];
        println!("\nreading {n} {} {ask} {} bytes {}", sample.name, bytes.len(), most_memory());
        trapped(n);
        let taken = catch_unwind(AssertUnwindSafe(|| taken(&store, &path, &bytes, ask)));
        if let Some(wrong) = taken.unwrap_or_else(|_| Some("a crash".into())) {
            println!("broken {n} {} {ask}: {wrong}", sample.name);
        }
    }
    println!("memory {}", most_memory());
    let after = digest(&store);
    println!("{}", if after == before { "same" } else { "broken the office is not as it was" });
    println!("end");
}

/// Where the test of the readers wants it, the program dies of this file, hangs, or is slow, once.
fn trapped(n: u64) {
    let Some(traps) = std::env::var_os(TRAPS).map(PathBuf::from) else { return };
    match fs::read_to_string(traps.join(n.to_string())).as_deref() {
        Ok("dies") => std::process::abort(),
        Ok("hangs") => std::thread::sleep(Duration::from_secs(600)),
        Ok("slow") => {
            fs::remove_file(traps.join(n.to_string())).expect("removed");
            std::thread::sleep(Duration::from_secs(600));
        }
        _ => {}
    }
}

/// The most memory that this process held, in KiB.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}

/// What readers came to: their slowest file, the most memory in KiB, how many files they read to the end, and those that they were too long at.
#[derive(Debug, Default)]
struct Came {
    slowest: Duration,
    memory: u64,
    read: u64,
    slow: Vec<u64>,
    broken: Vec<String>,
}

impl Came {
    /// Takes a line of a reader: a file that it begins to read, with its memory; what was wrong; what it came to.
    fn hear(&mut self, line: &str, reading: &mut Option<Reading>) {
        let kib = || line.rsplit(' ').next().and_then(|kib| kib.parse().ok()).expect("its memory");
        if line.starts_with("reading ") || line.starts_with("memory ") {
            let before = reading.take();
            self.read += u64::from(before.is_some());
            self.slowest = self.slowest.max(before.map_or(Duration::ZERO, |(since, ..)| since.elapsed()));
            self.memory = self.memory.max(kib());
        }
        match line.split_once(' ') {
            Some(("broken", what)) => self.broken.push(what.to_owned()),
            Some(("reading", what)) => {
                let n = what.split(' ').next().and_then(|n| n.parse().ok()).expect("its number");
                *reading = Some((Instant::now(), n, what.to_owned()));
            }
            _ => {}
        }
    }

    fn add(&mut self, other: Self) {
        self.slowest = self.slowest.max(other.slowest);
        self.memory = self.memory.max(other.memory);
        self.read += other.read;
        self.slow.extend(other.slow);
        self.broken.extend(other.broken);
    }
}

/// A file that is being read: since when, its number, and what was said of it.
type Reading = (Instant, u64, String);

/// How files are read: how long one may take, and where the traps lie, in the test of the readers themselves.
#[derive(Clone, Copy)]
struct Readers<'t> {
    patience: Duration,
    traps: Option<&'t Path>,
}

/// How a reader ended.
enum Ended {
    /// It read all.
    Done,
    /// It was too long at this file.
    Slow(u64, String),
    /// It died of this file, or before the first.
    Died(Option<u64>, String),
}

impl Readers<'_> {
    /// Reads files until the last, or until one stops the reader.
    fn run(self, first: u64, count: u64, came: &mut Came) -> Ended {
        let mut process = command("trust::mutants::the_reader_of_changed_files");
        if let Some(traps) = self.traps {
            process.env(TRAPS, traps);
        }
        let mut child = process.env(SEED, first.to_string()).env(COUNT, count.to_string()).spawn().expect("it starts");
        let (tell, told) = mpsc::channel();
        let said = BufReader::new(child.stdout.take().expect("its words"));
        std::thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        let mut reading: Option<Reading> = None;
        let ended = loop {
            let patience = if reading.is_some() { self.patience } else { SLOWEST * 6 };
            let line = match told.recv_timeout(patience) {
                Ok(line) => line,
                Err(RecvTimeoutError::Timeout) if reading.is_some() => {
                    break reading.map_or(Ended::Done, |(_, n, what)| Ended::Slow(n, what));
                }
                Err(_) => break Ended::Died(reading.as_ref().map(|(_, n, _)| *n), reading.map_or_else(String::new, |(_, _, what)| what)),
            };
            if line == "end" {
                break Ended::Done;
            }
            came.hear(&line, &mut reading);
        };
        if !matches!(ended, Ended::Done) {
            let _ = child.kill();
        }
        drop(child.wait());
        ended
    }

    /// Reads a batch: after a file that stops its reader, a fresh one goes on behind it.
    fn batch(self, first: u64, count: u64, came: &mut Came) {
        let (mut next, end) = (first, first + count);
        for _ in 0..STOPS {
            if next >= end {
                return;
            }
            match self.run(next, end - next, came) {
                Ended::Done => return,
                Ended::Slow(n, _) => {
                    came.slow.push(n);
                    next = n + 1;
                }
                Ended::Died(n, what) => {
                    came.broken.push(format!("{what} killed its reader"));
                    let Some(n) = n else { return };
                    came.read += 1;
                    next = n + 1;
                }
            }
        }
        if next < end {
            came.broken.push(format!("{STOPS} files from {first} on stopped their readers, and those from {next} to {end} were not read"));
        }
    }

    /// Reads a file once more that took too long, by itself and with the same limit: a busy machine is no hang.
    fn again(self, n: u64, came: &mut Came) {
        match self.run(n, 1, came) {
            Ended::Done => {}
            Ended::Slow(_, what) => {
                came.read += 1;
                came.broken.push(format!("{what} hangs, read by itself, too"));
            }
            Ended::Died(_, what) => {
                came.read += 1;
                came.broken.push(format!("{what} killed its reader"));
            }
        }
    }

    /// Starts readers one after another until so many files were read, two at a time; then those that took too long, one by one.
    fn all(self, seed: u64, count: u64) -> Came {
        let (next, all) = (AtomicU64::new(0), Mutex::new(Came::default()));
        let work = || {
            let mut came = Came::default();
            loop {
                let first = next.fetch_add(EACH, Ordering::Relaxed);
                if first >= count {
                    break all.lock().expect("no reader panicked").add(came);
                }
                self.batch(seed + first, EACH.min(count - first), &mut came);
            }
        };
        std::thread::scope(|threads| [threads.spawn(work), threads.spawn(work)].map(|at_work| at_work.join().expect("it read on")));
        let mut came = all.into_inner().expect("no reader panicked");
        came.slow.sort_unstable();
        came.slow.clone().into_iter().for_each(|n| self.again(n, &mut came));
        came
    }
}

#[test]
fn files_changed_in_any_way_neither_crash_nor_hang_the_program() {
    let (count, seed) = (many(5_000, 200_000), seed());
    let came = Readers { patience: SLOWEST, traps: None }.all(seed, count);
    came.broken.iter().for_each(|broken| eprintln!("broken: {broken}"));
    assert_eq!(came.broken.len(), 0, "nothing crashes, hangs or is refused in a raw way");
    assert_eq!(came.read, count, "all were read");
    assert!(came.memory > 0 || !cfg!(target_os = "linux"), "the memory was measured");
    assert!(came.memory <= MOST_MEMORY, "it took {} MB", came.memory >> 10);
    let (slowest, twice) = (came.slowest.as_secs_f64(), came.slow.len());
    ROW.tell(count, count, &format!("0 crashes, 0 hangs, slowest {slowest:.2} s, {} MB, {twice} read twice", came.memory >> 10));
}

#[test]
fn a_reader_that_stops_leaves_no_file_unread_and_a_slow_one_is_read_again() {
    let traps = TempDir::new().expect("a folder");
    for (n, what) in [(3, "dies"), (5, "hangs"), (8, "slow")] {
        fs::write(traps.path().join(n.to_string()), what).expect("a trap");
    }
    let came = Readers { patience: Duration::from_secs(3), traps: Some(traps.path()) }.all(0, 12);
    assert_eq!((came.read, &came.slow), (12, &vec![5, 8]), "each was read, and the slow ones are known: {came:?}");
    let told: Vec<&str> = came.broken.iter().map(String::as_str).collect();
    assert!(
        matches!(told[..], [died, hung] if died.starts_with("3 ") && died.ends_with("killed its reader")
        && hung.starts_with("5 ") && hung.contains("hangs")),
        "what dies and what hangs is told, and what was slow once is not: {told:?}"
    );
}

#[test]
fn the_samples_that_are_changed_are_taken_as_they_are() {
    let world = World::new();
    begin(&world);
    let store = world.open();
    for sample in samples(&world, &store) {
        let path: PathBuf = world.folder.path().join(format!("原{}", sample.name));
        fs::write(&path, &sample.bytes).expect("written");
        assert_eq!(taken(&store, &path, &sample.bytes, sample.asks[0]), None, "{} is read as it is", sample.name);
    }
}
