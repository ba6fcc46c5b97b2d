//! Short secrets under a key, as they lie in the sidecar: ChaCha20-Poly1305, written in hexadecimal.

use chacha20poly1305::aead::{Aead, KeyInit};
use chacha20poly1305::{ChaCha20Poly1305, Key, Nonce};
use serde::{Deserialize, Serialize};

use crate::error::{Error, Refusal, Result};

/// A secret that only its key opens.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Sealed {
    nonce: String,
    sealed: String,
}

impl Sealed {
    /// Seals a secret.
    pub fn new(key: &[u8; 32], secret: &[u8]) -> Result<Self> {
        let nonce: [u8; 12] = random()?;
        let sealed = cipher(key).encrypt(&Nonce::from(nonce), secret).map_err(|_| Error::Usage("加密失败".into()))?;
        Ok(Self { nonce: hex(&nonce), sealed: hex(&sealed) })
    }

    /// Opens it; nothing where the key is another one or it was changed.
    pub fn open(&self, key: &[u8; 32]) -> Option<[u8; 32]> {
        let nonce: [u8; 12] = unhex(&self.nonce)?.try_into().ok()?;
        let secret = cipher(key).decrypt(&Nonce::from(nonce), unhex(&self.sealed)?.as_slice()).ok()?;
        secret.try_into().ok()
    }
}

/// Seals a text that is handed out and comes back. `tag` is the text's own, under another key: the same text is sealed alike.
pub fn seal_text(key: &[u8; 32], tag: &[u8; 32], text: &str) -> Result<String> {
    let mut nonce = [0; 12];
    nonce.iter_mut().zip(tag).for_each(|(place, byte)| *place = *byte);
    let sealed = cipher(key).encrypt(&Nonce::from(nonce), text.as_bytes()).map_err(|_| Error::Usage("加密失败".into()))?;
    Ok(hex(&nonce) + &hex(&sealed))
}

/// Opens such a text; nothing where the key is another one or it was changed.
pub fn open_text(key: &[u8; 32], sealed: &str) -> Option<String> {
    let bytes = unhex(sealed)?;
    let (nonce, sealed) = bytes.split_first_chunk::<12>()?;
    String::from_utf8(cipher(key).decrypt(&Nonce::from(*nonce), sealed).ok()?).ok()
}

fn cipher(key: &[u8; 32]) -> ChaCha20Poly1305 {
    ChaCha20Poly1305::new(&Key::from(*key))
}

/// Draws random bytes from the system.
pub fn random<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| Error::File(Refusal::new("系统没有给出随机数，无法建立钥匙。", "请重启电脑后重试。")))?;
    Ok(bytes)
}

/// Writes bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Reads bytes in hexadecimal.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u32> = text.chars().map(|digit| digit.to_digit(16)).collect::<Option<_>>()?;
    digits.chunks_exact(2).map(|pair| pair.iter().try_fold(0u8, |byte, digit| Some(byte << 4 | u8::try_from(*digit).ok()?))).collect()
}
