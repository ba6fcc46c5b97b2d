//! Which cell styles show their number as a date.

use std::collections::HashMap;
use std::io::Read;

use crate::sheet::fault::Fault;
use crate::sheet::xml::{Scanner, Tag, Token};

/// For each cell format (`cellXfs` in order): whether it shows a date or time.
#[derive(Debug, Default)]
pub(super) struct Formats(Vec<bool>);

impl Formats {
    /// Says whether the style of a cell's `s` attribute shows a date or time.
    pub(super) fn dated(&self, style: usize) -> bool {
        self.0.get(style).copied().unwrap_or(false)
    }

    /// Reads `styles.xml`.
    pub(super) fn read(source: impl Read) -> Result<Self, Fault> {
        let mut xml = Scanner::new(source)?;
        let (mut custom, mut formats, mut inside) = (HashMap::new(), Vec::new(), false);
        while let Some(token) = xml.next()? {
            match token {
                Token::Open(tag) if tag.name == b"numFmt" => custom.extend(custom_format(&tag)),
                Token::Open(tag) if tag.name == b"cellXfs" => inside = !tag.empty,
                Token::Close(b"cellXfs") => inside = false,
                Token::Open(tag) if inside && tag.name == b"xf" => formats.push(dated(&tag, &custom)),
                _ => {}
            }
        }
        Ok(Self(formats))
    }
}

fn custom_format(tag: &Tag<'_>) -> Option<(u32, bool)> {
    let id = tag.value("numFmtId")?.parse().ok()?;
    Some((id, shows_date(&tag.value("formatCode")?)))
}

fn dated(tag: &Tag<'_>, custom: &HashMap<u32, bool>) -> bool {
    let id = tag.value("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
    custom.get(&id).copied().unwrap_or(matches!(id, 14..=22 | 27..=36 | 45..=47 | 50..=58 | 71..=81))
}

/// Says whether a number format shows a date or time: one of y m d h s outside quotes, colours and locales
/// (ECMA-376 part 1, 18.8.31).
fn shows_date(code: &str) -> bool {
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            ';' => return false,
            '"' => drop(characters.by_ref().find(|end| *end == '"')),
            '\\' | '_' | '*' => drop(characters.next()),
            '[' if elapsed(&characters.by_ref().take_while(|end| *end != ']').collect::<String>()) => return true,
            'g' if characters.as_str().to_ascii_lowercase().starts_with("eneral") => drop(characters.by_ref().nth(5)),
            'y' | 'm' | 'd' | 'h' | 's' => return true,
            _ => {}
        }
    }
    false
}

/// `[h]`, `[mm]`, `[ss]` show elapsed time; other brackets are colours, conditions and locales.
fn elapsed(inside: &str) -> bool {
    !inside.is_empty() && ['h', 'm', 's'].iter().any(|unit| inside.chars().all(|character| character.eq_ignore_ascii_case(unit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn date_formats_are_told_from_number_formats() {
        for code in [
            "yyyy/m/d;@",
            "[$-804]yyyy\"年\"m\"月\"d\"日\"",
            "[$-F800]dddd\\,\\ mmmm\\ dd",
            "h:mm",
            "[h]:mm:ss",
            "mm-dd-yy",
            "YYYY\\-MM\\-DD",
        ] {
            assert!(shows_date(code), "`{code}` shows a date");
        }
        for code in [
            "General",
            "0.00E+00",
            "@",
            "#,##0.00\"元/day\"",
            "[Red]0",
            "0_);(0)",
            "[$¥-804]#,##0",
            "0;yyyy",
            "\"yyyy\"",
            "\\d0",
            "G/通用格式",
        ] {
            assert!(!shows_date(code), "`{code}` shows a number");
        }
    }

    #[test]
    fn styles_are_counted_in_the_order_of_the_cell_formats() {
        let xml = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;\"/><numFmt numFmtId=\"14\" formatCode=\"0\"/></numFmts>\
            <cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"176\"><alignment/></xf><xf numFmtId=\"22\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";
        let formats = Formats::read(xml.as_bytes()).expect("sound styles");
        let dated: Vec<_> = (0..5).map(|style| formats.dated(style)).collect();
        assert_eq!(dated, [false, true, true, false, false], "custom, built in, a redefined built in, and beyond the last");
    }
}
