//! What belongs together and travels as one: names and digests of files under one signature.

use serde::{Deserialize, Serialize};

use super::digest::Digest;
use super::envelope::{Envelope, Kind, Sealed, lines};
use super::key::{PublicKey, SeatKey};
use crate::error::Result;

/// The list of a parcel's files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    /// The form of this list; [`Parcel::FORMAT`] in what is written now.
    pub format: u32,
    /// Whose it is: the office's name.
    pub office: String,
    /// Who made it.
    pub by: String,
    /// When, in unix seconds.
    pub at: i64,
    /// The files.
    pub files: Vec<Content>,
    /// The fingerprint of the seat that signed.
    pub seat: String,
}

/// A file of a parcel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Content {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
    /// The digest of its bytes.
    pub digest: Digest,
}

impl Parcel {
    /// The form that this program writes, and the newest that it reads.
    pub const FORMAT: u32 = 1;
    /// What the office file is called inside; its keys lie beside it, with `.keys` after the name.
    pub const FILE: &str = "工会台账.unionbook";
    /// What the signed list itself is called inside.
    pub const SEAL: &str = "封条.txt";

    /// Signs the list and writes it as a text.
    pub fn seal(&self, key: &SeatKey) -> Result<String> {
        Ok(lines(self, key)?.join("\r\n"))
    }

    /// Reads a list, and whose key signed it; refuses one that is torn, newer, or that no key signed.
    pub fn open(text: &str) -> Result<(Self, PublicKey)> {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let envelope = Envelope::read(&lines)?;
        let (parcel, signed) = envelope.open::<Self>()?;
        if envelope.kind != Kind::Parcel || !signed {
            return Err(super::envelope::torn("封条对不上"));
        }
        Ok((parcel, envelope.signer))
    }
}

impl Sealed for Parcel {
    const KIND: Kind = Kind::Parcel;
    const NEWEST: u32 = Self::FORMAT;
    const NAME: &str = "交接包";
    const ABOUT: &str = "本文件由工会台账软件自动生成，列出交接包里每个文件的校验值，并有交出的电脑的签名，供接收人核对。请勿修改或删除。";

    fn seat(&self) -> &str {
        &self.seat
    }

    fn format(&self) -> u32 {
        self.format
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_comes_back_as_it_was_signed_and_a_changed_one_does_not() {
        let key = SeatKey::random().unwrap();
        let content = Content { name: "台账.unionbook".into(), bytes: 7, digest: Digest::of(b"content") };
        let seat = key.public().fingerprint();
        let parcel = Parcel { format: 1, office: "测试工会".into(), by: "张三".into(), at: 5, files: vec![content], seat };
        let text = parcel.seal(&key).unwrap();
        let (read, signer) = Parcel::open(&text).unwrap();
        assert!(text.starts_with("本文件由工会台账软件自动生成，列出交接包里"), "its first line speaks of a parcel: {text}");
        assert_eq!((read, signer.fingerprint()), (parcel, key.public().fingerprint()), "there and back");
        assert!(Parcel::open(&text.replace("测试工会", "别的工会")).is_err(), "another office's name was not signed");
        let half: String = text.chars().take(text.chars().count() / 2).collect();
        assert!(Parcel::open(&half).is_err(), "half a list is none");
    }
}
