//! The offices that are measured: made once in a folder, opened for reading, copied for writing.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{Local, NaiveDate};
use serde_json::Value as Json;
use unionbook_core::calendar::Month;
use unionbook_core::demo::{self, Counts, Scale};
use unionbook_core::modules::Registry;
use unionbook_core::record::{Id, Row};
use unionbook_core::store::{Access, Cost, Now, Secret, Step, Store};
use unionbook_core::units::Unit;
use unionbook_core::{Result, api};

use crate::Outcome;

/// The password of every office here.
pub const PASSWORD: &str = "demo";
/// The seed of the demonstrations.
const SEED: u64 = 1;

/// Where the offices lie and how large the largest is.
pub struct Folder {
    /// The folder.
    pub path: PathBuf,
    /// The scale of the large office.
    pub scale: Scale,
}

impl Default for Folder {
    fn default() -> Self {
        Self { path: "target/bench".into(), scale: Scale::Province }
    }
}

/// Finds a scale by its word.
pub fn scale(word: &str) -> Outcome<Scale> {
    Scale::named(word).ok_or_else(|| format!("no scale “{word}”").into())
}

/// The last month of the demonstrations.
pub fn until() -> Month {
    Month::of(NaiveDate::from_ymd_opt(2026, 10, 1).unwrap_or_default())
}

fn access(cost: Cost) -> Access {
    let registry = Arc::new(Registry::shipped());
    let clock = Arc::new(|| Now::of(Local::now()));
    Access { registry, clock, installation: "bench".into(), clerk: "经办人".into(), cost }
}

impl Folder {
    /// The path of something in the folder.
    pub fn at(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Opens the large office; makes it where it is not there.
    pub fn large(&self) -> Outcome<Store> {
        self.of_scale(self.scale)
    }

    /// Opens the demonstration of a scale; makes it where it is not there.
    pub fn of_scale(&self, scale: Scale) -> Outcome<Store> {
        let path = self.demo_path(scale);
        if !path.exists() {
            self.fill(scale)?;
        }
        open(&path, Cost::LEAST)
    }

    fn demo_path(&self, scale: Scale) -> PathBuf {
        self.at(&format!("{}.unionbook", scale.word()))
    }

    /// Makes the demonstration of a scale anew; a file that was not finished is never left under its name.
    pub fn fill(&self, scale: Scale) -> Outcome<Counts> {
        let making = self.at("making.unionbook");
        remove(&making);
        let store = Store::create(&making, PASSWORD, access(Cost::LEAST))?.0;
        let counts = demo::fill(&store, scale, SEED, until(), &mut |_, _| Ok(()))?;
        drop(store);
        let path = self.demo_path(scale);
        rename(&making, &path)?;
        Ok(counts)
    }

    /// Opens a copy of the large office that may be changed.
    pub fn copy(&self, scale: Scale, name: &str) -> Outcome<Store> {
        self.copy_at(scale, name, Cost::LEAST)
    }

    /// Opens a copy of a demonstration; a password that it is given takes so much to try.
    pub fn copy_at(&self, scale: Scale, name: &str, cost: Cost) -> Outcome<Store> {
        drop(self.of_scale(scale)?);
        let (from, to) = (self.demo_path(scale), self.at(name));
        remove(&to);
        fs::copy(keys(&from), keys(&to))?;
        fs::copy(&from, &to)?;
        // The first flush of what is measured would wait for the copy.
        fs::File::open(&to)?.sync_all()?;
        open(&to, cost)
    }

    /// Makes an empty office of one union, whose code is `1`.
    pub fn empty(&self, name: &str) -> Outcome<Store> {
        let path = self.at(name);
        remove(&path);
        let store = Store::create(&path, PASSWORD, access(Cost::LEAST))?.0;
        call(&store, "units.open", serde_json::json!({ "code": "1", "name": "示例工会", "level": "基层" }))?;
        Ok(store)
    }
}

fn open(path: &Path, cost: Cost) -> Outcome<Store> {
    Ok(Store::open(path, &Secret::Password(PASSWORD.into()), access(cost))?)
}

/// Gives an office that is closed another name.
pub fn rename(from: &Path, to: &Path) -> Outcome<()> {
    remove(to);
    fs::rename(keys(from), keys(to))?;
    Ok(fs::rename(from, to)?)
}

fn keys(file: &Path) -> PathBuf {
    let mut path = file.as_os_str().to_owned();
    path.push(".keys");
    path.into()
}

/// Removes an office with all its files.
pub fn remove(file: &Path) {
    for ending in ["", ".keys", "-wal", "-shm"] {
        let mut path = file.as_os_str().to_owned();
        path.push(ending);
        // What is not there need not go.
        let _ = fs::remove_file(PathBuf::from(path));
    }
}

/// The bytes of an office's file.
pub fn size(file: &Path) -> f64 {
    fs::metadata(file).map_or(f64::NAN, |found| found.len() as f64)
}

/// Asks a command, as a window or the command line would.
pub fn call(store: &Store, command: &str, payload: Json) -> Result<Json> {
    api::dispatch(store, command, payload)
}

/// The union at the top.
pub fn top(store: &Store) -> Outcome<Id<Unit>> {
    let found = store.read(|db| db.one::<i64>("SELECT id FROM unit WHERE parent IS NULL ORDER BY id LIMIT 1", []))?;
    found.map(Id::new).ok_or_else(|| "the office has no union".into())
}

/// How many rows a table has.
pub fn rows<T: Row>(store: &Store) -> Outcome<i64> {
    let sql = format!("SELECT count(*) FROM {}", T::NAME);
    Ok(store.read(|db| db.one(&sql, []))?.unwrap_or_default())
}

/// A step for a measurement.
pub fn step() -> Step {
    Step::new("测量")
}
