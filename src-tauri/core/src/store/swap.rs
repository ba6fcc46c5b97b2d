//! The whole file made anew beside itself, which then takes its own place: under another key, or without what was erased.

use std::fs;
use std::path::Path;
use std::sync::PoisonError;
use std::time::Duration;

use rusqlite::Connection;

use super::files::{beside, discard};
use super::{FileKey, Store, held, restore};
use crate::error::{Error, Result};

impl Store {
    /// Lets `make` write the file anew, with its keys, at the place that it is given, and puts what it made in the file's place; `key`
    /// is what the new file lies under. Refuses where another program has the file open. Until the swap a failure leaves everything as
    /// it was; what a power cut left half done is ended when the file is opened.
    pub(super) fn swap<T>(&self, what: &str, key: &FileKey, make: impl FnOnce(&Connection, &Path) -> Result<T>) -> Result<T> {
        let mut writer = held(&self.writer);
        self.readers.close();
        alone(&writer)?;
        let draft = beside(&self.path, what);
        let _ = fs::remove_file(&draft);
        let made = make(&writer, &draft);
        let planned = made.and_then(|made| Ok((made, restore::plan_swap(&self.path, &draft)?)));
        let (made, plan) = planned.inspect_err(|_| {
            discard(&draft);
            release(&writer);
        })?;
        let mut own = self.key.write().unwrap_or_else(PoisonError::into_inner);
        // The old file is closed before it is moved; whoever opens it in between finds the plan.
        *writer = Connection::open_in_memory()?;
        restore::carry_out(&self.path, &plan)?;
        self.go_on(key.clone(), &mut writer)?;
        *own = key.clone();
        restore::finish(&self.path)?;
        Ok(made)
    }
}

/// Sees to it that nobody else has the file open, and keeps it so: only then its log can be left, for which everybody must be gone.
fn alone(writer: &Connection) -> Result<()> {
    let mode: String = writer.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get(0))?;
    if mode != "delete" {
        return Err(Error::Busy("台账文件".into()));
    }
    // The lock outlives its transaction, in which SQLite would copy nothing.
    let locked = writer.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");
    Ok(locked.inspect_err(|_| release(writer))?)
}

/// Lets others in again; the lock goes with the next look at the file.
fn release(writer: &Connection) {
    let _ = writer.execute_batch("PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_master; PRAGMA journal_mode = WAL");
}

/// The folders that copies are worked on in: merged from, tried.
const FOLDERS: [&str; 2] = ["merge-", "trial-"];
/// What is older than this nobody works on any more.
const OLD: Duration = Duration::from_secs(3_600);

/// What the file is called while it is made anew.
const DRAFTS: [&str; 2] = ["rekey-", "scrub-"];

/// Removes what a cut left of copies that never came into use. A draft is nobody's now, since the file is open; a folder may be another
/// program's until it is old.
pub fn sweep(file: &Path) {
    let name = format!(".{}.", file.file_name().unwrap_or_default().to_string_lossy());
    let Ok(entries) = fs::read_dir(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        let own = entry.file_name().to_string_lossy().strip_prefix(&name).map(str::to_owned);
        let is_old = || entry.metadata().and_then(|facts| facts.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD));
        match own {
            Some(what) if DRAFTS.iter().any(|draft| what.starts_with(draft)) => drop(fs::remove_file(entry.path())),
            Some(what) if FOLDERS.iter().any(|folder| what.starts_with(folder)) && is_old() => drop(fs::remove_dir_all(entry.path())),
            _ => {}
        }
    }
}
