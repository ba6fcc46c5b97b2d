//! Who writes a file at the moment, told beside it to other programs that have to wait.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Local};

use super::files::{note, with};
use crate::error::Error;

/// A note beside the file, gone when the step is done; a killed program leaves it, and it is read only while somebody has to wait.
pub struct Writing(PathBuf);

impl Writing {
    /// Puts the note there; a disk that takes none is no reason not to write.
    pub fn begin(file: &Path, clerk: &str, at: i64) -> Self {
        let note = Self::path(file);
        let _ = fs::write(&note, format!("{at} {clerk}"));
        Self(note)
    }

    /// Where the note lies.
    pub fn path(file: &Path) -> PathBuf {
        with(file, ".writing")
    }

    /// Says who is in the way, where an error says that somebody is.
    pub fn named(file: &Path, error: Error) -> Error {
        let told = note(&Self::path(file));
        match (error, told.as_deref().and_then(|note| note.split_once(' '))) {
            (Error::Busy(what), Some((at, clerk))) => {
                let since = at.parse().ok().and_then(|at| DateTime::from_timestamp(at, 0));
                let since = since.map(|at| at.with_timezone(&Local).format("从 %H:%M 起").to_string()).unwrap_or_default();
                Error::Busy(format!("{what}（“{clerk}”{since}正在写入）"))
            }
            (error, _) => error,
        }
    }
}

impl Drop for Writing {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}
