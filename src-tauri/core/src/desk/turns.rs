//! Turns: of several programs and threads that want the same file, one after the other.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::error::{Error, Result};

/// How long somebody waits for a turn, and how often is looked.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(20);
/// How many there are; files share them by chance.
const MANY: u8 = 16;

/// The locks, in a folder of small empty files.
pub(super) struct Turns(PathBuf);

impl Turns {
    /// Names the folder; touches no disk.
    pub fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// Waits for a file's turn, which lasts as long as what is given, and ends with the program at the latest. A disk that takes no lock
    /// is no reason to keep an office closed; [`Error::Busy`] where another one does not come to its end.
    pub fn take(&self, file: &Path) -> Result<Option<File>> {
        let Some(lock) = self.lock(file) else { return Ok(None) };
        let since = Instant::now();
        loop {
            match lock.try_lock() {
                Ok(()) => return Ok(Some(lock)),
                Err(TryLockError::Error(_)) => return Ok(None),
                Err(TryLockError::WouldBlock) if since.elapsed() > PATIENCE => return Err(Error::Busy("台账文件".into())),
                Err(TryLockError::WouldBlock) => sleep(LOOK),
            }
        }
    }

    fn lock(&self, file: &Path) -> Option<File> {
        fs::create_dir_all(&self.0).ok()?;
        let [drawn, ..] = *blake3::hash(file.to_string_lossy().as_bytes()).as_bytes();
        File::options().create(true).truncate(false).write(true).open(self.0.join(format!("{:02}.lock", drawn % MANY))).ok()
    }
}
