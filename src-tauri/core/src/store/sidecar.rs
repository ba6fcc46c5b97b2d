//! The sidecar: a small versioned file beside the office file, from which each account's password opens the file key.
//!
//! Version 2 has a ring for each account: its private key wrapped by its password, and the file key sealed to its public key.
//! Version 1 wrapped the file key by one password; it is still read, and becomes version 2 at the first opening. Anybody can edit
//! the sidecar: what it says of names serves the choice on screen, and whom the file takes in stands in the file alone.

use std::io::ErrorKind::NotFound;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cost::Cost;
use super::files::{with, write_whole};
use super::key::FileKey;
use super::pair::{KeyPair, PublicKey, SealedKey};
use super::sealed::{Sealed, hex, random, unhex};
use crate::error::{Error, Refusal, Result, file_error, refused};
use crate::outside::within;

/// How the file key is kept for those who may open the file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sidecar {
    version: u32,
    /// The wraps of version 1; an older program finds the list empty and says that the file is newer.
    wraps: Vec<Wrap>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    accounts: Vec<Ring>,
}

/// A wrap of version 1: the file key under a password.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Wrap {
    /// `password` or `recovery`.
    by: String,
    cost: Option<Cost>,
    salt: String,
    #[serde(flatten)]
    key: Sealed,
}

/// The keys of one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ring {
    /// The account's name, as it is offered before the file is open.
    pub name: String,
    /// The public half of its pair.
    pub public: String,
    cost: Cost,
    salt: String,
    /// The private half, under the password.
    private: Sealed,
    /// The file key, sealed to the pair.
    key: SealedKey,
}

/// How a file key was come by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum By {
    /// The one password of version 1.
    OnePassword(String),
    /// The password of an account: its public key, and its name as the sidecar has it.
    Account(PublicKey, String),
    /// The recovery key.
    Recovery,
}

const VERSION: u32 = 2;

impl Ring {
    /// Makes a new pair for an account and wraps it by a password.
    pub fn new(name: &str, password: &str, key: &FileKey, cost: Cost) -> Result<Self> {
        let (cost, salt, pair): (Cost, [u8; 16], _) = (cost.here(), random()?, KeyPair::random()?);
        let private = Sealed::new(&cost.derive(password, &salt)?, &pair.private())?;
        Ok(Self { name: name.into(), public: pair.public().text(), cost, salt: hex(&salt), private, key: pair.public().seal(key)? })
    }

    /// Opens the file key by the password, and tells whose pair it was: of its private half, whatever the ring says.
    fn open(&self, password: &str) -> Result<Option<(FileKey, PublicKey)>> {
        let Some(salt) = unhex(&self.salt) else { return Ok(None) };
        let pair = self.private.open(&self.cost.derive(password, &salt)?).map(KeyPair::of);
        Ok(pair.and_then(|pair| Some((pair.open(&self.key)?, pair.public()))))
    }

    /// The same ring under another name.
    pub fn called(&self, name: String) -> Self {
        Self { name, ..self.clone() }
    }

    /// The same ring for another file key, which needs no password.
    pub fn resealed(&self, public: PublicKey, key: &FileKey) -> Result<Self> {
        Ok(Self { key: public.seal(key)?, ..self.clone() })
    }
}

impl Sidecar {
    /// The longest sidecar that is read, in bytes: that of thousands of accounts.
    pub(super) const LONGEST: u64 = 4 << 20;

    /// Where the sidecar of a file lies: beside it, `.keys` added to its name.
    pub fn path(file: &Path) -> PathBuf {
        with(file, ".keys")
    }

    /// A sidecar of these rings.
    pub fn of(accounts: Vec<Ring>) -> Self {
        Self { version: VERSION, wraps: Vec::new(), accounts }
    }

    /// Reads the sidecar of a file.
    pub fn read(file: &Path) -> Result<Self> {
        let path = Self::path(file);
        let bytes = within(&path, Self::LONGEST).map_err(|source| missing(&path, &source))?;
        let spoilt = || {
            Error::Damaged(Refusal::new(format!("钥匙文件“{}”已损坏。", path.display()), "请从备份里复制同名钥匙文件，或用恢复密钥打开。"))
        };
        let found: Self = serde_json::from_slice(&bytes.ok_or_else(spoilt)?).map_err(|_| spoilt())?;
        if found.version > VERSION { Err(Error::Newer(format!("钥匙文件“{}”", path.display()))) } else { Ok(found) }
    }

    /// What the sidecar of a file says at this moment; nothing where there is none.
    pub fn bytes(file: &Path) -> Option<Vec<u8>> {
        within(&Self::path(file), Self::LONGEST).ok().flatten()
    }

