//! A world to test in: a file in a folder of its own, with a clock that the test sets.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::NaiveDate;
use tempfile::TempDir;
use unionbook_core::modules::{Module, Registry};
use unionbook_core::store::{Access, Cost, Now, Secret, Store};

/// The password of every test file.
pub const PASSWORD: &str = "测试用密码";

/// An office file in a folder that goes with the test.
pub struct World {
    /// The folder.
    pub folder: TempDir,
    /// The file's registry.
    pub registry: Arc<Registry>,
}

impl World {
    /// A world with the shipped modules.
    pub fn new() -> Self {
        Self::with([])
    }

    /// A world with further modules.
    pub fn with(modules: impl IntoIterator<Item = Module>) -> Self {
        let registry = modules.into_iter().fold(Registry::shipped(), Registry::with);
        Self { folder: TempDir::new().expect("a folder for the test"), registry: Arc::new(registry) }
    }

    /// Where the office file lies.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("测试.unionbook")
    }

    /// How this installation opens files.
    pub fn access(&self) -> Access {
        access(Arc::clone(&self.registry))
    }

    /// Makes the office file.
    pub fn create(&self) -> Store {
        Store::create(&self.file(), PASSWORD, self.access()).expect("a new file").0
    }

    /// Opens the office file, if it opens.
    pub fn try_open(&self) -> unionbook_core::Result<Store> {
        Store::open(&self.file(), &Secret::Password(PASSWORD.into()), self.access())
    }

    /// Opens the office file again.
    pub fn open(&self) -> Store {
        self.try_open().expect("the file opens")
    }
}

/// How the installation of every test opens files: at one moment, by one clerk.
pub fn access(registry: Arc<Registry>) -> Access {
    let now = Now { at: 1_793_491_200, today: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day") };
    Access { registry, clock: Arc::new(move || now), installation: "甲".into(), clerk: "经办人甲".into(), cost: Cost::LEAST }
}
