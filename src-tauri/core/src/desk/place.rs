//! What the desk gets from outside: where settings lie, the clock, the user of the PC.

use std::env;
use std::path::PathBuf;
use std::sync::Arc;

use crate::error::{Error, Refusal, Result};
use crate::modules::Registry;
use crate::store::{Access, Clerk, Clock, Cost};

/// Where the desk stands.
#[derive(Clone)]
pub struct Place {
    /// The folder for this program's settings.
    pub folder: PathBuf,
    /// The folder that the user keeps documents in.
    pub documents: PathBuf,
    /// The records of the app.
    pub registry: Arc<Registry>,
    /// The clock.
    pub clock: Clock,
    /// Who works where nobody says so: the user of the PC.
    pub user: String,
    /// What a password's wrap costs.
    pub cost: Cost,
}

impl Place {
    /// The real one: the shipped records, the user's folder and name.
    pub fn shipped(clock: Clock) -> Result<Self> {
        Ok(Self {
            folder: settings_folder()?,
            documents: documents(),
            registry: Arc::new(Registry::shipped()),
            clock,
            user: user(),
            cost: Cost::REAL,
        })
    }

    /// How files are opened here, by a clerk or by the one of before.
    pub(super) fn access(&self, clerk: Option<&str>) -> Result<Access> {
        let clerk = clerk.map(str::trim).filter(|name| !name.is_empty());
        Ok(Access {
            registry: Arc::clone(&self.registry),
            clock: Arc::clone(&self.clock),
            installation: super::installation(&self.folder)?,
            clerk: clerk.map_or_else(|| Clerk::as_before_or(self.user.clone()), Clerk::from),
            cost: self.cost,
        })
    }
}

/// `UNIONBOOK_HOME`, or the folder for programs' settings of the user.
pub fn settings_folder() -> Result<PathBuf> {
    let given = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let settings = || given("XDG_CONFIG_HOME").or_else(|| given("APPDATA")).or_else(|| given("HOME").map(|home| home.join(".config")));
    given("UNIONBOOK_HOME")
        .or_else(|| settings().map(|folder| folder.join("unionbook")))
        .ok_or_else(|| Error::File(Refusal::new("找不到存放本程序设置的文件夹。", "请设置环境变量 UNIONBOOK_HOME，指向一个固定的文件夹。")))
}

/// The folder that the user keeps documents in: the system's own where it has one, else the user's.
pub fn documents() -> PathBuf {
    let given = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let home = given("HOME").or_else(|| given("USERPROFILE")).unwrap_or_else(env::temp_dir);
    let named = given("XDG_DOCUMENTS_DIR").into_iter().chain(["文档", "Documents"].map(|name| home.join(name)));
    named.into_iter().find(|folder| folder.is_dir()).unwrap_or(home)
}

/// The user of the PC, as the system calls them.
pub fn user() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"].iter().filter_map(|name| env::var(name).ok());
    names.map(|name| name.trim().to_owned()).find(|name| !name.is_empty()).unwrap_or_else(|| "经办人".into())
}
