//! Backups put in the place of a file, whole or not at all.
//!
//! A file is three or five files: itself, its keys, its write-ahead log, its witness. No rename moves them all at once, so what is
//! to be done is written down beside the file first; whoever opens the file next ends what was cut off.

use std::fs;
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::account::{Right, Role, role_in};
use super::backup::{copy_into, copy_sidecar, free_name};
use super::files::{beside, stem, sync_folder, with, write_whole};
use super::open::unlock;
use super::readers::FIRST;
use super::sidecar::Sidecar;
use super::{Secret, connect};
use crate::error::{Error, Refusal, Result, file_error};
use crate::record::Code;

/// What a restore has still to do, by the names of files in the folder.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    /// The checked copy of the backup.
    draft: PathBuf,
    /// Whether keys belong to it.
    keys: bool,
    /// What the file that was there, or what was left of it, is called from now on; nothing where nothing was.
    aside: Option<PathBuf>,
    /// Whether the file that was there is the new one as it was before, and goes once the new one was opened.
    #[serde(default)]
    spent: bool,
}

/// What a file consists of, the file itself last. Its log may not stay where another file comes: SQLite would take it for that one's.
const PARTS: [&str; 5] = ["-wal", "-shm", ".witness", ".keys", ""];

/// Puts a backup in the place of a file. The backup is opened and checked first; the file that was there is set aside, never deleted.
/// Gives where it was set aside; nothing where there was none.
pub fn restore(from: &Path, secret: &Secret, file: &Path) -> Result<Option<PathBuf>> {
    end(file)?;
    let (key, by) = unlock(from, secret)?;
    let draft = beside(file, "restore");
    let source = connect::reader(from, &key, FIRST)?;
    may(role_in(&source, &by)?)?;
    let copied = copy_into(&source, &key, &draft).and_then(|()| copy_sidecar(from, &draft));
    drop(source);
    let plan = Plan { keys: Sidecar::path(&draft).exists(), aside: aside_of(file, "恢复前"), draft, spent: false };
    let written = copied.and_then(|()| write_plan(file, &plan));
    written.inspect_err(|_| super::discard(&plan.draft))?;
    carry_out(file, &plan)?;
    Ok(plan.aside.filter(|aside| aside.exists()))
}

/// Refuses a backup of which somebody else's password was given than a 管理员's.
fn may(role: Role) -> Result<()> {
    if role.may(Right::Manage) {
        return Ok(());
    }
    let message = format!("恢复备份由管理员办理，您在这个备份里的角色是“{}”，不能办。", role.label());
    Err(Error::Forbidden(Refusal::new(message, "请管理员用自己的账号恢复。")))
}

/// Plans that a checked copy with its keys takes the place of a file, which is the same as it was before and goes afterwards.
pub(super) fn plan_swap(file: &Path, draft: &Path) -> Result<Plan> {
    let plan = Plan { draft: draft.into(), keys: true, aside: aside_of(file, "重写前"), spent: true };
    write_plan(file, &plan)?;
    Ok(plan)
}

/// Whether a swap is planned that was not carried out.
pub(super) fn is_pending(file: &Path) -> bool {
    read_plan(file).is_ok_and(|plan| plan.is_some_and(|plan| at(file, &plan.draft).exists()))
}

/// Removes the file that was made anew, now that the new one was opened.
pub(super) fn finish(file: &Path) -> Result<()> {
    let Some(plan) = read_plan(file)?.filter(|plan| plan.spent && !at(file, &plan.draft).exists()) else { return Ok(()) };
    if let Some(aside) = &plan.aside {
        super::discard(&at(file, aside));
    }
    fs::remove_file(plan_path(file)).map_err(|source| file_error(file, "写入", &source))
}

/// Ends a restore of this file that was cut off, where one was.
pub(super) fn end(file: &Path) -> Result<()> {
    read_plan(file)?.map_or(Ok(()), |plan| carry_out(file, &plan))
}

/// What is planned for a file; a plan that cannot be understood is none.
fn read_plan(file: &Path) -> Result<Option<Plan>> {
    match fs::read(plan_path(file)) {
        Ok(text) => Ok(serde_json::from_slice(&text).ok()),
        Err(source) if source.kind() == NotFound => Ok(None),
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

fn aside_of(file: &Path, why: &str) -> Option<PathBuf> {
    let is_there = PARTS.iter().any(|end| with(file, end).exists());
    is_there.then(|| free_name(file.parent().unwrap_or(Path::new("")), &format!("{}-{why}", stem(file))))
}

/// Does what the plan says and was not done before; a second time does nothing more.
pub(super) fn carry_out(file: &Path, plan: &Plan) -> Result<()> {
    let done = (|| {
        if at(file, &plan.draft).exists() {
            set_aside(file, plan)?;
            put_in_place(file, plan)?;
        }
        sync_folder(file)?;
        if plan.spent { Ok(()) } else { fs::remove_file(plan_path(file)) }
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
    for end in if is_begun { &[][..] } else { &PARTS } {
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
