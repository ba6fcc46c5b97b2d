//! What this PC remembers: the screen's preferences, and the files that were open lately.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::Desk;
use super::arrival::Arrival;
use super::backups::LastBackup;
use super::files::file_name;
use super::shelf::Shelf;
use crate::api::Nothing;
use crate::error::{Error, Result};
use crate::record::Wire;

/// How many files are remembered.
const RECENT: usize = 12;
/// The longest JSON text of one preference, in bytes.
const LONGEST: usize = 256 << 10;

/// A file that was open lately.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct RecentOffice {
    /// Where it lies.
    pub path: PathBuf,
    /// The file's own name.
    pub file: String,
    /// What the office was called when it was open last.
    pub name: String,
    /// When it was opened last, in unix seconds.
    pub opened_at: i64,
    /// Whether the file is still there.
    pub there: bool,
    /// Whose account opened it last here.
    #[serde(default)]
    pub account: Option<String>,
    /// The folder that its backups go to.
    #[serde(default)]
    pub backups: Option<String>,
    /// The newest backup that was made of it here.
    #[serde(default)]
    pub last_backup: Option<LastBackup>,
    /// How it came here, until what follows from it was seen to.
    #[serde(default)]
    pub arrival: Option<Arrival>,
}

impl RecentOffice {
    /// A file that is there, of which nothing more is known.
    pub(super) fn new(path: PathBuf, name: String, opened_at: i64) -> Self {
        let file = file_name(&path);
        Self { path, file, name, opened_at, there: true, account: None, backups: None, last_backup: None, arrival: None }
    }
}

/// One thing to remember.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Remembering {
    /// Its name.
    pub key: String,
    /// What to remember, up to 256 KiB of text; nothing forgets it.
    #[serde(default)]
    pub value: Json,
}

/// Gives everything that the screen remembered on this PC.
pub fn recall(desk: &Desk, _: &Nothing) -> Result<BTreeMap<String, Json>> {
    desk.memory.preferences.read()
}

/// Remembers one thing on this PC; refuses what is too long.
pub fn remember(desk: &Desk, one: &Remembering) -> Result<()> {
    if one.value.to_string().len() > LONGEST {
        return Err(Error::Usage(format!("“{}”太长，最多记住 {} KB", one.key, LONGEST >> 10)));
    }
    desk.memory.preferences.change(|all| {
        if one.value.is_null() {
            all.remove(&one.key)
        } else {
            all.insert(one.key.clone(), one.value.clone())
        };
    })
}

/// What the screen remembers of locking, and its minutes where it remembers nothing.
const LOCK: &str = "lock.minutes";
const LOCK_MINUTES: f64 = 10.0;

impl Desk {
    /// After how long without anybody the office file is locked on this PC, as the screen chose; nothing where it never is.
    pub fn locks_after(&self) -> Option<Duration> {
        let chosen = self.memory.preferences.read().ok().and_then(|all| all.get(LOCK)?.as_f64());
        let minutes = chosen.filter(|minutes| (0.0..=24.0 * 60.0).contains(minutes)).unwrap_or(LOCK_MINUTES);
        (minutes > 0.0).then(|| Duration::from_secs_f64(minutes * 60.0))
    }
}

/// The two files of the settings folder that hold it.
pub(super) struct Memory {
    preferences: Shelf<BTreeMap<String, Json>>,
    recent: Shelf<Vec<RecentOffice>>,
}

impl Memory {
    pub fn new(folder: &Path) -> Self {
        Self { preferences: Shelf::new(folder.join("preferences.json")), recent: Shelf::new(folder.join("recent.json")) }
    }

    /// The files that were open lately, the latest first, and whether each is still there.
    pub fn recent(&self) -> Result<Vec<RecentOffice>> {
        let mut recent = self.recent.read()?;
        recent.iter_mut().for_each(|office| office.there = office.path.exists());
        Ok(recent)
    }

    /// Puts a file in front; what was known of it and is not said now stays.
    pub fn opened(&self, mut office: RecentOffice) -> Result<()> {
        self.recent.change(|recent| {
            let before = recent.iter().position(|known| known.path == office.path).map(|at| recent.remove(at));
            if let Some(known) = before {
                office.account = office.account.take().or(known.account);
                office.backups = office.backups.take().or(known.backups);
                office.last_backup = office.last_backup.take().or(known.last_backup);
                office.arrival = office.arrival.take().or(known.arrival);
            }
            recent.insert(0, office);
            recent.truncate(RECENT);
        })
    }

    /// What is remembered of a file.
    pub fn known(&self, path: &Path) -> Option<RecentOffice> {
        self.recent.read().ok()?.into_iter().find(|known| known.path == path)
    }

    /// Notes a backup of a file.
    pub fn backed_up(&self, path: &Path, made: LastBackup) -> Result<()> {
        self.recent.change(|recent| {
            recent.iter_mut().filter(|known| known.path == path).for_each(|known| known.last_backup = Some(made.clone()));
        })
    }

    /// Says where a file's backups go from now on.
    pub fn set_backups(&self, path: &Path, folder: Option<&str>) -> Result<()> {
        self.recent.change(|recent| {
            recent.iter_mut().filter(|known| known.path == path).for_each(|known| known.backups = folder.map(str::to_owned));
        })
    }

    /// Notes how a file came here, or that what follows from it was seen to.
    pub fn arrived(&self, path: &Path, arrival: Option<Arrival>) -> Result<()> {
        self.recent.change(|recent| {
            recent.iter_mut().filter(|known| known.path == path).for_each(|known| known.arrival.clone_from(&arrival));
        })
    }

    /// Forgets a file; the file itself is left alone.
    pub fn forget(&self, path: &Path) -> Result<()> {
        self.recent.change(|recent| recent.retain(|known| known.path != path))
    }
}
