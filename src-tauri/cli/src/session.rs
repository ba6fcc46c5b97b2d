//! Opening files as this installation and this clerk, and calling commands on them.

use std::env;
use std::io::{IsTerminal, Write};
use std::path::{Path, absolute};
use std::sync::Arc;

use serde_json::{Value as Json, json};
use unionbook_core::api;
use unionbook_core::desk::{Attempts, installation, settings_folder, user, well};
use unionbook_core::error::{Error, Refusal, Result, file_error};
use unionbook_core::modules::Registry;
use unionbook_core::store::{Access, Clerk, Cost, Now, Secret, Store};

use crate::args::Common;
use crate::line::Line;
use crate::secrets;

/// One run of the program.
pub struct Session {
    /// What every command takes.
    pub common: Common,
}

impl Session {
    /// Starts a run.
    pub fn new(common: Common) -> Self {
        Self { common }
    }

    /// Opens a file; refuses one that lies where none must be worked on.
    pub fn open(&self, path: &Path) -> Result<Store> {
        at_home(path)?;
        let first = self.account().map_or_else(|| Clerk::as_before_or(user()), Clerk::from);
        let (secret, access) = (self.secret()?, self.access(first)?);
        self.attempt(path, || Store::open(path, &secret, access))
    }

    /// Tries what a password opens; wrong ones are counted and have to wait as in the window.
    pub fn attempt<T>(&self, path: &Path, open: impl FnOnce() -> Result<T>) -> Result<T> {
        Attempts::new(&settings_folder()?).of(path, chrono::Local::now().timestamp(), open)
    }

    /// What opens a file: a password, of an account where one is named, or the recovery key.
    pub fn secret(&self) -> Result<Secret> {
        secrets::secret(&self.common, self.account().as_deref())
    }

    /// How this installation opens files.
    pub fn access(&self, clerk: Clerk) -> Result<Access> {
        let clock = Arc::new(|| Now::of(chrono::Local::now()));
        Ok(Access {
            registry: Arc::new(Registry::shipped()),
            clock,
            installation: installation(&settings_folder()?)?,
            clerk,
            cost: Cost::REAL,
        })
    }

    /// The account that the command line or the environment names.
    fn account(&self) -> Option<String> {
        let given = self.common.account.clone().or_else(|| env::var("UNIONBOOK_ACCOUNT").ok()).or_else(|| env::var("UNIONBOOK_CLERK").ok());
        given.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty())
    }

    /// Whose the first account of a new file is: named, or asked for where somebody can answer, else the user of the PC.
    pub fn first_clerk(&self) -> Clerk {
        self.account().or_else(ask_clerk).unwrap_or_else(user).into()
    }
}

/// Refuses a file on a share, in a folder that a program syncs or on a stick, as the window does; one that is to be made, too.
pub fn at_home(path: &Path) -> Result<()> {
    well(&absolute(path).map_err(|source| file_error(path, "打开", &source))?).map_err(|error| match error {
        Error::File(told) => Error::File(Refusal::new(
            told.message,
            "请先放到本机的磁盘上：unionbook-cli restore 那里的文件 本机的新文件（钥匙文件要在一起），再对本机的这一份操作；那里的文件不变。",
        )),
        other => other,
    })
}

fn ask_clerk() -> Option<String> {
    if !std::io::stdin().is_terminal() {
        return None;
    }
    let _ = write!(std::io::stderr(), "管理员姓名（直接回车用“{}”）：", user());
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).ok()?;
    Some(line.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Calls a command.
pub fn call(store: &Store, command: &str, payload: Json) -> Result<Json> {
    api::dispatch(store, command, payload)
}

/// Calls a command that may take long; on a terminal a line tells how far it has come.
pub fn call_long(store: &Store, command: &str, payload: Json, json: bool) -> Result<Json> {
    let line = Line::new(json);
    api::dispatch_watched(store, command, payload, &|progress| {
        line.tell(progress);
        Ok(())
    })
}

/// Finds a unit by its code.
pub fn unit_of(store: &Store, code: &str) -> Result<i64> {
    let ask = json!({ "record": "unit", "filters": [{ "field": "code", "op": "is", "value": code }], "limit": 1 });
    let found = call(store, "record.list", ask)?;
    let id = found.pointer("/rows/0/id").and_then(Json::as_i64);
    id.ok_or_else(|| Error::Gone(format!("编号为“{code}”的组织")))
}
