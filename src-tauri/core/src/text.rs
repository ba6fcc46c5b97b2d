//! Letters as keyboards and spreadsheets produce them: what several rules fold before they judge.

use std::borrow::Cow;

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

/// Gives a text of one line its stored form, however it was typed, pasted or imported.
///
/// Full-width letters, digits and signs become half-width; blanks of every kind at the ends and characters without a
/// width go; a line break inside becomes nothing between Chinese characters and one blank elsewhere. Chinese
/// punctuation stays, `（），：；！？` included: code lists are spelt with it (`待（下）岗`).
pub fn line(raw: &str) -> Cow<'_, str> {
    let trimmed = raw.trim_matches(blank);
    if trimmed.chars().all(|character| character == narrow(character) && !dropped(character) && !character.is_control()) {
        return Cow::Borrowed(trimmed);
    }
    let mut plain = String::with_capacity(trimmed.len());
    for line in trimmed.split(['\n', '\r', '\u{B}']) {
        let line: String =
            line.chars().filter(|character| !dropped(*character)).map(narrow).filter(|character| !character.is_control()).collect();
        let line = line.trim_matches(blank);
        let narrow_end = |character: Option<char>| character.is_some_and(|character| character.is_ascii());
        let meets = narrow_end(plain.chars().next_back()) || narrow_end(line.chars().next());
        if meets && !plain.is_empty() && !line.is_empty() {
            plain.push(' ');
        }
        plain.push_str(line);
    }
    Cow::Owned(plain)
}

fn blank(character: char) -> bool {
    character.is_whitespace() || character.is_control() || dropped(character)
}

/// Characters that cannot be seen: soft hyphen, zero-width and direction marks, separators of lines and paragraphs.
fn dropped(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2028}' | '\u{2029}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}')
}

fn narrow(character: char) -> char {
    match character {
        '（' | '）' | '，' | '：' | '；' | '！' | '？' | '～' => character,
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(character) - 0xFEE0).unwrap_or(character),
        '\u{3000}' | '\u{A0}' | '\u{2002}'..='\u{200A}' | '\u{202F}' | '\t' => ' ',
        _ => character,
    }
}

/// Gives a text of several lines its stored form: each line as [`line`] does, without blank ones at its ends.
pub fn lines(raw: &str) -> Cow<'_, str> {
    if !raw.contains(['\n', '\r', '\u{B}']) {
        return line(raw);
    }
    let plain: Vec<Cow<'_, str>> =
        raw.replace("\r\n", "\n").split(['\n', '\r', '\u{B}']).map(|part| Cow::Owned(line(part).into_owned())).collect();
    let first = plain.iter().position(|part| !part.is_empty()).unwrap_or(plain.len());
    let last = plain.iter().rposition(|part| !part.is_empty()).map_or(first, |last| last + 1);
    Cow::Owned(plain.get(first..last).unwrap_or_default().join("\n"))
}

/// Cuts a text to at most `longest` characters, with an ellipsis where something is left out.
pub fn cut(text: &str, longest: usize) -> String {
    match text.char_indices().nth(longest) {
        None => text.to_owned(),
        Some(_) => text.chars().take(longest.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Trims a text that may be empty; a blank one is none.
pub fn trimmed(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_stored_form_of_a_stored_form_is_itself(raw in "[ 　\u{A0}\t\r\n\u{B}Ａ1（张·\u{200B}\u{1}]{0,12}") {
            let stored = line(&raw).into_owned();
            prop_assert_eq!(line(&stored).into_owned(), stored, "one line, {:?}", raw);
            let stored = lines(&raw).into_owned();
            prop_assert_eq!(lines(&stored).into_owned(), stored, "several lines, {:?}", raw);
        }
    }

    #[test]
    fn several_lines_stay_several() {
        assert_eq!(lines("\n 第一行　\r\n\r\n第二行１\n"), "第一行\n\n第二行1", "each line is put right, blank ones at the ends go");
        assert_eq!(lines(" 一行 "), "一行", "one line is a line");
    }

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
