//! The backups of a file that lie ready to be put in its place.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};
use serde::Serialize;

use super::Desk;
use super::files::{OnDisk, whole};
use super::installation::installation;
use super::thin::stamped;
use crate::error::Result;
use crate::record::Wire;
use crate::store::{AUTOMATIC, Mark, Whose, stem};

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
    /// Whose it is where it is not known to be this file's of this PC: 另一台电脑的, 本机另一份台账的, 不知是哪台电脑的.
    pub whose: Option<&'static str>,
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
/// hand there, and what was set aside beside it; behind them what of its name may be another's. A folder that is not there has none.
pub fn copies(desk: &Desk, ask: &OnDisk) -> Result<Vec<BackupCopy>> {
    let path = whole(&ask.path)?;
    let beside = path.parent().unwrap_or(Path::new(".")).to_path_buf();
    let of = Of { name: stem(&path), mark: Mark::of(&installation(&desk.place.folder).unwrap_or_default(), &path) };
    let mut found = of.backups(&beside.join(AUTOMATIC), AUTOMATIC, |_| Whose::Own);
    found.extend(aside(&beside, &of.name));
    if let Some(chosen) = desk.memory.known(&path).and_then(|known| known.backups).map(PathBuf::from) {
        found.extend(of.in_chosen(&chosen));
    }
    let mut seen = HashSet::new();
    found.retain(|copy| seen.insert(copy.path.clone()));
    found.sort_by(|one, other| {
        let order = one.whose.is_some().cmp(&other.whose.is_some());
        order.then_with(|| other.at.cmp(&one.at)).then_with(|| one.path.cmp(&other.path))
    });
    Ok(found)
}

/// Of which file backups are looked for.
struct Of {
    name: String,
    mark: Mark,
}

impl Of {
    /// The backups of the file's name in a folder that several may have chosen.
    fn in_chosen(&self, chosen: &Path) -> Vec<BackupCopy> {
        let mut found = self.backups(chosen, "备份", |behind| self.mark.whose(behind));
        for (name, entry) in entries(chosen) {
            let Some(mark) = name.strip_prefix(AUTOMATIC) else { continue };
            // The earlier version's folder bears no mark.
            let whose = self.mark.whose(mark.strip_prefix('-').unwrap_or_default());
            found.extend(self.backups(&entry.path(), AUTOMATIC, |_| whose));
        }
        found
    }

    /// The backups of the file's name in a folder; `whose` reads what stands behind the moment in a name.
    fn backups(&self, folder: &Path, why: &'static str, whose: impl Fn(&str) -> Whose) -> Vec<BackupCopy> {
        let of = |(own, entry): (String, fs::DirEntry)| {
            let (at, behind) = stamped(&self.name, &own)?;
            let (at, bytes) = (at.format(AT).to_string(), entry.metadata().ok()?.len());
            Some(BackupCopy { path: entry.path(), at, bytes, why, whose: said(whose(behind)) })
        };
        entries(folder).filter_map(of).collect()
    }
}

/// Whose a backup is, in words; nothing for the file's own.
fn said(whose: Whose) -> Option<&'static str> {
    match whose {
        Whose::Own => None,
        Whose::OtherFile => Some("本机另一份台账的"),
        Whose::OtherPc => Some("另一台电脑的"),
        Whose::Unknown => Some("不知是哪台电脑的"),
    }
}

fn entries(folder: &Path) -> impl Iterator<Item = (String, fs::DirEntry)> {
    let entries = fs::read_dir(folder).ok().into_iter().flatten().flatten();
    entries.map(|entry| (entry.file_name().to_string_lossy().into_owned(), entry))
}

const AT: &str = "%Y-%m-%d %H:%M";

fn aside(folder: &Path, name: &str) -> Vec<BackupCopy> {
    let of = |(own, entry): (String, fs::DirEntry)| {
        let rest = own.strip_prefix(name)?.strip_prefix('-')?.strip_suffix(".unionbook")?;
        let (_, why) = ASIDE.into_iter().find(|(word, _)| rest.starts_with(word))?;
        let file = entry.metadata().ok()?;
        let at = DateTime::<Local>::from(file.modified().ok()?).format(AT).to_string();
        Some(BackupCopy { path: entry.path(), at, bytes: file.len(), why, whose: None })
    };
    entries(folder).filter_map(of).collect()
}
