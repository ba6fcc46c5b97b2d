//! Backups that nobody has to think of (自动备份): after half an hour of work, before what changes much, and when a file is closed.
//!
//! They lie beside the file in a folder of their own, and once more in the folder that the office chose, where that is there; there each
//! PC's file has a folder of its own, since several choose the same stick or share. Each was opened, checked and counted before it is
//! called one. Only what lies in those folders is ever thinned out.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Desk;
use super::files::state;
use super::thin::{spare, stamp};
use crate::api::Nothing;
use crate::disclosure;
use crate::error::{Result, file_error};
use crate::record::Wire;
use crate::store::{Sidecar, Store, automatic, automatic_folder, backup as copy, chosen_folder, stem};

/// How many seconds of work are lost at the most.
const PAUSE: i64 = 30 * 60;
/// A file of so many bytes is not copied again before an act where it was within the pause: the act can be undone.
const HEAVY: u64 = 256 << 20;

/// What is copied first: acts that change much at once.
const BEFORE: &[&str] = &["sheet.import", "people.merge", "units.merge", "units.close", "return.consolidate", "desk.merge", "store.mend"];

/// A backup that was opened, checked and counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct LastBackup {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, in unix seconds.
    pub at: i64,
    /// The newest step that it has.
    pub step: i64,
}

/// How the open file's backups stand.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Kept {
    /// The newest one.
    pub last: Option<LastBackup>,
    /// Whether something was done since.
    pub changed: bool,
    /// Why the last try did not come about; nothing where it did.
    pub failed: Option<String>,
}

/// Why a backup is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Time,
    Act,
    Close,
}

/// A folder for one backup, made now.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct BackupNow {
    /// The folder.
    pub folder: PathBuf,
}

/// Makes a backup in a folder now, and gives its path; it is never thinned out. The disclosure log has it, and its line is the one step
/// of now that the backup lacks.
pub fn backup(desk: &Desk, ask: &BackupNow) -> Result<PathBuf> {
    let store = desk.store()?;
    let before = store.newest_step()?;
    let path = disclosure::backup(&store, &ask.folder)?;
    let after = store.newest_step()?;
    let step = if after == before + 1 { after } else { before };
    desk.memory.backed_up(store.path(), LastBackup { path: path.clone(), at: store.now().at, step })?;
    desk.tell_failed(None);
    Ok(path)
}

/// Makes a backup where half an hour of work lies behind the last one; the screen asks every minute.
pub fn keep(desk: &Desk, _: &Nothing) -> Result<super::DeskState> {
    if let Some(store) = desk.on_desk() {
        attempt(desk, &store, Why::Time);
    }
    state(desk, &Nothing {})
}

/// Makes a backup before a command that changes much.
pub(super) fn before(desk: &Desk, command: &str) {
    if !BEFORE.contains(&command) {
        return;
    }
    if let Some(store) = desk.on_desk() {
        attempt(desk, &store, Why::Act);
    }
}

/// Makes a backup of a file that is about to be closed.
pub(super) fn closing(desk: &Desk, store: &Store) {
    attempt(desk, store, Why::Close);
}

/// Makes a backup beside the open file now, whether one is due or not.
pub(super) fn fresh(desk: &Desk) -> Result<()> {
    let store = desk.store()?;
    let path = copy(&store, &automatic_folder(store.path()))?;
    spread(desk, &store, path, store.newest_step()?)
}

/// Says how a file's backups stand; `last` is the newest that is remembered.
pub(super) fn kept(desk: &Desk, store: &Store, last: Option<LastBackup>) -> Kept {
    let changed = store.newest_step().is_ok_and(|step| last.as_ref().is_none_or(|last| last.step != step));
    Kept { last, changed, failed: desk.failed() }
}

/// Makes a backup where one is due. One that fails stops nobody's work: it is said on the first page.
fn attempt(desk: &Desk, store: &Store, why: Why) {
    match due(desk, store, why).and_then(|step| step.map_or(Ok(()), |step| make(desk, store, step))) {
        Ok(()) => {}
        Err(error) => desk.tell_failed(Some(error.to_string())),
    }
}

/// The newest step, where it lies in no backup and one is due.
fn due(desk: &Desk, store: &Store, why: Why) -> Result<Option<i64>> {
    let (step, now) = (store.newest_step()?, store.now().at);
    let known = desk.memory.known(store.path());
    let opened = known.as_ref().map_or(0, |known| known.opened_at);
    let last = known.and_then(|known| known.last_backup).filter(|last| last.path.exists());
    if step == 0 || last.as_ref().is_some_and(|last| last.step == step) {
        return Ok(None);
    }
    let since = last.map_or(0, |last| last.at).max(if why == Why::Time { opened } else { 0 });
    let soon = (now - since).abs() < PAUSE;
    let heavy = || fs::metadata(store.path()).is_ok_and(|file| file.len() > HEAVY);
    let spared = soon && (why == Why::Time || why == Why::Act && heavy());
    Ok((!spared).then_some(step))
}

fn make(desk: &Desk, store: &Store, step: i64) -> Result<()> {
    spread(desk, store, automatic(store)?, step)
}

/// Notes a backup that was made beside the file, and makes another in the folder that was chosen.
fn spread(desk: &Desk, store: &Store, path: PathBuf, step: i64) -> Result<()> {
    thin(store, &automatic_folder(store.path()))?;
    desk.memory.backed_up(store.path(), LastBackup { path, at: store.now().at, step })?;
    // A stick that is not in the computer is no failure; the copy beside the file is there.
    let chosen = desk.memory.known(store.path()).and_then(|known| known.backups).map(PathBuf::from).filter(|folder| folder.is_dir());
    if let Some(folder) = chosen.map(|folder| chosen_folder(&folder, &store.mark())) {
        copy(store, &folder)?;
        thin(store, &folder)?;
    }
    desk.tell_failed(None);
    Ok(())
}

/// Thins out the backups that were made in a folder.
fn thin(store: &Store, folder: &Path) -> Result<()> {
    let stem = stem(store.path());
    let entries = fs::read_dir(folder).map_err(|source| file_error(folder, "读取", &source))?;
    let own = entries.flatten().filter_map(|entry| Some((stamp(&stem, &entry.file_name().to_string_lossy())?, entry.path()))).collect();
    for spare in spare(own, store.now().local()) {
        let _ = fs::remove_file(Sidecar::path(&spare));
        let _ = fs::remove_file(spare);
    }
    Ok(())
}
