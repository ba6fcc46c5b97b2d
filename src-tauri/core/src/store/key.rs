//! The file's key and the recovery key.
//!
//! A file is encrypted with one random key. Each account's share of it lies in the [sidecar](super::Sidecar); the recovery key,
//! printed once, yields the file key by itself, without the sidecar.

use super::sealed::{hex, random};
use crate::error::{Error, Refusal, Result};

/// The key that the database is encrypted with.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(pub(super) [u8; 32]);

/// The printed key that opens the file without password or sidecar: 160 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryKey([u8; 20]);

/// What opens a file.
#[derive(Clone)]
pub enum Secret {
    /// The password of the file's only account; needs the sidecar.
    Password(String),
    /// The name of an account and its password; needs the sidecar.
    Account(String, String),
    /// The printed recovery key.
    Recovery(String),
}

impl Secret {
    /// A password, of an account where one is named.
    pub fn of(account: Option<&str>, password: &str) -> Self {
        let named = account.map(str::trim).filter(|name| !name.is_empty());
        named.map_or_else(|| Self::Password(password.into()), |name| Self::Account(name.into(), password.into()))
    }
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
        format!("PRAGMA key = \"x'{}'\"", hex(&self.0))
    }

    /// A key for a purpose of its own, over a text: nobody finds the file's key, or another purpose's, from it.
    pub(super) fn tag(&self, purpose: &str, text: &str) -> [u8; 32] {
        *blake3::keyed_hash(&blake3::derive_key(purpose, &self.0), text.as_bytes()).as_bytes()
    }
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
}
