//! The backups of a file that lie ready to be put in its place.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};
use serde::Serialize;

use super::Desk;
use super::files::{OnDisk, whole};
use super::thin::stamp;
use crate::error::Result;
use crate::record::Wire;
use crate::store::{AUTOMATIC, stem};

/// A backup that lies ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct BackupCopy {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made, by this PC's clock of then: `2026-11-22 16:30`.
    pub at: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// Why there is it: 自动备份, 备份, 恢复以前的台账, 升级以前的台账, 合并以前的台账, 修复以前的台账.
    pub why: &'static str,
}

/// What a file is called that was set aside before something that changed all of it.
const ASIDE: [(&str, &str); 5] = [
    ("恢复前", "恢复以前的台账"),
    ("升级前", "升级以前的台账"),
    ("合并前", "合并以前的台账"),
    ("修复前", "修复以前的台账"),
    ("重写前", "换钥匙以前的台账"),
];

/// Lists the backups of a file, the newest first: those made by themselves beside it and in the folder that was chosen, those made by
/// hand there, and what was set aside beside it. A folder that is not there has none.
pub fn copies(desk: &Desk, ask: &OnDisk) -> Result<Vec<BackupCopy>> {
    let path = whole(&ask.path)?;
    let beside = path.parent().unwrap_or(Path::new(".")).to_path_buf();
    let chosen = desk.memory.known(&path).and_then(|known| known.backups).map(PathBuf::from);
    let automatic = [Some(&beside), chosen.as_ref()].into_iter().flatten().map(|folder| (folder.join(AUTOMATIC), AUTOMATIC));
    let folders: Vec<(PathBuf, &'static str)> = automatic.chain(chosen.clone().map(|folder| (folder, "备份"))).collect();
    let name = stem(&path);
    let mut found: Vec<BackupCopy> = folders.iter().flat_map(|(folder, why)| stamped(folder, &name, why)).collect();
    found.extend(aside(&beside, &name));
    found.sort_by(|one, other| other.at.cmp(&one.at).then_with(|| one.path.cmp(&other.path)));
    found.dedup_by(|one, other| one.path == other.path);
    Ok(found)
}

fn entries(folder: &Path) -> impl Iterator<Item = (String, fs::DirEntry)> {
    let entries = fs::read_dir(folder).ok().into_iter().flatten().flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry))
}

const AT: &str = "%Y-%m-%d %H:%M";

fn stamped(folder: &Path, name: &str, why: &'static str) -> Vec<BackupCopy> {
    let of = |(own, entry): (String, fs::DirEntry)| {
        let at = stamp(name, &own)?.format(AT).to_string();
        Some(BackupCopy { path: entry.path(), at, bytes: entry.metadata().ok()?.len(), why })
    };
    entries(folder).filter_map(of).collect()
}

fn aside(folder: &Path, name: &str) -> Vec<BackupCopy> {
    let of = |(own, entry): (String, fs::DirEntry)| {
        let rest = own.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".unionbook")?;
        let (_, why) = ASIDE.into_iter().find(|(word, _)| rest.starts_with(word))?;
        let file = entry.metadata().ok()?;
        let at = DateTime::<Local>::from(file.modified().ok()?).format(AT).to_string();
        Some(BackupCopy { path: entry.path(), at, bytes: file.len(), why })
    };
    entries(folder).filter_map(of).collect()
}
