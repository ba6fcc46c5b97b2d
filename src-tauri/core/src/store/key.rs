//! The file's key and its sidecar.
//!
//! A file is encrypted with one random key. The key is wrapped by a password (Argon2id) in a small versioned
//! sidecar beside the file. The recovery key, printed once, yields the file key by itself, without the sidecar.

use std::fs;
use std::path::{Path, PathBuf};

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key as AeadKey, Nonce};
use serde::{Deserialize, Serialize};

use super::files::{with, write_whole};
use crate::error::{Error, Refusal, Result, file_error};

/// What Argon2id costs: memory in KiB and passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over the memory.
    pub passes: u32,
}

impl Cost {
    /// The cost for real files: 64 MiB, three passes, about an eighth of a second.
    pub const REAL: Self = Self { memory: 64 << 10, passes: 3 };
    /// The least cost, for tests only.
    pub const LEAST: Self = Self { memory: 8, passes: 1 };
}

/// The key that the database is encrypted with.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey([u8; 32]);

/// The printed key that opens the file without password or sidecar: 160 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey([u8; 20]);

/// What opens a file.
#[derive(Clone)]
pub enum Secret {
    /// The clerk's password; needs the sidecar.
    Password(String),
    /// The printed recovery key.
    Recovery(String),
}

const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

impl RecoveryKey {
    /// Draws a new one.
    pub fn random() -> Result<Self> {
        Ok(Self(random()?))
    }

    /// The file key that it yields.
    pub fn file_key(&self) -> FileKey {
        FileKey(blake3::derive_key("unionbook 2026 file key from recovery key", &self.0))
    }

    /// Writes it for printing: nine groups of four letters, the last one a check.
    pub fn print(&self) -> String {
        let mut bits = self.0.to_vec();
        bits.extend_from_slice(&self.check());
        let letters: Vec<char> = base32(&bits);
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    /// Reads what was printed; refuses a slip of the pen.
    pub fn read(text: &str) -> Result<Self> {
        let refusal = || {
            Error::Locked(Refusal::new("恢复密钥不对。", "请对照打印件逐组输入（9 组，每组 4 位）；字母 O、I、L 会自动当作数字 0、1、1。"))
        };
        let bits = from_base32(text).ok_or_else(refusal)?;
        let (own, check) = bits.split_at_checked(20).ok_or_else(refusal)?;
        let key = Self(own.try_into().map_err(|_| refusal())?);
        if check.get(..2) == Some(&key.check()[..2]) { Ok(key) } else { Err(refusal()) }
    }

    fn check(&self) -> [u8; 3] {
        let digest = blake3::derive_key("unionbook 2026 recovery key check", &self.0);
        [digest.first().copied().unwrap_or(0), digest.get(1).copied().unwrap_or(0), 0]
    }
}

fn base32(bytes: &[u8]) -> Vec<char> {
    let mut out = Vec::new();
    for group in bytes.chunks(5) {
        let bits = group.iter().fold(0u64, |bits, byte| bits << 8 | u64::from(*byte)) << (8 * (5 - group.len()));
        out.extend((0..8).map(|at| char::from(*LETTERS.get((bits >> (35 - 5 * at) & 31) as usize).unwrap_or(&b'0'))));
    }
    out.truncate(36);
    out
}

fn from_base32(text: &str) -> Option<Vec<u8>> {
    let digits = text.chars().filter(|letter| letter.is_alphanumeric()).map(digit).collect::<Option<Vec<u64>>>()?;
    if digits.len() != 36 {
        return None;
    }
    let bytes = digits.chunks(8).flat_map(|group| {
        let bits = group.iter().fold(0u64, |bits, digit| bits << 5 | digit) << (5 * (8 - group.len()));
        (0..5).map(move |at| (bits >> (32 - 8 * at) & 255) as u8)
    });
    Some(bytes.collect())
}

fn digit(letter: char) -> Option<u64> {
    let letter = match letter.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    LETTERS.iter().position(|known| char::from(*known) == letter).and_then(|at| u64::try_from(at).ok())
}

impl FileKey {
    /// The raw key as SQLCipher takes it.
    pub fn pragma(&self) -> String {
        let hex: String = self.0.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("PRAGMA key = \"x'{hex}'\"")
    }

    /// A key for a purpose of its own, over a text: nobody finds the file's key, or another purpose's, from it.
    pub(super) fn tag(&self, purpose: &str, text: &str) -> [u8; 32] {
        *blake3::keyed_hash(&blake3::derive_key(purpose, &self.0), text.as_bytes()).as_bytes()
    }
}

/// The sidecar: how the file key is wrapped. Its version says how to read it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sidecar {
    version: u32,
    wraps: Vec<Wrap>,
}

/// One wrap of the file key.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Wrap {
    /// `password` or `recovery`.
    by: String,
    cost: Option<Cost>,
    salt: String,
    nonce: String,
    sealed: String,
}

const VERSION: u32 = 1;

impl Sidecar {
    /// Where the sidecar of a file lies: beside it, `.keys` added to its name.
    pub fn path(file: &Path) -> PathBuf {
        with(file, ".keys")
    }

    /// Wraps the file key by a password and by the recovery key.
    pub fn new(key: &FileKey, password: &str, recovery: Option<&RecoveryKey>, cost: Cost) -> Result<Self> {
        let mut wraps = vec![Wrap::seal("password", key, Some(cost), |salt| by_password(password, salt, cost))?];
        if let Some(recovery) = recovery {
            wraps.push(Wrap::seal("recovery", key, None, |salt| Ok(by_recovery(recovery, salt)))?);
        }
        Ok(Self { version: VERSION, wraps })
    }

