//! The desk: which office file is open on this PC, what runs on it, and what this PC remembers.
//!
//! The window and the host beside it hold one [`Desk`] and pass every call to [`Desk::rpc`], from as many threads as they like. The
//! desk runs the commands that need no open file itself and hands the others to the open store. Nothing here names a noun.

mod arrival;
mod attempts;
mod backups;
mod bug;
mod command;
mod copies;
mod elsewhere;
mod files;
mod holding;
mod installation;
mod jobs;
mod keeping;
mod memory;
mod merging;
mod place;
mod shelf;
mod strength;
mod takeover;
mod thin;
mod turns;

use std::sync::{Arc, Mutex, PoisonError, RwLock};

use serde_json::Value as Json;

pub use arrival::{Arrival, Whence, settled};
pub use attempts::Attempts;
pub use backups::{BackupNow, Kept, LastBackup, backup, keep};
pub use command::Command;
pub use copies::{BackupCopy, copies};
pub use elsewhere::{Bringing, Elsewhere, Lies, bring, lies, well};
pub use files::{
    Backups, DeskState, Filling, Founding, Names, NewDemo, NewFile, NewOffice, OnDisk, OpenOffice, Opening, Topmost, accounts, backups,
    close, create, demo, forget, open, state,
};
pub use holding::{Holding, drop_holding, holding};
pub use installation::installation;
pub use jobs::{JobName, progress, stop};
pub use keeping::{NewPassword, Restored, Restoring, password, restore};
pub use memory::{RecentOffice, Remembering, recall, remember};
pub use merging::{Comparing, MergeClash, MergeCount, MergeFile, MergeProblem, OtherFile, compare, merge};
pub use place::{Place, documents, settings_folder, user};
pub use strength::{Strength, Thought, strength_of, strong_enough};
pub use takeover::{ParcelFound, TakeOver, parcel, take_over};

use crate::api::{self, Watch};
use crate::commands::DESK;
use crate::error::{Error, Result};
use crate::store::Store;
use jobs::Jobs;
use memory::Memory;

/// What lies on this PC's desk.
pub struct Desk {
    place: Place,
    open: RwLock<Option<Arc<Store>>>,
    jobs: Jobs,
    memory: Memory,
    attempts: Attempts,
    /// Why the last backup did not come about.
    failed: Mutex<Option<String>>,
}

impl Desk {
    /// Sets up a desk with no file open; touches no disk.
    pub fn new(place: Place) -> Self {
        let (memory, attempts) = (Memory::new(&place.folder), Attempts::new(&place.folder));
        Self { attempts, place, open: RwLock::default(), jobs: Jobs::default(), memory, failed: Mutex::default() }
    }

    /// Runs a command with its payload and gives its answer; `job` names it where it can be watched and stopped from another call.
    ///
    /// A command that needs an open file is [`Error::Closed`] where none is; a panic in one is [`Error::Bug`], and the file stays as
    /// it was.
    pub fn rpc(&self, command: &str, payload: Json, job: Option<&str>) -> Result<Json> {
        let running = job.map(|name| self.jobs.start(name)).transpose()?;
        let watch = |progress| running.as_ref().map_or(Ok(()), |running| running.tell(progress));
        bug::caught(command, || self.run(command, payload, &watch))
    }

    fn run(&self, command: &str, payload: Json, watch: Watch<'_>) -> Result<Json> {
        match DESK.iter().find(|known| known.name == command) {
            Some(known) => {
                self.on_desk().map_or(Ok(()), |store| store.allow(known.right, known.label))?;
                backups::before(self, command);
                (known.run)(self, payload, watch)
            }
            None => {
                backups::before(self, command);
                api::dispatch_watched(&*self.store()?, command, payload, watch)
            }
        }
    }

    /// Gives the open file.
    fn store(&self) -> Result<Arc<Store>> {
        self.on_desk().ok_or(Error::Closed)
    }

    fn on_desk(&self) -> Option<Arc<Store>> {
        self.open.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes the file off the desk, after a backup of what was done since the last.
    fn shut(&self) {
        // Off the desk first: whoever comes back while the backup is written opens it anew, and is not closed by its end.
        let before = self.open.write().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(store) = before {
            backups::closing(self, &store);
        }
    }

    fn failed(&self) -> Option<String> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn tell_failed(&self, why: Option<String>) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = why;
    }

    /// Puts a file on the desk, or none; calls that still work at the one before end undisturbed.
    fn put(&self, store: Option<Arc<Store>>) {
        let before = std::mem::replace(&mut *self.open.write().unwrap_or_else(PoisonError::into_inner), store);
        drop(before);
    }
}
