//! Seals as a whole: what comes back, and what is noticed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::fixture::{manifest, workbook};
use super::*;
use crate::report::task::{Line, Place, Sheet, Value, Values};

fn returned(file: &[u8]) -> Opened<Manifest> {
    match open(file).unwrap() {
        Found::Return(opened) => *opened,
        other => panic!("no return: {other:?}"),
    }
}

fn parts(file: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut zip = ZipArchive::new(Cursor::new(file)).unwrap();
    let read = |index| {
        let mut entry = zip.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        (entry.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(file)).unwrap().len()).map(read).collect()
}

fn zipped(parts: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn what_was_sealed_comes_back() {
    let key = SeatKey::random().unwrap();
    for rows in [0, 1, 200, 3_000] {
        let says = manifest(&key, rows);
        let opened = returned(&seal(&workbook(20), &says, &key).unwrap());
        assert_eq!((opened.signed, opened.outer, opened.signer), (true, Outer::Whole, key.public()), "{rows} rows");
        assert_eq!(opened.digest, says.digest(), "the digest is that of what was sealed");
        assert_eq!(opened.says, says, "{rows} rows come back");
    }
}

#[test]
fn every_other_part_of_the_workbook_stays_to_the_byte() {
    let key = SeatKey::random().unwrap();
    let (plain, sealed) = (parts(&workbook(20)), parts(&seal(&workbook(20), &manifest(&key, 2), &key).unwrap()));
    let changed: Vec<&String> = plain.iter().filter(|(name, bytes)| sealed.get(*name) != Some(bytes)).map(|(name, _)| name).collect();
    assert_eq!(changed, ["[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/workbook.xml"], "only what names the new sheet");
    let added: Vec<&String> = sealed.keys().filter(|name| !plain.contains_key(*name)).collect();
    assert_eq!(added, ["xl/worksheets/sheet2.xml"], "and the sheet");
    let book = String::from_utf8(sealed["xl/workbook.xml"].clone()).unwrap();
    assert!(book.contains(r#"name="_上报" sheetId="2" state="veryHidden""#), "nobody sees it by accident: {book}");
}

#[test]
fn a_sealed_file_is_sealed_anew_in_the_same_sheet() {
    let key = SeatKey::random().unwrap();
    let first = seal(&workbook(3), &manifest(&key, 300), &key).unwrap();
    let mut says = manifest(&key, 1);
    says.no = 3;
    let second = seal(&first, &says, &key).unwrap();
    assert_eq!(parts(&second).len(), parts(&first).len(), "no second hidden sheet");
    let opened = returned(&second);
    assert_eq!((opened.says, opened.signed, opened.outer), (says, true, Outer::Whole), "the later manifest counts");
}

#[test]
fn a_workbook_with_prefixes_or_of_the_strict_kind_is_sealed() {
    let key = SeatKey::random().unwrap();
    let mut strict = parts(&workbook(1));
    for bytes in strict.values_mut() {
        let text = String::from_utf8_lossy(bytes)
            .replace("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main");
        *bytes = text
            .replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                "http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
            .into_bytes();
    }
    let mut prefixed = parts(&workbook(1));
    let book = String::from_utf8(prefixed["xl/workbook.xml"].clone()).unwrap();
    let book = book.replace("</", "</x:").replace('<', "<x:").replace("<x:/x:", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=");
    prefixed.insert("xl/workbook.xml".into(), book.into_bytes());
    for (plain, wanted) in [(strict, "purl.oclc.org/ooxml/officeDocument/relationships\" name=\"_上报\""), (prefixed, "<x:sheet xmlns:r=")]
    {
        let sealed = seal(&zipped(&plain), &manifest(&key, 1), &key).unwrap();
        let book = String::from_utf8(parts(&sealed)["xl/workbook.xml"].clone()).unwrap();
        assert!(book.contains(wanted), "in the workbook's own dialect: {book}");
        assert!(returned(&sealed).signed, "and back");
    }
}

#[test]
fn a_file_written_again_is_only_noted() {
    let key = SeatKey::random().unwrap();
    let sealed = seal(&workbook(20), &manifest(&key, 20), &key).unwrap();
    let opened = returned(&zipped(&parts(&sealed)));
    assert_eq!((opened.signed, opened.outer), (true, Outer::SavedAgain), "the manifest is still signed, the outer seal is gone");
}

#[test]
fn every_flipped_byte_is_noticed() {
    let key = SeatKey::random().unwrap();
    let sealed = seal(&workbook(1), &manifest(&key, 1), &key).unwrap();
    for at in 0..sealed.len() {
        broken(&sealed, at, 1 << (at % 8));
    }
    for at in (sealed.len() - outer::LENGTH - 22)..sealed.len() {
        for flip in [0x20, 0xff] {
            broken(&sealed, at, flip);
        }
    }
}

#[test]
fn flipped_bytes_of_a_bigger_file_are_noticed() {
    let key = SeatKey::random().unwrap();
    let sealed = seal(&workbook(200), &manifest(&key, 200), &key).unwrap();
    let ends = (sealed.len() - 300)..sealed.len();
    for at in (0..sealed.len()).step_by(97).chain(ends) {
        broken(&sealed, at, 1 << (at % 8));
    }
}

fn broken(sealed: &[u8], at: usize, flip: u8) {
    let mut changed = sealed.to_vec();
    changed[at] ^= flip;
    match open(&changed) {
        Ok(Found::Return(opened)) => assert_eq!(opened.outer, Outer::Broken, "byte {at} of {} was changed by {flip:#x}", sealed.len()),
        Ok(other) => panic!("byte {at} changed by {flip:#x}: taken for {other:?}"),
        Err(Error::Sheet(refusal)) => assert!(refusal.message.ends_with('。'), "byte {at}: a full sentence"),
        Err(fault) => panic!("byte {at}: {fault}"),
    }
}

#[test]
fn a_cut_file_is_refused() {
    let key = SeatKey::random().unwrap();
    let sealed = seal(&workbook(1), &manifest(&key, 1), &key).unwrap();
    for length in 2..sealed.len() {
        match open(&sealed[..length]) {
            Err(Error::Sheet(_)) => {}
            Ok(Found::Return(opened)) => assert_eq!(opened.outer, Outer::Broken, "cut after {length} bytes"),
            other => panic!("cut after {length} bytes: {other:?}"),
        }
    }
    let mut longer = sealed.clone();
    longer.push(0);
    assert!(!matches!(open(&longer), Ok(Found::Return(opened)) if opened.outer != Outer::Broken), "nor may anything follow it");
}

#[test]
fn a_changed_manifest_is_not_signed() {
    let key = SeatKey::random().unwrap();
    let mut changed = parts(&seal(&workbook(1), &manifest(&key, 1), &key).unwrap());
    let sheet = String::from_utf8(changed["xl/worksheets/sheet2.xml"].clone()).unwrap();
    changed.insert("xl/worksheets/sheet2.xml".into(), sheet.replace("\"C2\":7", "\"C2\":8").into_bytes());
    let opened = returned(&zipped(&changed));
    assert_eq!((opened.signed, opened.outer), (false, Outer::SavedAgain), "whoever writes the zip anew cannot sign");
    assert_eq!(opened.says.values.sheets[0].cells[&"C2".parse().unwrap()], Value::Int(8), "and the screen can show what it says");
}

#[test]
fn a_key_of_somebody_else_is_told_by_the_signer() {
    let (key, thief) = (SeatKey::random().unwrap(), SeatKey::random().unwrap());
    let sealed = seal(&workbook(1), &manifest(&key, 1), &key).unwrap();
    let forged = seal(&sealed, &manifest(&thief, 1), &thief).unwrap();
    let opened = returned(&forged);
    assert_eq!((opened.signed, opened.outer), (true, Outer::Whole), "a seal of its own");
    assert_ne!(opened.signer, key.public(), "but not that of the card");
}

#[test]
fn what_was_never_sealed_is_plain() {
    for (file, what) in [
        (workbook(3), "a workbook"),
        (Vec::new(), "nothing"),
        (b"\xD0\xCF\x11\xE0 old".to_vec(), "an old workbook"),
        ("单位,人数\n".into(), "a text"),
        (zipped(&BTreeMap::from([("word/document.xml".into(), b"<w:document/>".to_vec())])), "a letter"),
    ] {
        assert_eq!(open(&file).unwrap(), Found::Plain, "{what}");
    }
}

#[test]
fn a_bomb_in_the_hidden_sheet_is_refused() {
    let key = SeatKey::random().unwrap();
    let mut bomb = parts(&seal(&workbook(1), &manifest(&key, 1), &key).unwrap());
    let mut sheet = b"<worksheet><sheetData><row><c t=\"inlineStr\"><is><t>".to_vec();
    sheet.resize(130 << 20, b'1');
    bomb.insert("xl/worksheets/sheet2.xml".into(), sheet);
    let file = zipped(&bomb);
    assert!(file.len() < 1 << 20, "{} bytes hold 130 MB", file.len());
    assert!(open(&file).is_err_and(|fault| fault.to_string().contains("超出上限")), "and are not inflated to the end");
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![any::<i64>().prop_map(Value::Int), any::<String>().prop_map(Value::Text), Just(Value::Blank)]
}

fn values() -> impl Strategy<Value = Values> {
    let place = (1..=16_384u16, 1..=1_048_576u32).prop_map(|(column, row)| Place::new(column, row));
    let cells = prop::collection::btree_map(place, value(), 0..8);
    let line = (any::<String>(), prop::collection::vec(value(), 0..5)).prop_map(|(key, values)| Line { key, values });
    let sheet = (cells, prop::collection::vec(line, 0..20)).prop_map(|(cells, lines)| Sheet { cells, lines });
    prop::collection::vec(sheet, 0..4).prop_map(|sheets| Values { sheets })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_sealed_comes_back(values in values(), note in any::<String>(), name in any::<String>(), no in any::<u32>(), sealed in any::<i64>()) {
        let key = SeatKey::random().unwrap();
        let says = Manifest { values, note, name, no, sealed, ..manifest(&key, 0) };
        let file = seal(&workbook(1), &says, &key).unwrap();
        let opened = returned(&file);
        prop_assert_eq!((opened.signed, opened.outer), (true, Outer::Whole));
        prop_assert_eq!(opened.digest, says.digest());
        prop_assert_eq!(&opened.says, &says);
        let again = returned(&zipped(&parts(&file)));
        prop_assert_eq!((again.says, again.signed, again.outer), (says, true, Outer::SavedAgain));
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..600), at in any::<prop::sample::Index>(), key in "\\PC{0,300}") {
        let seat = SeatKey::random().unwrap();
        let _ = (open(&bytes), decrypt(&bytes, std::slice::from_ref(&seat)), Card::read(&key), SeatKey::from_text(&key));
        let mut file = seal(&workbook(1), &manifest(&seat, 1), &seat).unwrap();
        let from = at.index(file.len());
        file.splice(from..file.len().min(from + bytes.len()), bytes);
        let taken = matches!(open(&file), Ok(Found::Return(opened)) if opened.outer == Outer::Whole);
        prop_assert!(!taken || returned(&file).signed, "only the file itself is whole");
    }
}
