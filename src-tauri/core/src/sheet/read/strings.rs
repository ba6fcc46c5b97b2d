//! The shared strings of a workbook, in one run of characters.

use std::io::Read;

use crate::sheet::fault::Fault;
use crate::sheet::xml::{Scanner, Token, append, append_literal};

use super::scan::unescape;

/// Texts that cells refer to by number.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

/// So many texts and no more: each costs four bytes even where it is empty.
const MOST_STRINGS: usize = 20_000_000;

impl Strings {
    /// Gives a text; empty where the number is out of range (the scan refuses such cells before).
    pub(super) fn get(&self, index: u32) -> &str {
        let index = index as usize;
        let from = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or_default();
        let to = self.ends.get(index).copied().unwrap_or_default();
        self.text.get(from as usize..to as usize).unwrap_or_default()
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Reads `sharedStrings.xml`; readings (phonetic runs) are passed over, rich text is joined.
    pub(super) fn read(source: impl Read, most_bytes: usize) -> Result<Self, Fault> {
        let mut xml = Scanner::new(source)?;
        let mut strings = Self::default();
        let (mut take, mut reading) = (false, false);
        while let Some(token) = xml.next()? {
            match token {
                Token::Text(raw) if take => bounded(append(raw, &mut strings.text), &strings.text, most_bytes)?,
                Token::Literal(raw) if take => bounded(append_literal(raw, &mut strings.text), &strings.text, most_bytes)?,
                Token::Open(tag) => match tag.name {
                    b"t" => take = !tag.empty && !reading,
                    b"rPh" => reading = !tag.empty,
                    b"si" if tag.empty => strings.end()?,
                    _ => {}
                },
                Token::Close(b"t") => take = false,
                Token::Close(b"rPh") => reading = false,
                Token::Close(b"si") => strings.end()?,
                _ => {}
            }
        }
        Ok(strings)
    }

    fn end(&mut self) -> Result<(), Fault> {
        let from = self.ends.last().map_or(0, |end| *end as usize);
        unescape(&mut self.text, from);
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| Fault::TooBig("文字总量"))?);
        if self.ends.len() > MOST_STRINGS { Err(Fault::TooBig("文字条数")) } else { Ok(()) }
    }
}

fn bounded(read: bool, text: &str, most_bytes: usize) -> Result<(), Fault> {
    match read {
        false => Err(Fault::Broken("共享文字")),
        true if text.len() > most_bytes => Err(Fault::TooBig("文字总量")),
        true => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str, most: usize) -> Result<Strings, Fault> {
        Strings::read(xml.as_bytes(), most)
    }

    #[test]
    fn rich_text_is_joined_and_readings_are_left_out() {
        let xml = "<sst><si><t>甲</t></si><si/><si><r><t xml:space=\"preserve\"> 乙</t></r><r><t>&lt;丙_x000D_</t></r><rPh sb=\"0\" eb=\"1\"><t>ふり</t></rPh></si></sst>";
        let strings = read(xml, 1000).expect("sound strings");
        assert_eq!(
            (strings.get(0), strings.get(1), strings.get(2), strings.len()),
            ("甲", "", " 乙<丙\r", 3),
            "three texts, the second empty"
        );
        assert_eq!(strings.get(3), "", "beyond the last there is nothing");
    }

    #[test]
    fn the_cap_counts_what_was_read() {
        let xml = format!("<sst>{}</sst>", "<si><t>0123456789</t></si>".repeat(200));
        assert!(matches!(read(&xml, 1999), Err(Fault::TooBig(_))), "2000 characters exceed 1999");
        assert!(read(&xml, 2000).is_ok(), "2000 characters fit 2000");
    }
}
