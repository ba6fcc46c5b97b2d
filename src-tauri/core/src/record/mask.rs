//! How a secret is shown to who did not ask for it.

use super::{Cell, Field};

/// What stands in the place of what was erased.
pub const ERASED: &str = "已清除";

/// Hides the middle of a text: of eleven letters and more the first three and the last four stay (110***********002X, 138****5678);
/// shorter ones show less, so that at least a third is always hidden.
pub fn mask(text: &str) -> String {
    let length = text.chars().count();
    let (head, tail) = match length {
        11.. => (3, 4),
        8..11 => (2, 2),
        4..8 => (1, 1),
        _ => (0, 0),
    };
    let shown = |at: usize| at < head || at >= length - tail;
    text.chars().enumerate().map(|(at, letter)| if shown(at) { letter } else { '*' }).collect()
}

/// The shortest run of digits that is somebody's number: a phone's.
const NUMBER: usize = 11;

/// Hides the middle of every run of digits in a text that is long enough to be somebody's number; the last may be a letter.
pub fn mask_numbers(text: &str) -> String {
    let end = |letter: char| !letter.is_ascii_alphanumeric();
    let is_number = |run: &str| run.len() >= NUMBER && run.bytes().rev().skip(1).all(|letter| letter.is_ascii_digit());
    let shown = |part: &str| {
        let run = part.trim_end_matches(end);
        if is_number(run) { mask(run) + part.get(run.len()..).unwrap_or_default() } else { part.to_owned() }
    };
    text.split_inclusive(end).map(shown).collect()
}

impl Field {
    /// Gives a cell as it may be shown: a secret's text masked, unless it was asked for.
    pub fn shown(&self, cell: &Cell, reveal: bool) -> Cell {
        match cell {
            Cell::Text(text) if self.secret && !reveal && text != ERASED => Cell::Text(mask(text)),
            Cell::Int(_) if self.secret && !reveal => Cell::Null,
            _ => cell.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_keep_what_a_clerk_tells_them_apart_by() {
        for (text, shown) in [("00000019900101001X", "000***********001X"), ("13800001234", "138****1234"), ("AB12", "A**2"), ("甲", "*")]
        {
            assert_eq!(mask(text), shown, "{text}");
        }
    }

    #[test]
    fn numbers_are_hidden_inside_a_sentence_and_amounts_are_not() {
        let said = "第 5 行“00000019900101001X”与13800001234重复，应为 1234567890";
        assert_eq!(mask_numbers(said), "第 5 行“000***********001X”与138****1234重复，应为 1234567890");
    }

    proptest! {
        #[test]
        fn a_third_of_it_is_hidden_and_its_length_kept(text in "\\PC{1,40}") {
            let shown = mask(&text);
            let differing = text.chars().zip(shown.chars()).filter(|(_, shown)| *shown == '*').count();
            prop_assert_eq!(text.chars().count(), shown.chars().count(), "the length stays");
            prop_assert!(differing * 3 >= text.chars().count(), "a third of {} must be hidden in {}", text, shown);
        }
    }
}
