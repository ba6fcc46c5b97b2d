//! A small JSON file of the settings folder, read whole and written whole.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::marker::PhantomData;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result, file_error};
use crate::store::write_whole;

/// A file that holds one value; where there is none, the value is the default one.
pub(super) struct Shelf<T> {
    path: PathBuf,
    lock: Mutex<()>,
    holds: PhantomData<fn() -> T>,
}

impl<T: Default + Serialize + DeserializeOwned> Shelf<T> {
    /// Names the file; touches no disk.
    pub fn new(path: PathBuf) -> Self {
        Self { path, lock: Mutex::default(), holds: PhantomData }
    }

    /// Reads the value; a file that cannot be understood is set aside, never deleted, and counts as none.
    pub fn read(&self) -> Result<T> {
        let _alone = self.alone();
        self.found()
    }

    /// Reads the value, changes it and writes it whole; another program that does the same waits meanwhile.
    pub fn change(&self, change: impl FnOnce(&mut T)) -> Result<()> {
        let _alone = self.alone();
        let folder = self.path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|source| file_error(folder, "建立文件夹", &source))?;
        let _others = self.locked();
        let mut value = self.found()?;
        change(&mut value);
        let text = serde_json::to_vec_pretty(&value).map_err(|fault| Error::Usage(format!("无法写出设置（{fault}）")))?;
        write_whole(&self.path, &text)
    }

    fn found(&self) -> Result<T> {
        match fs::read(&self.path) {
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_else(|_| self.set_aside())),
            Err(source) if source.kind() == ErrorKind::NotFound => Ok(T::default()),
            Err(source) => Err(file_error(&self.path, "读取设置", &source)),
        }
    }

    fn set_aside(&self) -> T {
        let _ = fs::rename(&self.path, self.path.with_extension("damaged.json"));
        T::default()
    }

    /// Keeps other programs out while it is held; a disk that takes no lock is no reason to forget things.
    fn locked(&self) -> Option<File> {
        let file = File::options().create(true).truncate(false).write(true).open(self.path.with_extension("lock")).ok()?;
        file.lock().ok().map(|()| file)
    }

    fn alone(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
