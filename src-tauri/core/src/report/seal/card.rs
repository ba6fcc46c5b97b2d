//! The card (通讯卡) that offices exchange once: who a unit is, and its public keys.

use serde::{Deserialize, Serialize};

use super::canonical::canonical;
use super::digest::{Digest, hex};
use super::key::{PublicKey, Purpose, SeatKey, recipient, signature};
use crate::error::{Error, Refusal, Result};

/// How a card's file name ends.
pub const CARD_ENDING: &str = "unionbook-card";
const FORMAT: u32 = 1;
const ABOUT: &str = "工会台账通讯卡：交给往来单位导入一次，导入后请打电话核对指纹";

/// A card whose own signature was found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    unit: String,
    name: String,
    key: PublicKey,
    recipient: String,
    made: i64,
    signature: String,
}

/// A card as its file has it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct CardFile {
    about: String,
    format: u32,
    unit: String,
    name: String,
    fingerprint: String,
    key: PublicKey,
    recipient: String,
    made: i64,
    signature: String,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

impl SeatKey {
    /// Makes this seat's card: the unit's code and name, and when (unix seconds).
    pub fn card(&self, unit: &str, name: &str, made: i64) -> Card {
        let (unit, name) = (unit.to_owned(), name.to_owned());
        let mut card = Card { unit, name, key: self.public(), recipient: self.recipient(), made, signature: String::new() };
        card.signature = hex(&self.sign(Purpose::Card, &card.digest()).to_bytes());
        card
    }
}

impl Card {
    /// The longest file of one, in bytes.
    pub const LONGEST: u64 = 64 << 10;

    /// The unit's code.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// The unit's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key that its seat signs with.
    pub fn key(&self) -> PublicKey {
        self.key
    }

    /// When it was made, in unix seconds.
    pub fn made(&self) -> i64 {
        self.made
    }

    /// The letters to compare over the telephone.
    pub fn fingerprint(&self) -> String {
        self.key.fingerprint()
    }

    pub(super) fn recipient(&self) -> &str {
        &self.recipient
    }

    /// Writes the card's file.
    pub fn write(&self) -> String {
        let (key, made, fingerprint) = (self.key, self.made, self.fingerprint());
        let (unit, name, recipient, signature) = (self.unit.clone(), self.name.clone(), self.recipient.clone(), self.signature.clone());
        let file = CardFile { about: ABOUT.into(), format: FORMAT, unit, name, fingerprint, key, recipient, made, signature };
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Reads a card's file; refuses one that is none, that is newer, or that was changed after it was signed.
    pub fn read(text: &str) -> Result<Self> {
        let strange = || Error::Sheet(Refusal::new("这个文件不是通讯卡，或内容不完整。", "请让对方在“往来单位”里重新导出通讯卡。"));
        let text = text.trim_start_matches('\u{feff}');
        if text.len() as u64 > Self::LONGEST {
            return Err(strange());
        }
        let format: Format = serde_json::from_str(text).map_err(|_| strange())?;
        if format.format > FORMAT {
            return Err(Error::Newer("这张通讯卡".into()));
        }
        let file: CardFile = serde_json::from_str(text).map_err(|_| strange())?;
        let CardFile { unit, name, key, recipient, made, signature, fingerprint, .. } = file;
        let card = Self { unit, name, key, recipient, made, signature };
        if card.holds() && card.fingerprint() == fingerprint {
            return Ok(card);
        }
        Err(Error::Refused(Refusal::new(
            format!("“{}”的通讯卡被改动过：内容与它自己的签名不符，没有导入。", card.name),
            "请让对方重新导出通讯卡，用 U 盘或其他可靠的方式传来，导入后打电话核对指纹。",
        )))
    }

    fn holds(&self) -> bool {
        let signature = signature(&self.signature);
        signature.is_some_and(|signature| self.key.signed(Purpose::Card, &self.digest(), &signature))
            && recipient(&self.recipient).is_some()
    }

    fn digest(&self) -> Digest {
        Digest::of(canonical(&(FORMAT, &self.unit, &self.name, &self.key, &self.recipient, self.made)).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_comes_back_as_it_was_given() {
        let key = SeatKey::random().unwrap();
        let card = key.card("330106001", "西溪街道总工会", 1_790_000_000);
        let text = card.write();
        assert_eq!(Card::read(&text).unwrap(), card, "read as written");
        assert_eq!(Card::read(&format!("\u{feff}{text}")).unwrap(), card, "an editor's byte order mark does no harm");
        assert_eq!((card.key(), card.recipient()), (key.public(), key.recipient().as_str()), "with both public keys");
        assert!(text.contains(&card.fingerprint()), "whoever opens the file sees the fingerprint");
        assert!(!text.contains("SECRET"), "and nothing that is secret");
    }

    #[test]
    fn a_changed_card_is_refused() {
        let (key, thief) = (SeatKey::random().unwrap(), SeatKey::random().unwrap());
        let text = key.card("330106001", "西溪街道总工会", 1_790_000_000).write();
        for (from, to) in [
            ("330106001", "330106002".to_owned()),
            ("西溪", "古荡".to_owned()),
            ("1790000000", "1790000001".to_owned()),
            (key.recipient().as_str(), thief.recipient()),
            (key.public().to_string().as_str(), thief.public().to_string()),
            (key.public().fingerprint().as_str(), thief.public().fingerprint()),
        ] {
            assert!(text.contains(from), "{from} stands in the card");
            let fault = Card::read(&text.replace(from, &to)).expect_err(from);
            assert!(matches!(&fault, Error::Refused(refusal) if refusal.message.contains("被改动过")), "{from}: {fault}");
        }
    }

    #[test]
    fn what_is_no_card_is_refused() {
        let text = SeatKey::random().unwrap().card("1", "某工会", 1).write();
        for wrong in [
            "",
            "{}",
            "{\"format\":1}",
            "[]",
            text.split_at(text.len() / 2).0,
            &text.replace("\"made\"", "\"mode\""),
            &" ".repeat(Card::LONGEST as usize + 1),
        ] {
            assert!(matches!(Card::read(wrong), Err(Error::Sheet(_))), "{} letters are no card", wrong.len());
        }
        let newer = Card::read(&text.replace("\"format\": 1", "\"format\": 2"));
        assert!(matches!(newer, Err(Error::Newer(_))), "a newer card is told apart");
    }
}
