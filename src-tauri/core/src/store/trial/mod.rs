//! The light part of what `cargo xtask trust` tries, on copies of the office's own file: so that an office sees on its own PC what it
//! relies on. The file itself is only read.

mod bytes;
mod copies;

use copies::Copy;
use serde::Serialize;

use super::Store;
use super::check::check_open;
use crate::error::Result;
use crate::record::Wire;

/// Something that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Trial {
    /// What was tried, in plain words.
    pub what: &'static str,
    /// How often.
    pub tried: u64,
    /// How often it held.
    pub held: u64,
    /// What was done, so that the number says something.
    pub how: &'static str,
}

impl Trial {
    fn of(what: &'static str, how: &'static str, held: impl IntoIterator<Item = bool>) -> Self {
        let (mut tried, mut good) = (0, 0);
        held.into_iter().for_each(|held| (tried, good) = (tried + 1, good + u64::from(held)));
        Self { what, tried, held: good, how }
    }
}

/// A trial that is to come: its name for whoever watches, and what does it to a copy of the file.
type Attempt = (&'static str, fn(&Store, &Copy) -> Result<Trial>);

/// All are done to one copy; the one that changes what it says comes last.
const ATTEMPTS: [Attempt; 6] = [
    ("检查文件", whole),
    ("打开备份", copies::backup_opens),
    ("打断一步", copies::cut_off),
    ("改坏副本", bytes::damage_is_noticed),
    ("查找明文", bytes::nothing_in_the_clear),
    ("撤销重做", copies::undone),
];

/// Tries everything; tells `watch` what comes next, and ends where that says so.
pub fn trials(store: &Store, mut watch: impl FnMut(&'static str, u64, u64) -> Result<()>) -> Result<Vec<Trial>> {
    let all = ATTEMPTS.len() as u64;
    watch("做副本", 0, all)?;
    let (copy, mut done) = (Copy::of(store)?, Vec::new());
    for (at, (name, attempt)) in (0..).zip(ATTEMPTS) {
        watch(name, at, all)?;
        done.push(attempt(store, &copy)?);
    }
    Ok(done)
}

fn whole(store: &Store, _: &Copy) -> Result<Trial> {
    let findings = check_open(store)?;
    let held = findings.iter().map(|finding| finding.wrong == 0);
    Ok(Trial::of("台账文件完好", "逐页检查，逐项核对记录之间的关系、副本和操作记录", held))
}
