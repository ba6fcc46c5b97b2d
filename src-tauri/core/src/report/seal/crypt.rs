//! Files encrypted for a receiver (crate `age`), safe over any road.

use std::io::{Read, Write};

use age::armor::ArmoredReader;
use age::{DecryptError, Decryptor, Encryptor, Recipient};

use super::card::Card;
use super::key::{SeatKey, recipient};
use crate::error::{Error, Refusal, Result};

/// Largest file that is encrypted or opened; `age` does not compress, so what comes out is no larger than what went in.
const LARGEST: usize = 512 << 20;
const BEGINNINGS: [&[u8]; 2] = [b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----"];

/// Says whether a file is encrypted, for whomever.
pub fn is_encrypted(file: &[u8]) -> bool {
    BEGINNINGS.iter().any(|beginning| file.starts_with(beginning))
}

/// Encrypts a file so that each of the cards' owners, and nobody else, can open it.
pub fn encrypt(file: &[u8], to: &[Card]) -> Result<Vec<u8>> {
    if to.is_empty() {
        return Err(Error::Refused(Refusal::new("没有选择收件单位，无法加密。", "请先导入收件单位的通讯卡，再选择它。")));
    }
    bounded(file)?;
    let keys = to.iter().map(|card| recipient(card.recipient())).collect::<Option<Vec<_>>>();
    let keys = keys.ok_or_else(|| Error::Bug("a card without a key for encrypting".into()))?;
    let failed = |source: &dyn std::fmt::Display| Error::Bug(format!("age: {source}"));
    let encryptor = Encryptor::with_recipients(keys.iter().map(|key| key as &dyn Recipient)).map_err(|source| failed(&source))?;
    let mut out = Vec::with_capacity(file.len() + file.len() / 2048 + 1024);
    let mut writer = encryptor.wrap_output(&mut out).map_err(|source| failed(&source))?;
    writer.write_all(file).map_err(|source| failed(&source))?;
    writer.finish().map_err(|source| failed(&source))?;
    Ok(out)
}

/// Opens a file that was encrypted for one of a seat's keys; refuses one for somebody else, and one that is damaged.
pub fn decrypt(file: &[u8], keys: &[SeatKey]) -> Result<Vec<u8>> {
    if !is_encrypted(file) {
        return Err(Error::Sheet(Refusal::new("这个文件没有加密。", "请直接装入。")));
    }
    bounded(file)?;
    let decryptor = Decryptor::new_buffered(ArmoredReader::new(file)).map_err(refusal)?;
    if decryptor.is_scrypt() {
        let said = Refusal::new("这个文件是用口令加密的，本软件只打开为本单位加密的文件。", "请让对方用本单位的通讯卡重新加密。");
        return Err(Error::Refused(said));
    }
    let mut reader = decryptor.decrypt(keys.iter().map(|key| key.identity() as &dyn age::Identity)).map_err(refusal)?;
    let mut out = Vec::with_capacity(file.len());
    reader.read_to_end(&mut out).map_err(|_| damaged())?;
    Ok(out)
}

fn bounded(file: &[u8]) -> Result<()> {
    if file.len() <= LARGEST {
        return Ok(());
    }
    let said = Refusal::new("文件超过 512 MB，为安全起见没有处理。", "请确认文件来源；确是上报文件的，请拆成几个较小的任务上报。");
    Err(Error::Sheet(said))
}

fn refusal(fault: DecryptError) -> Error {
    match fault {
        DecryptError::NoMatchingKeys => Error::Refused(Refusal::new(
            "这个加密文件不是发给本单位这台电脑的，打不开。",
            "请让对方用本单位最新的通讯卡重新加密；本单位换过电脑或重建过台账的，请先把新的通讯卡发给对方。",
        )),
        DecryptError::UnknownFormat => Error::Newer("这个加密文件".into()),
        _ => damaged(),
    }
}

fn damaged() -> Error {
    let way = "请向发来文件的单位重新索取一份；用聊天软件传送的，请以“文件”方式发送。";
    Error::Sheet(Refusal::new("加密文件不完整或已损坏，打不开。", way))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(outcome: Result<Vec<u8>>, words: &str) {
        let fault = outcome.expect_err(words);
        assert!(fault.to_string().contains(words), "{fault}: says {words}");
    }

    #[test]
    fn only_those_it_is_for_can_open_a_file() {
        let [town, county, other] = [(); 3].map(|()| SeatKey::random().unwrap());
        let cards = [town.card("1", "镇总工会", 1), county.card("2", "县总工会", 1)];
        let plain = "会员".repeat(50_000).into_bytes();
        let sent = encrypt(&plain, &cards).unwrap();
        assert!(is_encrypted(&sent) && !is_encrypted(&plain), "it can be told from a plain one");
        assert_eq!(decrypt(&sent, std::slice::from_ref(&town)).unwrap(), plain, "the first receiver opens it");
        assert_eq!(
            decrypt(&sent, &[other.clone(), SeatKey::from_text(&county.to_text()).unwrap()]).unwrap(),
            plain,
            "and the second, from its stored keys, whichever of them it was for"
        );
        refused(decrypt(&sent, &[other]), "不是发给本单位");
        refused(decrypt(&plain, &[town]), "没有加密");
        refused(encrypt(&plain, &[]), "没有选择收件单位");
    }

    #[test]
    fn an_armoured_file_is_opened_too() {
        let key = SeatKey::random().unwrap();
        let text = age::encrypt_and_armor(&recipient(&key.recipient()).unwrap(), b"file").unwrap();
        assert!(is_encrypted(text.as_bytes()), "told by its first line");
        assert_eq!(decrypt(text.as_bytes(), &[key]).unwrap(), b"file", "as another program may have written it");
    }

    #[test]
    fn every_flipped_byte_and_every_truncation_is_refused() {
        let keys = [SeatKey::random().unwrap()];
        let sent = encrypt(b"a sealed file", &[keys[0].card("1", "镇总工会", 1)]).unwrap();
        for at in 0..sent.len() {
            let mut changed = sent.clone();
            changed[at] ^= 1 << (at % 8);
            assert!(decrypt(&changed, &keys).is_err(), "byte {at} was changed");
            assert!(decrypt(&sent[..at], &keys).is_err(), "cut after {at} bytes");
        }
    }
}