    /// Writes the sidecar of a file, whole or not at all.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::Usage(error.to_string()))?;
        write_whole(&Self::path(file), &text)
    }

    /// The names of the accounts, each once; none in version 1.
    pub fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for ring in &self.accounts {
            if !names.contains(&ring.name) {
                names.push(ring.name.clone());
            }
        }
        names
    }

    /// The rings of the accounts.
    pub fn rings(&self) -> &[Ring] {
        &self.accounts
    }

    /// Whether it has rings: from version 2 on.
    pub fn has_rings(&self) -> bool {
        !self.accounts.is_empty()
    }

    /// Opens the file key by a password, of an account where there are several; tells how it was come by.
    pub fn open(&self, account: Option<&str>, password: &str) -> Result<(FileKey, By)> {
        if !self.has_rings() {
            return self.open_first(password);
        }
        for ring in self.of_name(account)? {
            if let Some((key, public)) = ring.open(password)? {
                return Ok((key, By::Account(public, ring.name.clone())));
            }
        }
        wrong_password()
    }

    /// The rings to try: two of one name while a password is being changed.
    fn of_name(&self, account: Option<&str>) -> Result<Vec<&Ring>> {
        let names = self.names();
        let Some(name) = account.or(names.first().filter(|_| names.len() == 1).map(String::as_str)) else {
            return refused(format!("这个台账有 {} 个账号：{}。", names.len(), names.join("、")), "请说明用哪个账号打开。");
        };
        let found: Vec<_> = self.accounts.iter().filter(|ring| ring.name == name).collect();
        if found.is_empty() {
            return refused(format!("这个台账没有名为“{name}”的账号，有：{}。", names.join("、")), "请核对姓名，或请管理员为您新增账号。");
        }
        Ok(found)
    }

    fn open_first(&self, password: &str) -> Result<(FileKey, By)> {
        for wrap in self.wraps.iter().filter(|wrap| wrap.by == "password") {
            let Some((cost, salt)) = wrap.cost.zip(unhex(&wrap.salt)) else { continue };
            if let Some(key) = wrap.key.open(&cost.derive(password, &salt)?) {
                return Ok((FileKey(key), By::OnePassword(password.to_owned())));
            }
        }
        wrong_password()
    }
}

fn wrong_password<T>() -> Result<T> {
    Err(Error::Locked(Refusal::new("密码不对，打不开台账。", "请检查大小写和输入法；忘记密码时请管理员重设，或用打印的恢复密钥打开。")))
}

fn missing(path: &Path, source: &std::io::Error) -> Error {
    if source.kind() == NotFound {
        let message = format!("找不到钥匙文件“{}”，没有它密码不起作用。", path.display());
        return Error::Locked(Refusal::new(message, "请把它和台账文件放回同一文件夹（每份备份里都有），或用打印的恢复密钥打开。"));
    }
    file_error(path, "读取", source)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail by panicking")]

    use super::super::key::RecoveryKey;
    use super::*;

    fn key() -> FileKey {
        RecoveryKey::random().unwrap().file_key()
    }

    fn ring(name: &str, password: &str, key: &FileKey) -> Ring {
        Ring::new(name, password, key, Cost::LEAST).unwrap()
    }

    #[test]
    fn each_account_s_password_opens_its_own_ring_alone() {
        let key = key();
        let sidecar = Sidecar::of(vec![ring("甲", "甲的密码", &key), ring("乙", "乙的密码", &key)]);
        for name in ["甲", "乙"] {
            let (opened, by) = sidecar.open(Some(name), &format!("{name}的密码")).unwrap();
            assert!(opened == key, "{name} opens the file key");
            assert!(matches!(by, By::Account(_, of) if of == name), "and is known by it");
        }
        assert!(matches!(sidecar.open(Some("甲"), "乙的密码"), Err(Error::Locked(_))), "another's password does not");
        assert!(matches!(sidecar.open(None, "甲的密码"), Err(Error::Refused(_))), "with several accounts one is named");
        assert!(matches!(sidecar.open(Some("丙"), "甲的密码"), Err(Error::Refused(_))), "and known");
    }

    #[test]
    fn an_account_is_known_by_its_private_key_whatever_the_ring_says() {
        let key = key();
        let (own, other) = (ring("甲", "一", &key), ring("乙", "二", &key));
        let forged = Ring { name: "乙".into(), public: other.public.clone(), ..own.clone() };
        let (_, by) = Sidecar::of(vec![forged]).open(None, "一").unwrap();
        assert_eq!(by, By::Account(PublicKey::read(&own.public).unwrap(), "乙".into()), "a name can be forged, a key cannot");
    }

    #[test]
    fn a_new_file_key_reaches_an_account_without_its_password() {
        let (before, after) = (key(), key());
        let old = ring("甲", "甲的密码", &before);
        let new = old.resealed(PublicKey::read(&old.public).unwrap(), &after).unwrap();
        let (opened, _) = Sidecar::of(vec![new]).open(None, "甲的密码").unwrap();
        assert!(opened == after && opened != before, "the same password opens the new key");
    }
}
