//! Two programs that write one file at the same moment.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Stdio};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use serde_json::json;
use unionbook_core::api::dispatch;
use unionbook_core::error::Error;
use unionbook_core::modules::Registry;
use unionbook_core::store::{Access, NewAccount, Role, Secret, Step, Store, timeline};

use super::child::{command, faults_of};
use crate::full_office::call;
use crate::kill::begin;
use crate::kill::work::{FILE, SEED};
use crate::stations::wrong;
use crate::trust::{Row, many};
use crate::world::{PASSWORD, World, access};

const ROW: Row = Row {
    name: "race",
    what: "two processes open, edit and undo one file at the same moment",
    goal: "no damage, no step lost, each sees the other's",
};
/// Races that two processes run before fresh ones are started.
const EACH: u64 = 20;

fn installation(name: &str) -> Access {
    Access { installation: name.into(), clerk: name.into(), ..access(Arc::new(Registry::shipped())) }
}

/// Gives one that races an account of its own, which may undo the other's steps, too.
fn runner(store: &Store, name: &str) {
    let new = NewAccount { name: name.into(), role: Role::Admin, password: PASSWORD.into() };
    store.add_account(&new).expect("an account");
}

fn by(name: &str) -> Secret {
    Secret::Account(name.into(), PASSWORD.into())
}

struct Runner {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Runner {
    fn start(file: &std::path::Path, name: &str) -> Self {
        let mut process = command("trust::race::the_one_that_races");
        let mut child = process.env(FILE, file).env(SEED, name).stdin(Stdio::piped()).spawn().expect("started");
        let said = BufReader::new(child.stdout.take().expect("its words"));
        Self { child, said }
    }

    fn go(&mut self, race: u64) {
        writeln!(self.child.stdin.as_mut().expect("its ear"), "{race}").expect("told");
    }

