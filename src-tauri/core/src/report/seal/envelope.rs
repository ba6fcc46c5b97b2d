//! A signed text cut into lines that fit the cells of a sheet, and put together again.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::canonical::canonical;
use super::digest::{Digest, hex};
use super::key::{PublicKey, Purpose, SeatKey, signature};
use crate::error::{Error, Refusal, Result};

/// What the first line of a sheet says to whoever brings it to light.
const SHEET: &str = "本表由工会台账软件自动生成，保存本文件的上报清单和签名，供收件单位核对，不影响打印。请勿修改或删除本表。";
const MARK: &str = "UB1";
/// A cell holds 32,767 characters, but LibreOffice breaks a text of more than 16,000 in two lines when it saves it a second time.
const LONGEST_CHUNK: usize = 8_000;

/// What was signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Return,
    Receipt,
    Parcel,
}

/// Something that is signed and put into a workbook.
pub(super) trait Sealed: Serialize + DeserializeOwned {
    const KIND: Kind;
    /// The newest form that can be read.
    const NEWEST: u32;
    /// What it is called in sentences.
    const NAME: &str;
    /// What its first line says to whoever reads it.
    const ABOUT: &str = SHEET;
    fn seat(&self) -> &str;
    fn format(&self) -> u32;
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Return => "return",
            Self::Receipt => "receipt",
            Self::Parcel => "parcel",
        }
    }

    fn purpose(self) -> Purpose {
        match self {
            Self::Return => Purpose::Return,
            Self::Receipt => Purpose::Receipt,
            Self::Parcel => Purpose::Parcel,
        }
    }
}

/// A signed text as it lay in a sheet; whether the signature holds is not known yet.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) kind: Kind,
    pub(super) signer: PublicKey,
    signature: String,
    text: String,
}

/// Signs something and gives the lines of its sheet.
pub(super) fn lines<T: Sealed>(thing: &T, key: &SeatKey) -> Result<Vec<String>> {
    if thing.seat() != key.public().fingerprint() || thing.format() != T::NEWEST {
        return Err(Error::Bug("what is sealed names another seat or form".into()));
    }
    let text = canonical(thing);
    let chunks = chunks(&text);
    let signature = hex(&key.sign(T::KIND.purpose(), &Digest::of(text.as_bytes())).to_bytes());
    let seal = format!("{MARK}|{}|{}|{signature}|{}", T::KIND.word(), key.public(), chunks.len());
    let numbered = (1..).zip(&chunks).map(|(number, chunk): (usize, _)| format!("{number}|{chunk}"));
    Ok([T::ABOUT.to_owned(), seal].into_iter().chain(numbered).collect())
}

fn chunks(text: &str) -> Vec<&str> {
    let (mut chunks, mut rest) = (Vec::new(), text);
    while let Some((chunk, after)) = rest.char_indices().nth(LONGEST_CHUNK).and_then(|(at, _)| rest.split_at_checked(at)) {
        chunks.push(chunk);
        rest = after;
    }
    chunks.push(rest);
    chunks
}

impl Envelope {
    /// Puts lines together, in whatever order they come; other lines among them do not count.
    pub(super) fn read(lines: &[String]) -> Result<Self> {
        let torn = || torn("封条不完整");
        if lines.iter().any(|line| newer(line)) {
            return Err(Error::Newer("这个文件的封条".into()));
        }
        let seal = lines.iter().find_map(|line| line.strip_prefix(MARK)?.strip_prefix('|')).ok_or_else(torn)?;
        let parts: Vec<&str> = seal.split('|').collect();
        let &[word, key, signature, count] = parts.as_slice() else { return Err(torn()) };
        let kind = [Kind::Return, Kind::Receipt, Kind::Parcel].into_iter().find(|kind| kind.word() == word).ok_or_else(torn)?;
        let signer = PublicKey::parse(key).ok_or_else(torn)?;
        let count: usize = count.parse().map_err(|_| torn())?;
        let chunks: BTreeMap<usize, &str> = lines.iter().filter_map(|line| chunk(line)).collect();
        if count == 0 || chunks.len() != count || !chunks.keys().copied().eq(1..=count) {
            return Err(torn());
        }
        let mut text: String = chunks.into_values().collect();
        // There is no blank or line end in canonical text: what there is of them a program put in.
        text.retain(|letter| !letter.is_whitespace());
        Ok(Self { kind, signer, signature: signature.to_owned(), text })
    }

    /// Reads what was signed, and says whether the signature is that of the key that lies beside it.
    pub(super) fn open<T: Sealed>(&self) -> Result<(T, bool)> {
        let thing: T = match serde_json::from_str(&self.text) {
            Ok(thing) => thing,
            Err(_) if format(&self.text) > T::NEWEST => return Err(Error::Newer(format!("这个{}", T::NAME))),
            Err(_) => return Err(torn("清单读不出来")),
        };
        if thing.format() > T::NEWEST {
            return Err(Error::Newer(format!("这个{}", T::NAME)));
        }
        let fits = signature(&self.signature).is_some_and(|signature| self.signer.signed(self.kind.purpose(), &self.digest(), &signature));
        let signed = fits && thing.seat() == self.signer.fingerprint();
        Ok((thing, signed))
    }

    /// What stands for the signed text.
    pub(super) fn digest(&self) -> Digest {
        Digest::of(self.text.as_bytes())
    }
}

