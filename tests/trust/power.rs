//! Power cuts: what was not synced is lost in part, in any order; what was acknowledged is there all the same.
//!
//! An office works on the disk of `disk.c`, which notes every change. From the notes, the folder is made again as a power cut at any
//! moment may leave it: of each file what was synced last, and of what was written since a random choice of sectors; of the names in the
//! folder, and of renames, what was synced, and of those that came since the first few, or any of them. A rename is whole or not at all, and
//! of two that are kept the earlier one came first, as every file system has it that keeps a journal of its own.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::child::{command, faults_of};
use super::disk::{Event, events, preload};
use crate::kill::work::{self, Dice, given, work};
use crate::kill::{Said, Tally, begin, look, read, stands};
use crate::trust::{Row, many, seed};
use crate::world::World;

const ROW: Row = Row {
    name: "power",
    what: "power cut at a random moment of such work, any un-synced sectors, any un-synced new names, renames and removals dropped",
    goal: "0 acknowledged steps or backups lost, integrity clean",
};
/// Acts of an office whose work is noted, and cuts that are tried on the notes.
const ACTS: u64 = 40;
const CUTS: u64 = 25;
const SECTOR: usize = 512;

/// A file on the disk: what is safe, and what was done to it since.
#[derive(Debug, Clone, Default)]
struct Node {
    safe: Vec<u8>,
    since: Vec<Change>,
}

#[derive(Debug, Clone)]
enum Change {
    Write(usize, Vec<u8>),
    Cut(usize),
}

impl Change {
    fn apply(&self, bytes: &mut Vec<u8>) {
        match self {
            Self::Cut(length) => bytes.resize(*length, 0),
            Self::Write(at, new) => {
                bytes.resize(bytes.len().max(at + new.len()), 0);
                bytes[*at..at + new.len()].copy_from_slice(new);
            }
        }
    }

    /// The parts of it that a disk writes one by one.
    fn sectors(&self) -> Vec<Self> {
        let Self::Write(at, bytes) = self else { return vec![self.clone()] };
        let mut parts = Vec::new();
        let mut from = 0;
        while from < bytes.len() {
            let end = bytes.len().min(from + SECTOR - (at + from) % SECTOR);
            parts.push(Self::Write(at + from, bytes[from..end].to_vec()));
            from = end;
        }
        parts
    }
}

impl Node {
    fn sync(&mut self) {
        for change in std::mem::take(&mut self.since) {
            change.apply(&mut self.safe);
        }
    }

    /// What a cut may leave of it.
    fn left(&self, dice: &mut Dice) -> Vec<u8> {
        let mut bytes = self.safe.clone();
        // All of it, nothing of it, its beginning, or any of it.
        let (how, until) = (dice.below(4), dice.below(self.since.len() as u64 + 1));
        for (at, change) in self.since.iter().enumerate() {
            for part in change.sectors() {
                let kept = match how {
                    0 => true,
                    1 => false,
                    2 => (at as u64) < until,
                    _ => dice.below(2) == 0,
                };
                if kept {
                    part.apply(&mut bytes);
                }
            }
        }
        bytes
    }
}

type Names = BTreeMap<PathBuf, usize>;

/// A change of names in folders.
#[derive(Debug, Clone)]
enum Naming {
    Made(PathBuf, usize),
    Renamed(PathBuf, PathBuf),
    Removed(PathBuf),
    Folder(PathBuf),
}

impl Naming {
    fn apply(&self, names: &mut Names, folders: &mut Vec<PathBuf>) {
        match self {
            Self::Made(path, node) => drop(names.insert(path.clone(), *node)),
            Self::Removed(path) => drop(names.remove(path)),
            Self::Folder(path) => folders.push(path.clone()),
            Self::Renamed(from, to) => {
                if let Some(node) = names.remove(from) {
                    names.insert(to.clone(), node);
                }
            }
        }
    }

    fn is_in(&self, folder: &Path) -> bool {
        match self {
            Self::Made(path, _) | Self::Removed(path) | Self::Renamed(_, path) | Self::Folder(path) => path.parent() == Some(folder),
        }
    }
}

