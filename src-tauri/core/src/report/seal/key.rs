//! The keys of a seat: one that signs, one that opens what was encrypted for it.

use std::fmt;

use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};

use super::digest::{Digest, hex, unhex};
use crate::error::{Error, Refusal, Result};
use crate::record::{Types, Wire};

/// Letters and digits that nobody takes for one another: no I and 1, no O and 0.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const TEXT_MARK: &str = "UBKEY1";

/// What a signature is given for, so that one for one thing never stands for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    Return,
    Receipt,
    File,
    Card,
    Parcel,
}

/// The secret keys of a seat; they lie in the encrypted office file and nowhere else.
#[derive(Clone)]
pub struct SeatKey {
    sign: SigningKey,
    age: Identity,
}

impl SeatKey {
    /// Makes new keys from the operating system's random numbers.
    pub fn random() -> Result<Self> {
        let mut seed = [0; 32];
        let refusal = |_| Error::File(Refusal::new("系统没有给出随机数，无法建立签名钥匙。", "请重启电脑后重试。"));
        getrandom::fill(&mut seed).map_err(refusal)?;
        Ok(Self { sign: SigningKey::from_bytes(&seed), age: Identity::generate() })
    }

    /// Writes the secrets as a text for the encrypted office file.
    pub fn to_text(&self) -> String {
        format!("{TEXT_MARK}|{}|{}", hex(self.sign.as_bytes()), self.age.to_string().expose_secret())
    }

    /// Reads what [`Self::to_text`] wrote.
    pub fn from_text(text: &str) -> Result<Self> {
        let mut parts = text.split('|');
        let keys = match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(TEXT_MARK), Some(sign), Some(age), None) => unhex(sign).zip(age.parse().ok()),
            _ => None,
        };
        let (seed, age) = keys.ok_or_else(|| Error::Bug("the seat's keys in the office file cannot be read".into()))?;
        Ok(Self { sign: SigningKey::from_bytes(&seed), age })
    }

    /// The public half of the key that signs.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.sign.verifying_key())
    }

    /// The public half of the key that opens, as `age` writes it.
    pub(super) fn recipient(&self) -> String {
        self.age.to_public().to_string()
    }

    pub(super) fn identity(&self) -> &Identity {
        &self.age
    }

    pub(super) fn sign(&self, purpose: Purpose, digest: &Digest) -> Signature {
        self.sign.sign(&purpose.message(digest))
    }
}

impl fmt::Debug for SeatKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("SeatKey(..)")
    }
}

/// The public half of the key that a seat signs with.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a key's 64 digits; none for what is no key, or one that fits every signature.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = unhex(text)?;
        let key = VerifyingKey::from_bytes(&bytes).ok()?;
        // A point has one spelling here, so that one key never has two fingerprints.
        (!key.is_weak() && key.to_edwards().compress().as_bytes() == &bytes).then_some(Self(key))
    }

    /// Four groups of four letters or digits that two people compare over the telephone.
    pub fn fingerprint(&self) -> String {
        let digest = blake3::derive_key("unionbook 2026 fingerprint of a seat", self.0.as_bytes());
        let letters = digest.iter().take(16).map(|byte| LETTERS.get(usize::from(byte % 32)).map_or('?', |letter| char::from(*letter)));
        let letters: Vec<char> = letters.collect();
        letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
    }

    pub(super) fn signed(&self, purpose: Purpose, digest: &Digest, signature: &Signature) -> bool {
        self.0.verify_strict(&purpose.message(digest), signature).is_ok()
    }
}

impl Purpose {
    fn message(self, digest: &Digest) -> Vec<u8> {
        let word: &[u8] = match self {
            Self::Return => b"unionbook 2026 return\0",
            Self::Receipt => b"unionbook 2026 receipt\0",
            Self::File => b"unionbook 2026 file\0",
            Self::Card => b"unionbook 2026 card\0",
            Self::Parcel => b"unionbook 2026 parcel\0",
        };
        [word, digest.bytes()].concat()
    }
}

/// Reads a signature's 128 digits.
pub(super) fn signature(text: &str) -> Option<Signature> {
    unhex(text).map(|bytes: [u8; 64]| Signature::from_bytes(&bytes))
}

/// Reads the public half of a key that opens.
pub(super) fn recipient(text: &str) -> Option<Recipient> {
    text.parse().ok()
}

impl fmt::Display for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&hex(self.0.as_bytes()))
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "PublicKey({})", self.fingerprint())
    }
}

impl TryFrom<String> for PublicKey {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("不是签名公钥")
    }
}

impl From<PublicKey> for String {
    fn from(key: PublicKey) -> Self {
        key.to_string()
    }
}

impl Wire for PublicKey {
    fn wire(types: &mut Types) -> String {
        String::wire(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_as_a_text_and_show_nothing() {
        let key = SeatKey::random().unwrap();
        let text = key.to_text();
        let again = SeatKey::from_text(&text).unwrap();
        assert_eq!((again.public(), again.recipient()), (key.public(), key.recipient()), "both keys come back");
        assert_eq!(format!("{key:?}"), "SeatKey(..)", "nothing of a secret is ever logged");
        assert_ne!(SeatKey::random().unwrap().public(), key.public(), "each seat has its own");
        for wrong in ["", "UBKEY1", "UBKEY2|a|b", &text.replace("UBKEY1|", ""), text.split_at(text.len() - 1).0, &format!("{text}|")] {
            assert!(SeatKey::from_text(wrong).is_err(), "{} letters are no keys", wrong.len());
        }
    }

    #[test]
    fn a_fingerprint_is_short_and_nobody_mistakes_its_letters() {
        let one = SeatKey::random().unwrap().public();
        let text = one.fingerprint();
        assert_eq!(text.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4], "{text}: four groups of four");
        assert!(!text.contains(['0', 'O', '1', 'I']), "{text}: no letters that look alike");
        assert_eq!(PublicKey::parse(&one.to_string()).unwrap().fingerprint(), text, "the same key, the same letters");
        assert_ne!(SeatKey::random().unwrap().public().fingerprint(), text, "another key, other letters");
    }

    #[test]
    fn a_key_that_fits_every_signature_or_has_two_spellings_is_none() {
        for weak in [format!("01{}", "00".repeat(31)), "00".repeat(32), "ff".repeat(32), "0".repeat(63), String::new()] {
            assert!(PublicKey::parse(&weak).is_none(), "{weak}");
        }
    }

    #[test]
    fn a_signature_holds_for_one_thing_and_one_purpose() {
        let key = SeatKey::random().unwrap();
        let (digest, other) = (Digest::of(b"a"), Digest::of(b"b"));
        let signature = key.sign(Purpose::Return, &digest);
        assert!(key.public().signed(Purpose::Return, &digest, &signature), "its own");
        assert!(!key.public().signed(Purpose::Receipt, &digest, &signature), "not for a receipt");
        assert!(!key.public().signed(Purpose::Return, &other, &signature), "not for other bytes");
    }
}
