//! Keeping an office file safe: another password, and a backup put in its place.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Desk;
use super::arrival::{Arrival, Whence};
use super::elsewhere::well;
use super::files::{lay, secret, whole};
use super::strength::strong_enough;
use crate::error::{Result, refused};
use crate::record::Wire;
use crate::store::{RecoveryKey, Secret, Sidecar, Store, restore as put_back};

/// Another password for the open file.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct NewPassword {
    /// The password so far.
    pub old: String,
    /// The password from now on: at least six characters, and not guessed at once.
    pub new: String,
}

/// A backup to put in the place of a file.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Restoring {
    /// The backup.
    pub backup: PathBuf,
    /// Whose password it is; may be left out where the backup has one account.
    #[serde(default)]
    pub account: Option<String>,
    /// The password of the backup's day.
    #[serde(default)]
    pub password: Option<String>,
    /// The backup's recovery key.
    #[serde(default)]
    pub recovery: Option<String>,
    /// The file that it takes the place of; what is there is set aside and never deleted.
    pub path: PathBuf,
}

/// What putting a backup back did.
#[derive(Debug, Serialize, Wire)]
pub struct Restored {
    /// Where the file that was there lies now; nothing where there was none.
    pub aside: Option<PathBuf>,
}

/// Gives whoever has the file open another password; refuses a wrong old one. Backups made before keep the password that they have.
pub fn password(desk: &Desk, ask: &NewPassword) -> Result<()> {
    let store = desk.store()?;
    strong_enough(&ask.new, store.clerk())?;
    if store.session().account.is_none() {
        return refused("现在是用恢复密钥打开的，没有“现在的密码”。", "请在账号列表里为账号重设密码。");
    }
    desk.attempts.of(store.path(), store.now().at, || Sidecar::read(store.path())?.open(Some(store.clerk()), &ask.old))?;
    store.set_password(&ask.new)
}

/// Puts a backup in the place of a file and opens it; refuses a backup that its password does not open or that is not sound.
pub fn restore(desk: &Desk, ask: &Restoring) -> Result<Restored> {
    let secret = secret(ask.account.as_deref(), ask.password.as_deref(), ask.recovery.as_deref())?;
    let (backup, path) = (whole(&ask.backup)?, whole(&ask.path)?);
    well(&path)?;
    desk.attempts.of(&backup, (desk.place.clock)().at, || opens(&backup, &secret))?;
    if desk.on_desk().is_some_and(|store| store.path() == path) {
        desk.put(None);
    }
    let aside = put_back(&backup, &secret, &path)?;
    lay(desk, Store::open(&path, &secret, desk.place.access(None)?)?, None);
    // A note that cannot be kept is no reason to call the restore a failure.
    let _ = desk.memory.arrived(&path, Some(Arrival { whence: Whence::Backup, at: (desk.place.clock)().at, by: None }));
    Ok(Restored { aside })
}

/// Asks whether a password or recovery key fits a file, before anything is closed for it.
fn opens(file: &Path, secret: &Secret) -> Result<()> {
    match secret {
        Secret::Password(password) => Sidecar::read(file)?.open(None, password).map(drop),
        Secret::Account(name, password) => Sidecar::read(file)?.open(Some(name), password).map(drop),
        Secret::Recovery(text) => RecoveryKey::read(text).map(drop),
    }
}