/// The disk as the notes tell it.
#[derive(Debug, Clone, Default)]
struct Disk {
    nodes: Vec<Node>,
    /// The names that are safe, and those that the running system sees.
    safe: Names,
    seen: Names,
    folders: Vec<PathBuf>,
    since: Vec<Naming>,
    numbers: HashMap<u64, usize>,
    said: Vec<u8>,
}

impl Disk {
    fn of(folder: &Path) -> Self {
        let mut disk = Self::default();
        for entry in fs::read_dir(folder).expect("listed") {
            let path = entry.expect("listed").path();
            if path.is_file() && !path.to_string_lossy().ends_with("-shm") {
                disk.safe.insert(path.clone(), disk.nodes.len());
                disk.nodes.push(Node { safe: fs::read(&path).expect("read"), since: Vec::new() });
            }
        }
        disk.seen = disk.safe.clone();
        disk
    }

    fn node(&mut self, number: u64) -> &mut Node {
        let at = self.numbers.get(&number).copied();
        self.nodes.get_mut(at.unwrap_or_else(|| panic!("node {number} was opened"))).expect("a node")
    }

    fn name(&mut self, naming: Naming) {
        naming.apply(&mut self.seen, &mut Vec::new());
        self.since.push(naming);
    }

    fn note(&mut self, event: &Event) {
        match event {
            Event::Opened { node, path } => {
                if let Some(at) = self.seen.get(path) {
                    self.numbers.insert(*node, *at);
                }
            }
            Event::Made { node, path } => {
                self.numbers.insert(*node, self.nodes.len());
                self.name(Naming::Made(path.clone(), self.nodes.len()));
                self.nodes.push(Node::default());
            }
            Event::Written { node, at, bytes } => self.node(*node).since.push(Change::Write(*at, bytes.clone())),
            Event::Cut { node, length } => self.node(*node).since.push(Change::Cut(*length)),
            Event::Synced { node } => self.node(*node).sync(),
            Event::FolderSynced { path } => {
                let since = std::mem::take(&mut self.since);
                let (now, later): (Vec<_>, Vec<_>) = since.into_iter().partition(|naming| naming.is_in(path));
                now.iter().for_each(|naming| naming.apply(&mut self.safe, &mut self.folders));
                self.since = later;
            }
            Event::Renamed { from, to } => self.name(Naming::Renamed(from.clone(), to.clone())),
            Event::Removed { path } => self.name(Naming::Removed(path.clone())),
            Event::FolderMade { path } => self.name(Naming::Folder(path.clone())),
            Event::Said(bytes) => self.said.extend(bytes),
        }
    }

    /// Makes the folder as a cut at this moment may leave it.
    fn cut(&self, from: &Path, into: &Path, dice: &mut Dice) {
        let (mut names, mut folders) = (self.safe.clone(), self.folders.clone());
        let until = usize::try_from(dice.below(self.since.len() as u64 + 1)).expect("few");
        // The first few, as on a disk that keeps their order; or any of them.
        let in_order = dice.below(2) == 0;
        for (at, naming) in self.since.iter().enumerate() {
            if if in_order { at < until } else { dice.below(2) == 0 } {
                naming.apply(&mut names, &mut folders);
            }
        }
        let placed = |path: &Path| into.join(path.strip_prefix(from).expect("in the folder"));
        folders.iter().for_each(|folder| fs::create_dir_all(placed(folder)).expect("a folder"));
        for (path, node) in names {
            // A file in a folder that is not there is not there.
            if placed(&path).parent().is_some_and(Path::is_dir) {
                fs::write(placed(&path), self.nodes[node].left(dice)).expect("written");
            }
        }
    }
}

/// Lets an office work on the noted disk.
fn record(world: &World, seed: u64) -> Option<Vec<Event>> {
    let logs = TempDir::new().expect("a folder");
    let log = logs.path().join("log");
    let mut office = command("trust::power::the_office_on_the_noted_disk");
    office.env(work::FILE, world.file()).env(work::SEED, seed.to_string()).env("UNIONBOOK_DISK_LOG", &log);
    if !preload(&mut office, world.folder.path()) {
        return None;
    }
    let output = office.output().expect("it works");
    assert!(output.status.success(), "the office works: {}", String::from_utf8_lossy(&output.stderr));
    Some(events(&fs::read(&log).expect("the notes")))
}

