//! The other file, opened as a copy: it is looked at and stays as it is.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::db::Db;
use super::super::files::{beside, with};
use super::super::open::unlock;
use super::super::sidecar::{By, Sidecar};
use super::super::{Secret, Store, connect};
use crate::error::{Error, Refusal, Result, file_error};

/// A copy of the other file, which goes with this.
pub struct Other {
    // Closed before its folder goes.
    store: Store,
    _folder: Folder,
}

impl Other {
    /// Copies a file beside ours and opens the copy, by ours' own key where nothing else is given. Refuses our own file, one that is not
    /// sound, and one that the key does not open; one of an older version of the program is brought up to date in the copy.
    pub fn open(path: &Path, secret: Option<&Secret>, ours: &Store) -> Result<Self> {
        if fs::canonicalize(path).is_ok_and(|path| fs::canonicalize(ours.path()).is_ok_and(|own| own == path)) {
            return Err(Error::Refused(Refusal::new("这就是现在打开的台账，不用合并。", "请选择另一台电脑上的台账。")));
        }
        let folder = Folder::beside(ours.path())?;
        let copy = folder.copy(path)?;
        let key = secret.map_or_else(|| Ok(ours.key()), |secret| unlock(&copy, secret).map(|(key, _)| key))?;
        let connection = connect::writer(&copy, &key, false).map_err(|error| told(path, secret, error))?;
        let sound: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
        if sound != "ok" {
            return Err(damaged(path));
        }
        let store = Store::prepare(&copy, key, &By::Recovery, ours.access.clone(), connection)?;
        Ok(Self { store, _folder: folder })
    }

    /// Reads, from one state of the copy throughout.
    pub fn read<T>(&self, act: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
        self.store.read(act)
    }
}

/// A folder that goes with all that is in it.
struct Folder(PathBuf);

impl Folder {
    fn beside(path: &Path) -> Result<Self> {
        let folder = beside(path, "merge");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).map_err(|source| file_error(&folder, "建立文件夹", &source))?;
        Ok(Self(folder))
    }

    /// Copies a file with what belongs to it into the folder.
    fn copy(&self, path: &Path) -> Result<PathBuf> {
        let copy = self.0.join("other.unionbook");
        let take = |from: &Path, to: &Path| fs::copy(from, to).map(drop).map_err(|source| file_error(from, "读取", &source));
        take(path, &copy)?;
        for (from, to) in [(with(path, "-wal"), with(&copy, "-wal")), (Sidecar::path(path), Sidecar::path(&copy))] {
            if from.exists() {
                take(&from, &to)?;
            }
        }
        Ok(copy)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// What did not open: by our key that is likely another key, by its own password it is the file.
fn told(path: &Path, secret: Option<&Secret>, error: Error) -> Error {
    match (secret, error) {
        (None, Error::Damaged(_)) => Error::Locked(Refusal::new(
            format!("“{}”和本台账的钥匙不一样，要用它自己的密码打开。", path.display()),
            "请输入那台电脑上打开台账的密码，或它的恢复密钥。",
        )),
        (Some(_), Error::Damaged(_)) => damaged(path),
        (_, other) => other,
    }
}

fn damaged(path: &Path) -> Error {
    Error::Damaged(Refusal::new(
        format!("“{}”已损坏，没有合并。", path.display()),
        "请在那台电脑上运行“检查”，用“恢复”打开最近的备份，再复制一份过来。",
    ))
}
