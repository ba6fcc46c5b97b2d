//! Puts a very hidden sheet into a workbook, part by part: three small parts are rewritten, one is added, all others are copied.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::SHEET;
use super::outer::room;
use crate::sheet::fault::Fault;
use crate::sheet::package::{Outline, Package, relations_part};
use crate::sheet::xml::{Pieces, Token};

const LARGEST_PART: u64 = 16 << 20;
const TYPES: &str = "[Content_Types].xml";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";

type Book<'a> = Package<Cursor<&'a [u8]>>;

/// Gives the workbook with the lines in its sheet; where it has such a sheet already, that one is written anew.
pub(super) fn embed(workbook: &[u8], lines: &[String]) -> Result<Vec<u8>, Fault> {
    let mut package = Package::open(Cursor::new(workbook))?;
    let outline = package.outline()?;
    let book = package.part(&outline.part, LARGEST_PART)?.unwrap_or_default();
    let words = Words::of(&book);
    let sheet = sheet(&words, lines);
    let parts = match outline.leaves.iter().find(|leaf| leaf.name == SHEET) {
        Some(leaf) => vec![(leaf.part.clone(), sheet)],
        None => added(&mut package, &outline, &book, &words, sheet)?,
    };
    write(&mut package, workbook.len(), &parts)
}

/// The names that the workbook's dialect has for its own things.
struct Words {
    main: &'static str,
    relations: &'static str,
}

impl Words {
    fn of(book: &[u8]) -> Self {
        if memchr::memmem::find(book, b"http://purl.oclc.org/ooxml/spreadsheetml/main").is_some() {
            let relations = "http://purl.oclc.org/ooxml/officeDocument/relationships";
            return Self { main: "http://purl.oclc.org/ooxml/spreadsheetml/main", relations };
        }
        let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        Self { main: "http://schemas.openxmlformats.org/spreadsheetml/2006/main", relations }
    }
}

/// The parts that change when the sheet is new: the sheet, the workbook, its relations, the list of types.
fn added(package: &mut Book<'_>, outline: &Outline, book: &[u8], words: &Words, sheet: String) -> Result<Vec<(String, String)>, Fault> {
    let folder = outline.part.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let target = free(|name| !package.has(&format!("{folder}{name}")), |number| format!("worksheets/sheet{number}.xml"));
    let relation = free(|id| outline.relations.iter().all(|relation| relation.id != *id), |number| format!("rIdSeal{number}"));
    let relations_name = relations_part(&outline.part);
    let relations = package.part(&relations_name, LARGEST_PART)?.unwrap_or_default();
    let types = package.part(TYPES, LARGEST_PART)?.unwrap_or_default();
    let taken = sheet_numbers(book)?;
    let number = free(|number| !taken.iter().any(|taken| taken == number), |number| number.to_string());

    let entry = format!(r#"sheet xmlns:r="{}" name="{SHEET}" sheetId="{number}" state="veryHidden" r:id="{relation}"/>"#, words.relations);
    let link = format!(r#"Relationship Id="{relation}" Type="{}/worksheet" Target="{target}"/>"#, words.relations);
    let kind = format!(r#"Override PartName="/{folder}{target}" ContentType="{SHEET_TYPE}"/>"#);
    Ok(vec![
        (outline.part.clone(), with_last(book, b"sheets", &entry)?),
        (relations_name, with_last(&relations, b"Relationships", &link)?),
        (TYPES.to_owned(), with_last(&types, b"Types", &kind)?),
        (format!("{folder}{target}"), sheet),
    ])
}

/// The first of the names that is free.
fn free(is_free: impl Fn(&String) -> bool, name: impl Fn(u32) -> String) -> String {
    (1..).map(&name).find(is_free).unwrap_or_default()
}

fn sheet_numbers(book: &[u8]) -> Result<Vec<String>, Fault> {
    let (mut pieces, mut numbers) = (Pieces::new(book), Vec::new());
    while let Some(piece) = pieces.next()? {
        match piece.token {
            Token::Open(tag) if tag.name == b"sheet" => numbers.extend(tag.value("sheetId").map(|id| id.trim().to_owned())),
            _ => {}
        }
    }
    Ok(numbers)
}

/// Writes a part with one more element, without its opening bracket, at the end of a list.
fn with_last(document: &[u8], list: &[u8], element: &str) -> Result<String, Fault> {
    let (mut pieces, mut out, mut done) = (Pieces::new(document), Vec::with_capacity(document.len() + 512), false);
    while let Some(piece) = pieces.next()? {
        if let (false, Token::Close(name)) = (done, piece.token)
            && name == list
        {
            done = true;
            out.push(b'<');
            out.extend_from_slice(prefix(piece.raw));
            out.extend_from_slice(element.as_bytes());
        }
        out.extend_from_slice(piece.raw);
    }
    String::from_utf8(out).ok().filter(|_| done).ok_or(Fault::Broken("工作簿的目录"))
}

/// The prefix of a closing tag, with its colon.
fn prefix(raw: &[u8]) -> &[u8] {
    let name = raw.strip_prefix(b"</").unwrap_or_default();
    let colon = name.iter().position(|byte| *byte == b':');
    colon.and_then(|colon| name.get(..=colon)).unwrap_or_default()
}

fn sheet(words: &Words, lines: &[String]) -> String {
    let mut xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"{}\"><sheetData>", words.main);
    for (row, line) in (1..).zip(lines) {
        let row: usize = row;
        let text = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        xml.push_str(&format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"));
    }
    xml.push_str("</sheetData></worksheet>");
    xml
}

/// Writes the zip in its old order, changed parts in their places and new ones at the end, with room for the outer seal.
fn write(package: &mut Book<'_>, size: usize, parts: &[(String, String)]) -> Result<Vec<u8>, Fault> {
    let places: Vec<Option<usize>> = parts.iter().map(|(name, _)| package.index(name)).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(size + 16_384)));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..package.zip.len() {
        let entry = package.zip.by_index_raw(index)?;
        let change = places.iter().position(|place| *place == Some(index)).and_then(|at| parts.get(at));
        let Some((_, text)) = change else {
            zip.raw_copy_file(entry)?;
            continue;
        };
        let name = entry.name()?.into_owned();
        drop(entry);
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    for ((name, text), _) in parts.iter().zip(&places).filter(|(_, place)| place.is_none()) {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.set_raw_comment(room())?;
    Ok(zip.finish()?.into_inner())
}
