//! Reads the texts of the hidden sheet, whichever program wrote it last.

use std::collections::HashMap;
use std::io::Cursor;

use super::SHEET;
use crate::sheet::fault::Fault;
use crate::sheet::package::Package;
use crate::sheet::xml::{Pieces, Scanner, Token, append, append_literal};

/// Most bytes of text that the sheet may hold.
const MOST_TEXT: usize = 64 << 20;
/// Most bytes of the sheet's part: the text, with room for quotes written as entities and for markup.
const LARGEST_SHEET: u64 = 2 * MOST_TEXT as u64;
/// Most bytes of the workbook's shared texts; they are read in a stream and only the sheet's own are kept.
const LARGEST_STRINGS: u64 = 512 << 20;
const MOST_CELLS: usize = 20_000;

/// Gives the texts of the hidden sheet's cells; none where the workbook has no such sheet.
pub(super) fn lines(file: &[u8]) -> Result<Option<Vec<String>>, Fault> {
    let mut package = Package::open(Cursor::new(file))?;
    let outline = package.outline()?;
    let Some(leaf) = outline.leaves.iter().find(|leaf| leaf.name == SHEET) else { return Ok(None) };
    let sheet = package.part(&leaf.part, LARGEST_SHEET)?.ok_or(Fault::Broken("封条所在的表"))?;
    let cells = cells(&sheet)?;
    let wanted = cells.iter().filter_map(Cell::shared).max();
    let mut strings = HashMap::new();
    if let (Some(last), Some(part)) = (wanted, outline.related("sharedStrings")) {
        let asked: HashMap<u32, ()> = cells.iter().filter_map(Cell::shared).map(|index| (index, ())).collect();
        if let Some(stream) = package.stream(part, LARGEST_STRINGS)? {
            strings = shared(&mut Scanner::new(stream)?, last, |index| asked.contains_key(&index))?;
        }
    }
    Ok(Some(cells.into_iter().filter_map(|cell| cell.text(&mut strings)).collect()))
}

/// A cell's text, or where it lies.
enum Cell {
    Own(String),
    Shared(u32),
}

impl Cell {
    fn shared(&self) -> Option<u32> {
        if let Self::Shared(index) = self { Some(*index) } else { None }
    }

    fn text(self, strings: &mut HashMap<u32, String>) -> Option<String> {
        match self {
            Self::Own(text) => Some(text),
            Self::Shared(index) => strings.remove(&index),
        }
    }
}

/// Reads the cells of the sheet's part.
fn cells(sheet: &[u8]) -> Result<Vec<Cell>, Fault> {
    let (mut pieces, mut cells) = (Pieces::new(sheet), Vec::new());
    let (mut text, mut shared, mut room) = (Run::new(b"t"), false, MOST_TEXT);
    while let Some(piece) = pieces.next()? {
        if let Token::Open(tag) = piece.token
            && tag.name == b"c"
        {
            shared = tag.raw("t") == Some(b"s");
            text = Run::new(if tag.raw("t") == Some(b"inlineStr") { b"t" } else { b"v" });
        }
        text.take(&piece.token, room)?;
        if let Token::Close(b"c") = piece.token {
            let text = std::mem::take(&mut text.text);
            room = room.saturating_sub(text.len());
            cells.extend(if shared { text.trim().parse().ok().map(Cell::Shared) } else { Some(Cell::Own(text)) });
        }
        if cells.len() > MOST_CELLS {
            return Err(Fault::TooBig("封条"));
        }
    }
    Ok(cells)
}

/// Reads those shared texts that are wanted, up to the last of them.
fn shared<R: std::io::Read>(xml: &mut Scanner<R>, last: u32, wanted: impl Fn(u32) -> bool) -> Result<HashMap<u32, String>, Fault> {
    let (mut found, mut index, mut room) = (HashMap::new(), 0, MOST_TEXT);
    let mut text = Run::new(b"t");
    while let (Some(token), true) = (xml.next()?, index <= last) {
        let ends = matches!(token, Token::Close(b"si")) || matches!(token, Token::Open(tag) if tag.name == b"si" && tag.empty);
        if wanted(index) {
            text.take(&token, room)?;
        }
        if ends {
            if wanted(index) {
                let text = std::mem::take(&mut text.text);
                room = room.saturating_sub(text.len());
                found.insert(index, text);
            }
            index += 1;
        }
    }
    Ok(found)
}

/// The text of the elements of one name, joined; readings of Chinese characters (phonetic runs) are passed over.
struct Run {
    element: &'static [u8],
    text: String,
    within: bool,
    reading: bool,
}

impl Run {
    fn new(element: &'static [u8]) -> Self {
        Self { element, text: String::new(), within: false, reading: false }
    }

    fn take(&mut self, token: &Token<'_>, room: usize) -> Result<(), Fault> {
        let sound = match token {
            Token::Open(tag) if tag.name == b"rPh" => {
                self.reading = !tag.empty;
                true
            }
            Token::Open(tag) if tag.name == self.element => {
                self.within = !tag.empty && !self.reading;
                true
            }
            Token::Close(name) if *name == b"rPh" || *name == self.element => {
                self.reading &= *name != b"rPh";
                self.within = false;
                true
            }
            Token::Text(raw) if self.within => append(raw, &mut self.text),
            Token::Literal(raw) if self.within => append_literal(raw, &mut self.text),
            _ => true,
        };
        match sound {
            false => Err(Fault::Broken("封条的文字")),
            true if self.text.len() > room => Err(Fault::TooBig("封条")),
            true => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_however_a_program_keeps_them() {
        let sheet = "<x:worksheet><x:c r=\"A1\" t=\"inlineStr\"><x:is><x:t>甲&amp;</x:t></x:is></x:c><x:c t=\"s\"><x:v>2</x:v></x:c>\
                     <x:c t=\"str\"><x:f>1</x:f><x:v>乙</x:v></x:c><x:c t=\"s\"/><x:c t=\"s\"><x:v>x</x:v></x:c></x:worksheet>";
        let cells = cells(sheet.as_bytes()).unwrap();
        let strings = "<sst><si><t>0</t></si><si/><si><r><t>丙</t></r><r><t>丁</t></r><rPh><t>ふ</t></rPh></si><si><t>3</t></si></sst>";
        let mut strings = shared(&mut Scanner::new(strings.as_bytes()).unwrap(), 2, |index| index == 2).unwrap();
        let texts: Vec<String> = cells.into_iter().filter_map(|cell| cell.text(&mut strings)).collect();
        assert_eq!(texts, ["甲&", "丙丁", "乙"], "own texts, shared ones with their runs, and formulas' results");
    }

    #[test]
    fn more_than_the_caps_allow_is_not_kept() {
        let many = "<c><v>1</v></c>".repeat(MOST_CELLS + 1);
        assert!(matches!(cells(many.as_bytes()), Err(Fault::TooBig(_))), "too many cells");
        let long = "x".repeat(1 << 20);
        let long = format!("<c><v>{long}</v></c>").repeat(65);
        assert!(matches!(cells(long.as_bytes()), Err(Fault::TooBig(_))), "more than 64 MB of text");
    }
}