    /// Its next answer: `done N name…` or `refused`.
    fn answer(&mut self) -> String {
        loop {
            let mut line = String::new();
            let read = self.said.read_line(&mut line).expect("it answers");
            assert!(read > 0, "it has not died: {:?}", self.child.try_wait());
            if let Some((_, answer)) = line.trim_end().split_once("answer ") {
                return answer.to_owned();
            }
        }
    }
}

impl Drop for Runner {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

fn steps(store: &Store) -> BTreeMap<i64, String> {
    let lines = store.read(|db| timeline(db, None, 1_000_000)).expect("the history");
    lines.into_iter().map(|line| (line.step, format!("{} {}", line.name, line.clerk))).collect()
}

/// Two processes race for a file so many times.
fn races(races: u64) -> u64 {
    let world = World::new();
    begin(&world);
    let admin = world.open();
    ["乙", "丙"].into_iter().for_each(|name| runner(&admin, name));
    drop(admin);
    let mut runners = ["乙", "丙"].map(|name| Runner::start(&world.file(), name));
    let mut done = BTreeMap::new();
    for race in 0..races {
        runners.iter_mut().for_each(|runner| runner.go(race));
        for (runner, name) in runners.iter_mut().zip(["乙", "丙"]) {
            let answer = runner.answer();
            assert!(!answer.starts_with("broken"), "{answer}");
            if let Some((step, what)) = answer.strip_prefix("done ").and_then(|rest| rest.split_once(' ')) {
                let before = done.insert(step.parse::<i64>().expect("a number"), format!("{what} {name}"));
                assert_eq!(before, None, "no two steps have one number");
            }
        }
    }
    let seen: Vec<String> = runners
        .iter_mut()
        .map(|runner| {
            runner.go(u64::MAX);
            runner.answer()
        })
        .collect();
    assert_eq!(seen[0], seen[1], "both see the same rows");
    drop(runners);
    let store = Store::open(&world.file(), &by("经办人甲"), world.access()).expect("the file opens");
    let steps = steps(&store);
    for (step, what) in &done {
        assert_eq!(steps.get(step), Some(what), "the acknowledged step {step} is there");
    }
    assert_eq!(wrong(&store), [], "the file is sound");
    assert_eq!(store.lost_end(), None, "and nothing is missing");
    drop(store);
    assert_eq!(faults_of(&world.file()), [] as [&str; 0], "SQLite and SQLCipher find it sound");
    done.len() as u64
}

#[test]
fn two_programs_racing_for_one_file_do_it_no_damage() {
    let wanted = many(100, 2_000);
    let (mut left, mut done) = (wanted, 0);
    while left > 0 {
        done += races(left.min(EACH));
        left -= left.min(EACH);
    }
    assert!(done > wanted, "most acts of both were done: {done} of {}", wanted * 2);
    ROW.tell(wanted, wanted, &format!("0 of {done} acknowledged steps lost, no damage, both saw the same"));
}

fn race(store: &Store, number: u64, name: &str) -> String {
    let done = match number % 4 {
        3 => dispatch(store, "step.undo", json!({})),
        _ => dispatch(store, "record.save", json!({ "record": "person", "values": { "name": format!("{name}{number}") } })),
    };
    match done {
        Ok(done) => {
            let step = done["step"].as_i64().expect("a step");
            let line = store.read(|db| timeline(db, Some(step + 1), 1)).expect("its line").remove(0);
            format!("done {step} {}", line.name)
        }
        Err(Error::Refused(_) | Error::Faults(_) | Error::Gone(_) | Error::Busy(_)) => "refused".into(),
        Err(error) => format!("broken {error:?}"),
    }
}

#[test]
#[ignore = "one of the two that the test of races starts"]
fn the_one_that_races() {
    let file = PathBuf::from(std::env::var_os(FILE).expect("the file"));
    let name = std::env::var(SEED).expect("a name");
    let store = Store::open(&file, &by(&name), installation(&name)).expect("it opens beside the other");
    for line in std::io::stdin().lines() {
        let number: u64 = line.expect("a line").parse().expect("a number");
        let people =
            |store: &Store| call(store, "record.list", json!({ "record": "person", "count": true, "limit": 1 }))["total"].to_string();
        let answer = if number == u64::MAX { format!("sees {}", people(&store)) } else { race(&store, number, &name) };
        println!("\nanswer {answer}");
    }
}

#[test]
fn while_one_writes_the_other_reads_and_is_told_that_the_file_is_busy() {
    let world = World::new();
    begin(&world);
    let one = world.open();
    let other = Store::open(&world.file(), &Secret::Password(PASSWORD.into()), installation("乙")).expect("opened beside");
    let people = |store: &Store| call(store, "record.list", json!({ "record": "person", "count": true, "limit": 1 }))["total"].as_i64();
    let before = people(&other);
    let (started, has_started) = mpsc::channel();
    let (tried, was_tried) = mpsc::channel::<()>();
    let writer = &one;
    std::thread::scope(|threads| {
        let writing = threads.spawn(move || {
            writer.write(Step::new("长时间导入"), |tx| {
                tx.add(&unionbook_core::people::Person::named("占用"))?;
                started.send(()).expect("told");
                was_tried.recv_timeout(Duration::from_secs(30)).expect("tried");
                Ok(())
            })
        });
        has_started.recv().expect("it writes");
        assert_eq!(people(&other), before, "the other reads what was there");
        let refused = dispatch(&other, "record.save", json!({ "record": "person", "values": { "name": "等不到" } }));
        let report = refused.expect_err("it cannot write").report();
        assert_eq!((report.code, report.hint.is_empty()), ("busy", false), "and is told so: {report:?}");
        assert!(report.message.contains("“经办人甲”从 ") && report.message.contains("起正在写入"), "and who is in the way: {report:?}");
        tried.send(()).expect("told");
        assert!(writing.join().expect("it ends").is_ok(), "the one that wrote was not disturbed");
    });
    assert_eq!(people(&other), before.map(|count| count + 1), "then the other sees it");
    call(&other, "record.save", json!({ "record": "person", "values": { "name": "等到了" } }));
    assert_eq!(people(&one), people(&other), "and the first sees what the other wrote");
}
