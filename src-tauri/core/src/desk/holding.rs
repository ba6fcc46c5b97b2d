//! Backups that were made before an erasure still hold who was erased: how many there are, until when they thin out, and taking them away.

use std::path::Path;
use std::time::UNIX_EPOCH;

use chrono::{DateTime, Days, Local, NaiveDate, NaiveDateTime};
use serde::Serialize;

use super::Desk;
use super::copies::{BackupCopy, copies};
use super::files::OnDisk;
use super::thin::{LONGEST, stamp};
use crate::api::Nothing;
use crate::error::{Result, file_error};
use crate::record::Wire;
use crate::store::{AUTOMATIC, Sidecar, Witness, stem};

/// The backups that still hold who was erased.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct Holding {
    /// The backups, the newest first.
    pub copies: Vec<BackupCopy>,
    /// The day on which the last of those that were made by themselves thins out; nothing where there is none of them.
    pub until: Option<NaiveDate>,
    /// How many were made by hand or set aside, and go by nobody's doing.
    pub by_hand: usize,
    /// How many more there are of then in the folder that was chosen, of others or of nobody knows whom; they are left alone.
    pub apart: usize,
}

/// Tells which backups of the open file were made before the last erasure; only folders that this PC knows of are looked into.
pub fn holding(desk: &Desk, _: &Nothing) -> Result<Holding> {
    let store = desk.store()?;
    let Some(erased) = store.erased_at()?.and_then(|at| DateTime::from_timestamp(at, 0)) else { return Ok(Holding::default()) };
    let (name, erased) = (stem(store.path()), erased.with_timezone(&Local).naive_local());
    let known = copies(desk, &OnDisk { path: store.path().to_owned() })?;
    let mut found = Holding::default();
    for copy in known {
        let Some(at) = made(&name, &copy.path).filter(|at| *at <= erased) else { continue };
        if copy.whose.is_some() {
            found.apart += 1;
            continue;
        }
        if copy.why == AUTOMATIC {
            let gone = at.date() + Days::new(LONGEST);
            found.until = Some(found.until.map_or(gone, |until: NaiveDate| until.max(gone)));
        } else {
            found.by_hand += 1;
        }
        found.copies.push(copy);
    }
    Ok(found)
}

/// Removes this file's own backups that [`holding`] tells of; gives how many. A newer one without the erased must be there first.
pub fn drop_holding(desk: &Desk, ask: &Nothing) -> Result<usize> {
    let found = holding(desk, ask)?;
    if !found.copies.is_empty() {
        super::backups::fresh(desk)?;
    }
    for copy in &found.copies {
        std::fs::remove_file(&copy.path).map_err(|source| file_error(&copy.path, "删除备份", &source))?;
        for beside in [Sidecar::path(&copy.path), Witness::path(&copy.path)] {
            let _ = std::fs::remove_file(beside);
        }
    }
    Ok(found.copies.len())
}

/// When a backup was made: by its name, or by its file where its name does not say.
fn made(stem: &str, path: &Path) -> Option<NaiveDateTime> {
    let name = path.file_name()?.to_string_lossy();
    stamp(stem, &name).or_else(|| {
        let since = path.metadata().ok()?.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(DateTime::from_timestamp(i64::try_from(since.as_secs()).ok()?, 0)?.with_timezone(&Local).naive_local())
    })
}