/// An acknowledged backup is there, and holds what it held.
fn backups_are_there(folder: &Path, backups: &BTreeMap<String, (i64, u64)>) {
    for (name, state) in backups {
        assert_eq!(stands(&folder.join("备份").join(name), 1), *state, "the acknowledged backup {name} is there");
    }
}

/// The step and the digest of the backup that was put in the file's place last.
type Base = Option<(i64, u64)>;

/// What was acknowledged in the work of one office, each once, however many cuts it was looked for after.
#[derive(Default)]
struct Acknowledged {
    /// Steps by the backup that was put back before them, where their numbers begin anew, and by number and name.
    steps: BTreeSet<(Base, i64, String)>,
    backups: BTreeSet<String>,
}

impl Acknowledged {
    fn add(&mut self, said: &Said) {
        self.steps.extend(said.done.iter().map(|(step, name)| (said.base, *step, name.clone())));
        self.backups.extend(said.backups.keys().cloned());
    }
}

/// What all offices came to.
#[derive(Debug, Default)]
struct Count {
    tally: Tally,
    steps: usize,
    backups: usize,
    /// Looks at a backup after a cut.
    backup_looks: usize,
    /// Cuts with un-synced names at stake.
    names: usize,
}

fn trial(seed: u64, cuts: u64, count: &mut Count) {
    let world = World::new();
    begin(&world);
    let known = stands(&world.file(), 0);
    let mut disk = Disk::of(world.folder.path());
    let mut dice = Dice(seed);
    let notes = record(&world, dice.next()).expect("the disk is there");
    let mut acknowledged = Acknowledged::default();
    let mut moments: Vec<usize> = (0..cuts).map(|_| usize::try_from(dice.below(notes.len() as u64 + 1)).expect("it fits")).collect();
    moments.sort_unstable();
    let mut at = 0;
    for moment in moments {
        notes[at..moment].iter().for_each(|event| disk.note(event));
        at = moment;
        let after = TempDir::new().expect("a folder");
        disk.cut(world.folder.path(), after.path(), &mut dice);
        count.names += usize::from(!disk.since.is_empty());
        let (said, file) = (read(&disk.said), after.path().join("测试.unionbook"));
        let looked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            look(&file, 1, known, &said, &mut count.tally);
            assert_eq!(faults_of(&file), [] as [&str; 0], "SQLite and SQLCipher find the file sound");
            backups_are_there(after.path(), &said.backups);
        }));
        acknowledged.add(&said);
        count.backup_looks += said.backups.len();
        if let Err(fault) = looked {
            eprintln!("cut at {moment} of {} with UNIONBOOK_TRUST_SEED={seed}: {said:?}", notes.len());
            let _ = after.keep();
            std::panic::resume_unwind(fault);
        }
    }
    count.steps += acknowledged.steps.len();
    count.backups += acknowledged.backups.len();
}

#[test]
fn a_power_cut_at_any_moment_loses_no_acknowledged_step() {
    if super::disk::library().is_none() {
        return eprintln!("power: this system does not preload libraries");
    }
    let (cuts, seed) = (many(100, 2_000), seed());
    let (mut count, mut left, mut file_seed) = (Count::default(), cuts, seed);
    while left > 0 {
        let here = left.min(CUTS);
        trial(file_seed, here, &mut count);
        left -= here;
        file_seed = Dice(file_seed).next();
    }
    let Count { tally, steps, backups, backup_looks, names } = &count;
    assert!(tally.done as u64 > cuts, "steps were acknowledged before the cuts: {count:?}");
    assert!(*steps as u64 * 2 > cuts, "and they were not the same few: {count:?}");
    assert!(*names as u64 * 20 > cuts, "names were at stake: {count:?}");
    assert!(*backups > 0 || cuts < 100, "and backups were made: {count:?}");
    let done = tally.done;
    let figure = format!(
        "0 of {steps} acknowledged steps lost (looked for {done} times), 0 of {backups} backups (looked for {backup_looks} times), 0 half \
         steps; names at stake in {names} cuts"
    );
    ROW.tell(cuts, cuts, &figure);
}

#[test]
#[ignore = "the office that the test of power cuts starts"]
fn the_office_on_the_noted_disk() {
    let file = PathBuf::from(std::env::var_os(work::FILE).expect("the file to work on"));
    work(&file, given(work::SEED).expect("a seed"), 1, ACTS);
}
