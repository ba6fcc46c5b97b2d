//! Letters as keyboards and spreadsheets produce them: what several rules fold before they judge.

/// Folds full-width letters, digits, signs and blanks (U+FF01 to U+FF5E, U+3000) to their ASCII forms and leaves all else.
pub fn half_width(letter: char) -> char {
    match letter {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => u32::from(letter).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(letter),
        _ => letter,
    }
}

/// Says whether a letter takes no room on screen: joiners, direction marks and byte-order marks that copied text carries along.
pub fn invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{ad}')
        || (letter.is_control() && !letter.is_whitespace())
}

/// Trims a text that may be empty; a blank one is none.
pub fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_letters_become_ascii() {
        let folded: String = "ＡＢＣ１２３　，·张".chars().map(half_width).collect();
        assert_eq!(folded, "ABC123 ,·张", "only the full-width forms change");
    }

    #[test]
    fn only_signs_without_width_are_invisible() {
        for letter in ['\u{feff}', '\u{200b}', '\u{202d}', '\u{0}'] {
            assert!(invisible(letter), "{letter:?} takes no room");
        }
        for letter in [' ', '\t', '\u{a0}', '张', '·'] {
            assert!(!invisible(letter), "{letter:?} takes room");
        }
    }
}
