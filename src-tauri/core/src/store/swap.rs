//! The file to oneself, for another key: it is made anew beside itself and takes its own place.

use std::fs;
use std::path::Path;
use std::sync::PoisonError;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rusqlite::Connection;

use super::connect::PATIENCE;
use super::files::{beside, discard};
use super::{FileKey, Store, held, restore};
use crate::error::{Error, Result};

/// How long it is waited for everybody else to be gone, and how long from one look to the next.
const LONGEST: Duration = Duration::from_secs(2);
const BETWEEN: Duration = Duration::from_millis(20);

impl Store {
    /// Does something to the whole file while nobody else has it open; refuses where another program has. Readers of this program wait.
    pub(super) fn alone<T>(&self, act: impl FnOnce(&mut Connection, &mut FileKey) -> Result<T>) -> Result<T> {
        let mut writer = held(&self.writer);
        self.unmoved()?;
        let mut key = self.key.write().unwrap_or_else(PoisonError::into_inner);
        let _shut = self.readers.shut();
        self.seize(&writer)?;
        let done = act(&mut writer, &mut key);
        release(&writer);
        done
    }

    /// Sees to it that nobody else has the file open, and keeps it so: only then its log can be left, for which everybody must be gone.
    fn seize(&self, writer: &Connection) -> Result<()> {
        writer.busy_timeout(Duration::ZERO)?;
        // A reader that is at work is given back a moment later.
        let (since, mut is_left) = (Instant::now(), leave_log(writer)?);
        while !is_left && since.elapsed() < LONGEST {
            sleep(BETWEEN);
            is_left = leave_log(writer)?;
        }
        writer.busy_timeout(PATIENCE)?;
        if is_left { Ok(()) } else { Err(Error::Busy("台账文件".into())) }
    }

    /// Lets `make` write the file anew, with its keys, at the place that it is given, and puts what it made in the file's place; `key`
    /// is what the new file lies under, another than so far, so that whoever waited finds out. A failure leaves everything as it was;
    /// what a power cut left half done is ended when the file is opened.
    pub(super) fn swap<T>(&self, what: &str, key: &FileKey, make: impl FnOnce(&Connection, &Path) -> Result<T>) -> Result<T> {
        self.alone(|writer, own| {
            let draft = beside(&self.path, what);
            let _ = fs::remove_file(&draft);
            let made = make(writer, &draft);
            let planned = made.and_then(|made| Ok((made, restore::plan_swap(&self.path, &draft)?)));
            let (made, plan) = planned.inspect_err(|_| discard(&draft))?;
            // The old file is closed before it is moved; whoever opens it in between finds the plan.
            *writer = Connection::open_in_memory()?;
            let swapped = restore::carry_out(&self.path, &plan).and_then(|()| self.go_on(key.clone(), writer));
            if let Err(error) = swapped {
                restore::abandon(&self.path, &plan);
                // Whichever of the two lies there now is gone on with.
                if self.go_on(own.clone(), writer).is_err() && self.go_on(key.clone(), writer).is_ok() {
                    *own = key.clone();
                }
                return Err(error);
            }
            *own = key.clone();
            restore::finish(&self.path)?;
            Ok(made)
        })
    }
}

/// Leaves the log behind and keeps the lock that this takes, without a moment in between for anybody else; says whether that was possible.
fn leave_log(writer: &Connection) -> Result<bool> {
    writer.execute_batch("PRAGMA locking_mode = EXCLUSIVE")?;
    let is_left = match writer.query_row("PRAGMA journal_mode = DELETE", [], |row| row.get::<_, String>(0)).map_err(Error::from) {
        Err(Error::Busy(_)) => false,
        mode => mode? == "delete",
    };
    if !is_left {
        let _ = writer.execute_batch(NORMAL);
    }
    Ok(is_left)
}

/// The lock goes with the next look at the file.
const NORMAL: &str = "PRAGMA locking_mode = NORMAL; SELECT count(*) FROM sqlite_master";

/// Lets others in again.
fn release(writer: &Connection) {
    let _ = writer.execute_batch(NORMAL).and_then(|()| writer.execute_batch("PRAGMA journal_mode = WAL"));
}

/// The folders that copies are worked on in: merged from, tried.
const FOLDERS: [&str; 2] = ["merge-", "trial-"];
/// What is older than this nobody works on any more.
const OLD: Duration = Duration::from_secs(3_600);

/// What the file is called while it is made anew.
const DRAFT: &str = "rekey-";

/// Removes what a cut left of copies that never came into use. A draft is nobody's now, since the file is open; a folder may be another
/// program's until it is old.
pub fn sweep(file: &Path) {
    let name = format!(".{}.", file.file_name().unwrap_or_default().to_string_lossy());
    let Ok(entries) = fs::read_dir(file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))) else { return };
    for entry in entries.flatten() {
        let own = entry.file_name().to_string_lossy().strip_prefix(&name).map(str::to_owned);
        let is_old = || entry.metadata().and_then(|facts| facts.modified()).is_ok_and(|at| at.elapsed().is_ok_and(|age| age > OLD));
        match own {
            Some(what) if what.starts_with(DRAFT) => drop(fs::remove_file(entry.path())),
            Some(what) if FOLDERS.iter().any(|folder| what.starts_with(folder)) && is_old() => drop(fs::remove_dir_all(entry.path())),
            _ => {}
        }
    }
}
