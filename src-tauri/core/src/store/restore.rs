//! Backups put in the place of a file, whole or not at all.
//!
//! A file is three or five files: itself, its keys, its write-ahead log, its witness. No rename moves them all at once, so what is
//! to be done is written down beside the file first; whoever opens the file next ends what was cut off.

use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::backup::{copy_into, copy_sidecar, free_name};
use super::files::{beside, stem, sync_folder, with, write_whole};
use super::key::Sidecar;
use super::readers::FIRST;
use super::{Secret, connect, unlock};
use crate::error::{Result, file_error};

/// What a restore has still to do, by the names of files in the folder.
#[derive(Debug, Serialize, Deserialize)]
struct Plan {
    /// The checked copy of the backup.
    draft: PathBuf,
    /// Whether keys belong to it.
    keys: bool,
    /// What the file that was there is called from now on; nothing where there was none.
    aside: Option<PathBuf>,
}

/// Puts a backup in the place of a file. The backup is opened and checked first; the file that was there is set aside, never deleted.
/// Gives where it was set aside.
pub fn restore(from: &Path, secret: &Secret, file: &Path) -> Result<Option<PathBuf>> {
    end(file)?;
    let key = unlock(from, secret)?;
    let draft = beside(file, "restore");
    let source = connect::reader(from, &key, FIRST)?;
    let copied = copy_into(&source, &key, &draft).and_then(|()| copy_sidecar(from, &draft));
    drop(source);
    let plan = Plan { keys: Sidecar::path(&draft).exists(), aside: aside_of(file), draft };
    let written = copied.and_then(|()| write_plan(file, &plan));
    written.inspect_err(|_| super::discard(&plan.draft))?;
    carry_out(file, &plan)?;
    Ok(plan.aside)
}

/// Ends a restore of this file that was cut off, where one was.
pub(super) fn end(file: &Path) -> Result<()> {
    match fs::read(plan_path(file)) {
        Ok(text) => serde_json::from_slice(&text).map_or(Ok(()), |plan| carry_out(file, &plan)),
        Err(source) if source.kind() == NotFound => Ok(()),
        Err(source) => Err(file_error(&plan_path(file), "读取", &source)),
    }
}

fn plan_path(file: &Path) -> PathBuf {
    with(file, ".restoring")
}

fn write_plan(file: &Path, plan: &Plan) -> Result<()> {
    let text = serde_json::to_vec(plan).map_err(|error| crate::error::Error::Usage(error.to_string()))?;
    write_whole(&plan_path(file), &text)
}

fn aside_of(file: &Path) -> Option<PathBuf> {
    file.exists().then(|| free_name(file.parent().unwrap_or(Path::new("")), &format!("{}-恢复前", stem(file))))
}

/// Does what the plan says and was not done before; a second time does nothing more.
fn carry_out(file: &Path, plan: &Plan) -> Result<()> {
    let done = (|| {
        if at(file, &plan.draft).exists() {
            set_aside(file, plan)?;
            put_in_place(file, plan)?;
        }
        sync_folder(file)?;
        fs::remove_file(plan_path(file))
    })();
    done.map_err(|source| file_error(file, "恢复", &source))
}

/// A file of the plan, in the folder where the office file lies now.
fn at(file: &Path, named: &Path) -> PathBuf {
    file.with_file_name(named.file_name().unwrap_or_default())
}

/// Moves the file and what belongs to it out of the way, the file itself last.
fn set_aside(file: &Path, plan: &Plan) -> std::io::Result<()> {
    let Some(aside) = plan.aside.as_ref().map(|aside| at(file, aside)) else { return Ok(()) };
    // Where its keys are in place already, everything else was moved before.
    let is_begun = plan.keys && !Sidecar::path(&at(file, &plan.draft)).exists();
    for end in if is_begun { &[][..] } else { &["-wal", "-shm", ".witness", ".keys", ""] } {
        rename(&with(file, end), &with(&aside, end))?;
    }
    Ok(())
}

fn put_in_place(file: &Path, plan: &Plan) -> std::io::Result<()> {
    let draft = at(file, &plan.draft);
    if plan.keys {
        rename(&Sidecar::path(&draft), &Sidecar::path(file))?;
    }
    fs::rename(&draft, file)
}

/// Moves a file that may have been moved before.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(source) if source.kind() == NotFound => Ok(()),
        done => done,
    }
}
