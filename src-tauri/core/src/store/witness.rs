//! A small witness beside the file: it remembers the last acknowledged step, so that a lost end of the file is noticed.
//!
//! SQLite reads a file whose write-ahead log was cut off or deleted as if the steps in it had never been. The witness is written
//! after each commit, in place and without a sync: it says nothing that is not already safe in the file, and one that is torn or
//! missing raises no alarm. Its line is `1 step tag`; the tag is keyed by the file's own key over the file's identity and the step,
//! so that another file's witness, and one that somebody wrote by hand, count for nothing.

use std::fs::{File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use serde::Serialize;

use super::files::{note, with};
use super::held;
use super::key::FileKey;
use crate::record::Wire;

/// What the end of a file lacks of what was once acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
pub struct LostEnd {
    /// The last step that was acknowledged.
    pub acknowledged: i64,
    /// The last step that the file has; 0 where it has none.
    pub found: i64,
}

impl LostEnd {
    /// Says in a sentence what is missing.
    pub fn words(self) -> String {
        let Self { acknowledged, found } = self;
        format!("上次已保存到第 {acknowledged} 步，现在文件里只到第 {found} 步，最后 {} 步不见了", acknowledged - found)
    }
}

/// The open witness of a file.
pub struct Witness {
    tag: [u8; 32],
    file: Mutex<Option<File>>,
}

impl Witness {
    /// Where the witness of a file lies: beside it, `.witness` added to its name.
    pub fn path(file: &Path) -> PathBuf {
        with(file, ".witness")
    }

    /// Opens the witness of a file that holds steps up to `last`, and says what the file lacks of what the witness saw.
    ///
    /// Where it cannot be opened or written, as on a read-only disk, the file has none and is worked on all the same.
    pub fn open(path: &Path, key: &FileKey, origin: &str, last: i64) -> (Self, Option<LostEnd>) {
        let tag = key.tag("unionbook 2026 witness of the last step", origin);
        let seen = note(&Self::path(path)).and_then(|line| read(&line, &tag));
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(Self::path(path)).ok();
        let witness = Self { tag, file: Mutex::new(file) };
        let lost = seen.filter(|seen| *seen > last).map(|acknowledged| LostEnd { acknowledged, found: last });
        if lost.is_none() && seen != Some(last) {
            witness.saw(last);
        }
        (witness, lost)
    }

    /// Remembers that a step was acknowledged.
    pub fn saw(&self, step: i64) {
        if let Some(file) = held(&self.file).as_mut() {
            let line = line(step, &self.tag);
            let _ = file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(line.as_bytes()));
        }
    }
}

/// Always as long as any other, so that it is written over in place.
fn line(step: i64, tag: &[u8; 32]) -> String {
    format!("1 {step:020} {}\n", blake3::keyed_hash(tag, &step.to_le_bytes()).to_hex())
}

fn read(text: &str, tag: &[u8; 32]) -> Option<i64> {
    let step = text.split(' ').nth(1)?.parse().ok()?;
    (text == line(step, tag)).then_some(step)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn a_line_that_is_torn_changed_or_another_file_s_says_nothing() {
        let tag = [7; 32];
        let whole = line(12, &tag);
        assert_eq!(read(&whole, &tag), Some(12), "its own line is read");
        assert_eq!(read(&whole, &[8; 32]), None, "another file's is not");
        assert_eq!(read(&whole.replace("12 ", "13 "), &tag), None, "a changed one is not");
        assert_eq!(read(whole.get(..40).unwrap(), &tag), None, "a torn one is not");
        assert_eq!(whole.len(), line(i64::MAX, &tag).len(), "each is as long as any other");
    }
}
