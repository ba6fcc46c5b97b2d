//! Which file lies at a place: so that nothing is called saved that went into a file which somebody moved away or replaced.

use std::fs::Metadata;
use std::path::Path;

use crate::error::{Error, Refusal, Result};

/// What tells one file from another that takes its name; nothing where the system has no such number, or lets nobody replace an open file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp(Option<(u64, u64)>);

impl Stamp {
    /// The stamp of what lies at a place.
    pub fn of(path: &Path) -> Self {
        Self(path.metadata().ok().and_then(|facts| number(&facts)))
    }

    /// Refuses to go on where another file lies at the place, or none.
    pub fn holds(self, path: &Path) -> Result<()> {
        if self == Self::of(path) {
            return Ok(());
        }
        let message = format!("台账文件“{}”被移走、删除或换成了别的文件，这一步没有保存。", path.display());
        Err(Error::File(Refusal::new(message, "请关闭台账，把原来的文件放回去再打开；找不到的，用最近的备份恢复。")))
    }
}

#[cfg(unix)]
fn number(facts: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((facts.dev(), facts.ino()))
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> Option<(u64, u64)> {
    None
}