    /// Wraps the file key by a new password; the other wraps stay.
    pub fn with_password(&self, key: &FileKey, password: &str, cost: Cost) -> Result<Self> {
        let mut wraps = Self::new(key, password, None, cost)?.wraps;
        wraps.extend(self.wraps.iter().filter(|wrap| wrap.by != "password").cloned());
        Ok(Self { version: VERSION, wraps })
    }

    /// Reads the sidecar of a file.
    pub fn read(file: &Path) -> Result<Self> {
        let path = Self::path(file);
        let text = fs::read_to_string(&path).map_err(|source| missing(&path, &source))?;
        let spoilt = |_| {
            Error::Damaged(Refusal::new(format!("钥匙文件“{}”已损坏。", path.display()), "请从备份里复制同名钥匙文件，或用恢复密钥打开。"))
        };
        let found: Self = serde_json::from_str(&text).map_err(spoilt)?;
        if found.version > VERSION { Err(Error::Newer(format!("钥匙文件“{}”", path.display()))) } else { Ok(found) }
    }

    /// Writes the sidecar of a file, whole or not at all.
    pub fn write(&self, file: &Path) -> Result<()> {
        let text = serde_json::to_vec_pretty(self).map_err(|error| Error::Usage(error.to_string()))?;
        write_whole(&Self::path(file), &text)
    }

    /// Opens the wrap of a password.
    pub fn open(&self, password: &str) -> Result<FileKey> {
        for wrap in self.wraps.iter().filter(|wrap| wrap.by == "password") {
            let Some((cost, salt)) = wrap.cost.zip(unhex(&wrap.salt)) else { continue };
            if let Some(key) = wrap.open(&by_password(password, &salt, cost)?) {
                return Ok(key);
            }
        }
        Err(Error::Locked(Refusal::new("密码不对，打不开台账。", "请检查大小写和输入法；忘记密码时可用打印的恢复密钥打开。")))
    }
}

fn missing(path: &Path, source: &std::io::Error) -> Error {
    if source.kind() == std::io::ErrorKind::NotFound {
        let message = format!("找不到钥匙文件“{}”，没有它密码不起作用。", path.display());
        return Error::Locked(Refusal::new(message, "请把它和台账文件放回同一文件夹（每份备份里都有），或用打印的恢复密钥打开。"));
    }
    file_error(path, "读取", source)
}

impl Wrap {
    fn seal(by: &str, key: &FileKey, cost: Option<Cost>, derive: impl FnOnce(&[u8]) -> Result<[u8; 32]>) -> Result<Self> {
        let (salt, nonce): ([u8; 16], [u8; 12]) = (random()?, random()?);
        let cipher = ChaCha20Poly1305::new(&AeadKey::from(derive(&salt)?));
        let sealed = cipher.encrypt(&Nonce::from(nonce), key.0.as_slice()).map_err(|_| Error::Usage("加密失败".into()))?;
        Ok(Self { by: by.into(), cost, salt: hex(&salt), nonce: hex(&nonce), sealed: hex(&sealed) })
    }

    fn open(&self, by: &[u8; 32]) -> Option<FileKey> {
        let nonce: [u8; 12] = unhex(&self.nonce)?.try_into().ok()?;
        let cipher = ChaCha20Poly1305::new(&AeadKey::from(*by));
        let key = cipher.decrypt(&Nonce::from(nonce), unhex(&self.sealed)?.as_slice()).ok()?;
        key.try_into().ok().map(FileKey)
    }
}

fn by_password(password: &str, salt: &[u8], cost: Cost) -> Result<[u8; 32]> {
    let spoilt = |_| Error::Damaged(Refusal::new("钥匙文件里的参数不合法。", "请从备份里复制钥匙文件，或用恢复密钥打开。"));
    let capped = Cost { memory: cost.memory.min(1 << 20), passes: cost.passes.min(64) };
    let params = Params::new(capped.memory, capped.passes, 1, Some(32)).map_err(spoilt)?;
    let mut out = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params).hash_password_into(password.as_bytes(), salt, &mut out).map_err(spoilt)?;
    Ok(out)
}

fn by_recovery(recovery: &RecoveryKey, salt: &[u8]) -> [u8; 32] {
    blake3::derive_key("unionbook 2026 wrap by recovery key", &[&recovery.0, salt].concat())
}

fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::File(Refusal::new("系统没有给出随机数，无法建立钥匙。", "请重启电脑后重试。")))?;
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    digits.chunks_exact(2).map(|pair| pair.iter().try_fold(0u8, |byte, digit| Some(byte << 4 | u8::try_from(*digit).ok()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_recovery_key_is_read_back_and_a_slip_is_refused() {
        let key = RecoveryKey::random().expect("random bits");
        let printed = key.print();
        assert!(RecoveryKey::read(&printed).is_ok_and(|read| read == key), "what was printed must open the file");
        let slip = printed.replacen(['A', '7'], "B", 1);
        assert!(slip == printed || RecoveryKey::read(&slip).is_err(), "a wrong letter must be noticed");
        assert!(RecoveryKey::read("ABCD").is_err(), "a part of it is not enough");
    }

    #[test]
    fn only_the_right_password_opens_the_wrap() {
        let key = RecoveryKey::random().expect("random bits").file_key();
        let sidecar = Sidecar::new(&key, "正确的密码", None, Cost::LEAST).expect("wraps");
        assert!(sidecar.open("正确的密码").is_ok_and(|opened| opened == key), "the password must open it");
        assert!(matches!(sidecar.open("错误的密码"), Err(Error::Locked(_))), "another must not");
    }
}
