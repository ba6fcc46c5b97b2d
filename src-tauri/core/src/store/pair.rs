//! Key pairs of accounts: whoever has the public half can seal a file key that only the private half opens.
//!
//! X25519 with a fresh pair of the sender's for each sealing; the agreed secret, bound to both public halves, becomes the key by
//! BLAKE3's key derivation. So a new file key reaches every account without anybody's password.

use serde::{Deserialize, Serialize};
use x25519_dalek::{PublicKey as Point, SharedSecret, StaticSecret};

use super::key::FileKey;
use super::sealed::{Sealed, hex, random, unhex};
use crate::error::{Error, Refusal, Result};

/// The key pair of an account.
pub struct KeyPair(StaticSecret);

/// The public half of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// A file key that only one pair opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SealedKey {
    /// The public half of the sender's pair for this once.
    sender: String,
    #[serde(flatten)]
    key: Sealed,
}

impl KeyPair {
    /// Draws a new pair.
    pub fn random() -> Result<Self> {
        Ok(Self(StaticSecret::from(random::<32>()?)))
    }

    /// Takes a private half that was kept.
    pub fn of(private: [u8; 32]) -> Self {
        Self(StaticSecret::from(private))
    }

    /// The private half, to be wrapped by a password.
    pub fn private(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(Point::from(&self.0).to_bytes())
    }

    /// Opens a file key that was sealed to this pair.
    pub fn open(&self, sealed: &SealedKey) -> Option<FileKey> {
        let sender = PublicKey::read(&sealed.sender)?;
        let agreed = self.0.diffie_hellman(&Point::from(sender.0));
        sealed.key.open(&kept_by(&agreed, sender, self.public())?).map(FileKey)
    }
}

impl PublicKey {
    /// Seals a file key to the pair that this is half of.
    pub fn seal(self, key: &FileKey) -> Result<SealedKey> {
        let once = KeyPair::random()?;
        let agreed = once.0.diffie_hellman(&Point::from(self.0));
        let spoilt = || Error::Damaged(Refusal::new("账号的公钥不合法，没有写出钥匙。", "请为这个账号重设密码。"));
        let by = kept_by(&agreed, once.public(), self).ok_or_else(spoilt)?;
        Ok(SealedKey { sender: once.public().text(), key: Sealed::new(&by, &key.0)? })
    }

    /// Writes it in hexadecimal.
    pub fn text(self) -> String {
        hex(&self.0)
    }

    /// Reads it from hexadecimal.
    pub fn read(text: &str) -> Option<Self> {
        unhex(text)?.try_into().ok().map(Self)
    }
}

/// The key that both sides agree on; nothing where one of them brought a point that gives it away.
fn kept_by(agreed: &SharedSecret, sender: PublicKey, receiver: PublicKey) -> Option<[u8; 32]> {
    let bound = [sender.0, receiver.0, *agreed.as_bytes()].concat();
    agreed.was_contributory().then(|| blake3::derive_key("unionbook 2026 file key sealed to an account", &bound))
}

#[cfg(test)]
mod tests {
    use super::super::key::RecoveryKey;
    use super::*;

    #[test]
    fn what_is_sealed_to_a_pair_its_private_half_alone_opens() {
        let (own, other) = (KeyPair::random().expect("a pair"), KeyPair::random().expect("a pair"));
        let key = RecoveryKey::random().expect("random bits").file_key();
        let sealed = own.public().seal(&key).expect("sealed");
        assert!(KeyPair::of(own.private()).open(&sealed).is_some_and(|opened| opened == key), "the kept private half opens it");
        assert!(other.open(&sealed).is_none(), "another does not");
        let again = own.public().seal(&key).expect("sealed");
        assert_ne!(again.sender, sealed.sender, "each sealing has a pair of its own");
        let mixed = SealedKey { sender: again.sender, ..sealed };
        assert!(own.open(&mixed).is_none(), "and is bound to it");
    }

    #[test]
    fn a_public_key_that_gives_the_secret_away_seals_nothing() {
        let key = RecoveryKey::random().expect("random bits").file_key();
        assert!(PublicKey([0; 32]).seal(&key).is_err(), "the point zero agrees on the same secret with everybody");
        assert_eq!(PublicKey::read("00"), None, "half a key is none");
    }
}
