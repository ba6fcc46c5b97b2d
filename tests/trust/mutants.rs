//! Files from outside, changed in ways that their formats know: whatever comes in, the program goes on.

mod change;

use std::fs;
use std::io::{BufRead, BufReader};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, mpsc};
use std::time::{Duration, Instant};

use change::{mutated, place};
use serde_json::{Value as Json, json};
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
    goal: "no crash, no hang over 10 s, no more than 400 MB",
};
const SEED: &str = "UNIONBOOK_MUTANT_SEED";
const COUNT: &str = "UNIONBOOK_MUTANT_COUNT";
const SLOWEST: Duration = Duration::from_secs(10);
const MOST_MEMORY: u64 = 400 << 10;
/// Files that one reader is given before a fresh one is started.
const EACH: u64 = 2_500;

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
        println!("\nreading {n} {} {ask} {} bytes", sample.name, bytes.len());
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

/// The most memory that this process held, in KiB.
fn most_memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse().ok()).unwrap_or(0)
}

/// What a reader came to: its slowest file, and the most memory in KiB.
#[derive(Debug, Default)]
struct Came {
    slowest: Duration,
    memory: u64,
    broken: Vec<String>,
}

impl Came {
    fn add(&mut self, other: Self) {
        self.slowest = self.slowest.max(other.slowest);
        self.memory = self.memory.max(other.memory);
        self.broken.extend(other.broken);
    }
}

fn reader(seed: u64, count: u64, came: &mut Came) {
    let mut process = command("trust::mutants::the_reader_of_changed_files");
    let mut child = process.env(SEED, seed.to_string()).env(COUNT, count.to_string()).spawn().expect("it starts");
    let (tell, told) = mpsc::channel();
    let said = BufReader::new(child.stdout.take().expect("its words"));
    std::thread::spawn(move || said.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
    let mut reading = (Instant::now(), String::new());
    loop {
        let patience = SLOWEST * if reading.1.is_empty() { 6 } else { 1 };
        let Ok(line) = told.recv_timeout(patience) else {
            let _ = child.kill();
            came.broken.push(format!("{} hangs or killed its reader", reading.1));
            return drop(child.wait());
        };
        if line.starts_with("reading ") || line.starts_with("memory ") {
            came.slowest = came.slowest.max(if reading.1.is_empty() { Duration::ZERO } else { reading.0.elapsed() });
            reading = (Instant::now(), line.clone());
        }
        match line.split_once(' ') {
            Some(("broken", what)) => came.broken.push(what.to_owned()),
            Some(("memory", kib)) => came.memory = came.memory.max(kib.parse().expect("a number")),
            _ if line == "end" => return drop(child.wait()),
            _ => {}
        }
    }
}

/// Starts readers one after another until so many files were read, two at a time.
fn readers(seed: u64, count: u64) -> Came {
    let (next, all) = (AtomicU64::new(0), Mutex::new(Came::default()));
    let work = || {
        let mut came = Came::default();
        loop {
            let first = next.fetch_add(EACH, Ordering::Relaxed);
            if first >= count {
                break all.lock().expect("no reader panicked").add(came);
            }
            reader(seed + first, EACH.min(count - first), &mut came);
        }
    };
    std::thread::scope(|threads| [threads.spawn(work), threads.spawn(work)].map(|at_work| at_work.join().expect("it read on")));
    all.into_inner().expect("no reader panicked")
}

#[test]
fn files_changed_in_any_way_neither_crash_nor_hang_the_program() {
    let (count, seed) = (many(5_000, 200_000), seed());
    let came = readers(seed, count);
    came.broken.iter().for_each(|broken| eprintln!("broken: {broken}"));
    assert_eq!(came.broken.len(), 0, "nothing crashes, hangs or is refused in a raw way");
    assert!(came.memory > 0 || !cfg!(target_os = "linux"), "the memory was measured");
    assert!(came.memory <= MOST_MEMORY, "it took {} MB", came.memory >> 10);
    ROW.tell(count, count, &format!("0 crashes, slowest {:.2} s, {} MB", came.slowest.as_secs_f64(), came.memory >> 10));
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
