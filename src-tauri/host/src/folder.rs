//! A private folder for plain text: only the user of the PC may read it, and it outlives its program at most until the next start.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::TempDir;

/// How the folders are called, and the file in each that its program holds locked while it lives.
const PREFIX: &str = "unionbook-exchange-";
const ALIVE: &str = "alive";

/// The folder, removed with all that is in it when it is dropped.
pub struct Private {
    // Declared before the folder, the file is let go of before the folder is removed.
    _alive: File,
    folder: TempDir,
}

impl Private {
    /// Makes a folder within another one.
    pub fn new(within: &Path) -> io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(within)?;
        // It gets its name once it is locked: another program that starts at this moment would take it for a dead one's.
        let unnamed = folder.path().join("locking");
        let alive = File::create_new(&unnamed)?;
        alive.lock()?;
        fs::rename(unnamed, folder.path().join(ALIVE))?;
        Ok(Self { _alive: alive, folder })
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Takes away all that was put into it.
    pub fn empty(&self) {
        for entry in fs::read_dir(self.path()).into_iter().flatten().flatten().filter(|entry| entry.file_name() != ALIVE) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }

    /// Takes away the folders of the same user whose program is no more. What is not known for one is left alone.
    pub fn sweep(&self, within: &Path) {
        for entry in fs::read_dir(within).into_iter().flatten().flatten() {
            let is_named = entry.file_name().to_string_lossy().starts_with(PREFIX) && entry.path() != self.path();
            if is_named && entry.file_type().is_ok_and(|kind| kind.is_dir()) && self.is_of_same_user(&entry) && is_dead(&entry.path()) {
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }

    #[cfg(unix)]
    fn is_of_same_user(&self, entry: &fs::DirEntry) -> bool {
        use std::os::unix::fs::MetadataExt;
        let user = |found: io::Result<fs::Metadata>| found.ok().map(|found| found.uid());
        user(entry.metadata()).is_some_and(|of| Some(of) == user(self.path().metadata()))
    }

    /// Elsewhere the folder for such files is the user's own.
    #[cfg(not(unix))]
    fn is_of_same_user(&self, _: &fs::DirEntry) -> bool {
        true
    }
}

/// Whether nobody holds a folder's file locked; one that has none may just be made.
fn is_dead(folder: &Path) -> bool {
    File::options().write(true).open(folder.join(ALIVE)).is_ok_and(|alive| alive.try_lock().is_ok())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

    use super::*;

    #[test]
    fn only_folders_whose_program_is_dead_are_taken_away() {
        let within = TempDir::new().unwrap();
        let put = |name: &str, file: &str| {
            let folder = within.path().join(name);
            fs::create_dir_all(folder.join("0")).unwrap();
            fs::write(folder.join(file), "").unwrap();
            folder
        };
        let dead = put("unionbook-exchange-a", ALIVE);
        let left = [put("unionbook-exchange-b", "other"), put("unionbook-b", ALIVE), put("else", ALIVE)];
        let (living, own) = (Private::new(within.path()).unwrap(), Private::new(within.path()).unwrap());
        own.sweep(within.path());
        assert!(!dead.exists(), "nobody holds it");
        assert!(left.iter().all(|folder| folder.join("0").exists()), "these may be anybody's");
        assert!(living.path().exists() && own.path().exists(), "these are held");
        fs::create_dir(own.path().join("0")).unwrap();
        own.empty();
        assert!(!own.path().join("0").exists(), "emptied");
        living.sweep(within.path());
        assert!(own.path().exists(), "and still held");
    }
}