/// Says of a file's seal what is wrong with it.
pub(super) fn torn(what: &str) -> Error {
    Error::Sheet(Refusal::new(
        format!("文件的{what}，可能在保存或传送时损坏，也可能被改动过。"),
        "请向发来文件的单位重新索取一份；不要用这一份汇总。",
    ))
}

/// The number and the text of a chunk's line.
fn chunk(line: &str) -> Option<(usize, &str)> {
    let (number, text) = line.split_once('|')?;
    Some((number.parse().ok()?, text))
}

fn newer(line: &str) -> bool {
    let version = line.strip_prefix("UB").and_then(|rest| rest.split_once('|')).and_then(|(version, _)| version.parse::<u32>().ok());
    version.is_some_and(|version| version > 1)
}

fn format(text: &str) -> u32 {
    #[derive(serde::Deserialize)]
    struct Format {
        format: u32,
    }
    serde_json::from_str(text).map_or(0, |format: Format| format.format)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::seal::fixture::manifest;

    #[test]
    fn lines_fit_cells_and_come_back_in_any_order() {
        let key = SeatKey::random().unwrap();
        let mut sealed = manifest(&key, 3_000);
        sealed.note = "长_说明 ".repeat(20_000);
        let mut written = lines(&sealed, &key).unwrap();
        assert!(written.len() > 6, "{} lines: a long manifest takes several", written.len());
        assert!(
            written.iter().all(|line| line.encode_utf16().count() <= 8_010),
            "each fits a cell, as Excel counts, and is not broken in two"
        );
        assert!(written[0].starts_with("本表由工会台账"), "the first says what the sheet is for");
        written.reverse();
        written.insert(1, "别人写的一行".into());
        let envelope = Envelope::read(&written).unwrap();
        assert_eq!(envelope.open::<crate::report::seal::Manifest>().unwrap(), (sealed, true), "whatever stands among them");
    }

    #[test]
    fn line_ends_that_a_program_puts_in_do_no_harm() {
        let key = SeatKey::random().unwrap();
        let mut sealed = manifest(&key, 30);
        sealed.note = "两行\n和 空格".into();
        let mut written = lines(&sealed, &key).unwrap();
        written[2] = written[2].replace(',', "\n, \r");
        let envelope = Envelope::read(&written).unwrap();
        assert_eq!(envelope.open::<crate::report::seal::Manifest>().unwrap(), (sealed, true), "its own blanks are kept, theirs are not");
    }

    #[test]
    fn a_changed_character_is_no_longer_signed() {
        let key = SeatKey::random().unwrap();
        let written = lines(&manifest(&key, 3), &key).unwrap();
        let mut unsigned = 0;
        for at in 0..written[2].chars().count() {
            let mut changed = written.clone();
            changed[2] = written[2].chars().enumerate().map(|(n, letter)| if n == at { other(letter) } else { letter }).collect();
            match Envelope::read(&changed).and_then(|envelope| envelope.open::<crate::report::seal::Manifest>()) {
                Ok((_, signed)) => {
                    assert!(!signed, "character {at} was changed");
                    unsigned += 1;
                }
                Err(Error::Sheet(_) | Error::Newer(_)) => {}
                Err(fault) => panic!("character {at}: {fault}"),
            }
        }
        assert!(unsigned > 100, "most changes still read ({unsigned}), so that the screen can show them");
    }

    fn other(letter: char) -> char {
        if letter == '7' { '8' } else { '7' }
    }

    #[test]
    fn another_key_cannot_sign_for_a_seat() {
        let (key, thief) = (SeatKey::random().unwrap(), SeatKey::random().unwrap());
        assert!(matches!(lines(&manifest(&key, 3), &thief), Err(Error::Bug(_))), "the product itself never does");
        let written = lines(&manifest(&key, 3), &key).unwrap();
        let swapped: Vec<String> =
            written.iter().map(|line| line.replace(&key.public().to_string(), &thief.public().to_string())).collect();
        let (_, signed) = Envelope::read(&swapped).unwrap().open::<crate::report::seal::Manifest>().unwrap();
        assert!(!signed, "a key that did not sign");
    }

    #[test]
    fn missing_and_newer_lines_are_refused() {
        let key = SeatKey::random().unwrap();
        let mut sealed = manifest(&key, 3);
        sealed.note = "长".repeat(70_000);
        let written = lines(&sealed, &key).unwrap();
        for gone in 1..written.len() {
            let mut less = written.clone();
            less.remove(gone);
            assert!(matches!(Envelope::read(&less), Err(Error::Sheet(_))), "line {gone} is missing");
        }
        let newer: Vec<String> = written.iter().map(|line| line.replacen("UB1|", "UB2|", 1)).collect();
        assert!(matches!(Envelope::read(&newer), Err(Error::Newer(_))), "a seal of a later kind");
        for format in ["\"format\":2", "\"format\":2,\"more\":{}"] {
            let newer: Vec<String> = written.iter().map(|line| line.replacen("\"format\":1", format, 1)).collect();
            let opened = Envelope::read(&newer).unwrap().open::<crate::report::seal::Manifest>();
            assert!(matches!(&opened, Err(Error::Newer(_))), "a manifest of a later form: {format}");
        }
        let last = format!("|{}", written.len() - 2);
        for count in ["0", "99999999999999999999", "-1", "18446744073709551615", "x"] {
            let wrong: Vec<String> =
                written.iter().map(|line| line.strip_suffix(&last).map_or(line.clone(), |seal| format!("{seal}|{count}"))).collect();
            assert!(matches!(Envelope::read(&wrong), Err(Error::Sheet(_))), "{count} lines are said to be there");
        }
    }
}
