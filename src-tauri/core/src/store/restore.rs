//! Backups put in the place of a file, whole or not at all.
//!
//! A file is three or five files: itself, its keys, its write-ahead log, its witness. No rename moves them all at once, so what is
//! to be done is written down beside the file first; whoever opens the file next ends what was cut off.

use std::fs::{self, File};
use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::account::{Right, Role, role_in};
use super::backup::{copy_into, copy_sidecar, free_name};
use super::files::{RESTORING, beside, stem, sync_folder, with, write_whole};
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
const PARTS: [&str; 6] = ["-journal", "-wal", "-shm", ".witness", ".keys", ""];

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
    carry_out(file, &plan).inspect_err(|_| abandon(file, &plan))?;
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
    finish(file)?;
    if read_plan(file)?.is_some() {
        return Err(Error::Busy("上次换钥匙以前的文件".into()));
    }
    let plan = Plan { draft: draft.into(), keys: true, aside: aside_of(file, "重写前"), spent: true };
    write_plan(file, &plan)?;
    Ok(plan)
}

/// Whether a swap is planned that was not carried out.
pub(super) fn is_pending(file: &Path) -> bool {
    read_plan(file).is_ok_and(|plan| plan.is_some_and(|plan| at(file, &plan.draft).exists()))
}

/// Removes the file as it was before, now that the new one was opened; where that does not go yet, it is tried when the file is opened
/// again. Without the new file and its keys, the old ones are all there is.
pub(super) fn finish(file: &Path) -> Result<()> {
    let Some(plan) = read_plan(file)?.filter(|plan| plan.spent && !at(file, &plan.draft).exists()) else { return Ok(()) };
    if !file.exists() || !Sidecar::path(file).exists() {
        return Ok(());
    }
    if let Some(aside) = plan.aside.map(|aside| at(file, &aside)) {
        super::discard(&aside);
        if aside.exists() || Sidecar::path(&aside).exists() {
            return Ok(());
        }
    }
    removed(&plan_path(file)).map_err(|source| file_error(file, "写入", &source))
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
    with(file, RESTORING)
}

fn write_plan(file: &Path, plan: &Plan) -> Result<()> {
    let text = serde_json::to_vec(plan).map_err(|error| crate::error::Error::Usage(error.to_string()))?;
    write_whole(&plan_path(file), &text)
}

fn aside_of(file: &Path, why: &str) -> Option<PathBuf> {
    let is_there = PARTS.iter().any(|end| with(file, end).exists());
    is_there.then(|| free_name(file.parent().unwrap_or(Path::new("")), &format!("{}-{why}", stem(file))))
}

/// Does what the plan says and was not done before; a second time does nothing more. Two programs may find one plan: the second waits
/// until the first is done.
pub(super) fn carry_out(file: &Path, plan: &Plan) -> Result<()> {
    let done = (|| {
        let turn = match File::open(plan_path(file)) {
            Err(source) if source.kind() == NotFound => return Ok(()),
            opened => opened?,
        };
        // Where a disk knows no locks, what follows is what it always was.
        let _ = turn.lock();
        if at(file, &plan.draft).exists() {
            set_aside(file, plan)?;
            put_in_place(file, plan)?;
        }
        sync_folder(file)?;
        if plan.spent { Ok(()) } else { removed(&plan_path(file)) }
    })();
    done.map_err(|source| file_error(file, "恢复", &source))
}

/// Takes back what was done of a plan that failed before the new file was in place; what cannot be taken back is done when the file is
/// opened again.
pub(super) fn abandon(file: &Path, plan: &Plan) {
    let draft = at(file, &plan.draft);
    if !draft.exists() {
        return;
    }
    if plan.keys && !Sidecar::path(&draft).exists() {
        let _ = rename(&Sidecar::path(file), &Sidecar::path(&draft));
    }
    let aside = plan.aside.as_ref().map(|aside| at(file, aside));
    for (end, aside) in PARTS.iter().rev().zip(aside.iter().cycle()) {
        if !with(file, end).exists() {
            let _ = rename(&with(aside, end), &with(file, end));
        }
    }
    let is_back = file.exists() && (Sidecar::path(file).exists() || !plan.keys);
    if is_back || aside.is_none() {
        super::discard(&draft);
        let _ = fs::remove_file(plan_path(file));
    }
}

/// A file of the plan, in the folder where the office file lies now.
fn at(file: &Path, named: &Path) -> PathBuf {
    file.with_file_name(named.file_name().unwrap_or_default())
}

/// Moves the file and what belongs to it out of the way, the file itself last.
fn set_aside(file: &Path, plan: &Plan) -> std::io::Result<()> {
    // Where its keys are in place already, everything else was moved before.
    if plan.keys && !Sidecar::path(&at(file, &plan.draft)).exists() {
        return Ok(());
    }
    let planned = plan.aside.as_ref().map(|aside| at(file, aside));
    // What came here since the plan was made goes to a place of its own.
    let Some(aside) = planned.filter(|aside| !aside.exists() || !file.exists()).or_else(|| aside_of(file, "恢复前")) else {
        return Ok(());
    };
    PARTS.iter().try_for_each(|end| rename(&with(file, end), &with(&aside, end)))
}

fn put_in_place(file: &Path, plan: &Plan) -> std::io::Result<()> {
    let draft = at(file, &plan.draft);
    if plan.keys {
        rename(&Sidecar::path(&draft), &Sidecar::path(file))?;
    }
    if let Some(aside) = aside_of(file, "恢复前").filter(|_| file.exists()) {
        fs::rename(file, aside)?;
    }
    fs::rename(&draft, file)
}

/// Removes a file that may have been removed before.
fn removed(path: &Path) -> std::io::Result<()> {
    match fs::remove_file(path) {
        Err(source) if source.kind() == NotFound => Ok(()),
        done => done,
    }
}

/// Moves a file that may have been moved before.
fn rename(from: &Path, to: &Path) -> std::io::Result<()> {
    match fs::rename(from, to) {
        Err(source) if source.kind() == NotFound => Ok(()),
        done => done,
    }
}
