//! JSON in one form, written with nothing that a spreadsheet program changes when it opens and saves a text.
//!
//! Excel reads `_x000D_` in a cell as a character and writes line ends its own way; blanks at the ends of a text, signs without a
//! width and characters beyond the first plane fare differently from program to program. All of these are written as `\u`
//! escapes, so that the text in the cells is to the character the text that was signed.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

/// Writes a value as canonical JSON: the same value always gives the same text.
pub(super) fn canonical(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, Plain));
    // Maps with keys that are no texts are the only values that JSON cannot hold; there are none here.
    written.ok().and_then(|()| String::from_utf8(bytes).ok()).unwrap_or_default()
}

struct Plain;

impl Formatter for Plain {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((before, letter, after)) = next_risky(rest) {
            writer.write_all(before.as_bytes())?;
            for unit in letter.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after;
        }
        writer.write_all(rest.as_bytes())
    }
}

fn next_risky(text: &str) -> Option<(&str, char, &str)> {
    let (at, letter) = text.char_indices().find(|(_, letter)| risky(*letter))?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, letter, rest.get(letter.len_utf8()..)?))
}

fn risky(letter: char) -> bool {
    letter == '_'
        || letter > '\u{ffff}'
        || letter.is_whitespace()
        || letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(letter, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_may_change_is_written_as_an_escape() {
        let text = "甲 _x000D_\r\n\t𠮷\u{200b}\u{feff}\"\\会";
        let json = canonical(&text);
        assert_eq!(
            json, r#""甲\u0020\u005fx000D\u005f\r\n\t\ud842\udfb7\u200b\ufeff\"\\会""#,
            "no blank, underline, line end, sign without width or character of two units stands in it"
        );
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text, "and any reader of JSON gives it back");
    }
}
