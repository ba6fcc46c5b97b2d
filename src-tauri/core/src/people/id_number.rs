//! Numbers of identity documents: what they say, and what is wrong with them.
//!
//! Numbers of 18 digits follow GB 11643-1999 《公民身份号码》: division (6), birth (8), sequence (3, odd for men), check digit
//! (ISO 7064 MOD 11-2). 港澳台居民居住证 (from 2018, divisions 810000, 820000, 830000) and the 外国人永久居留身份证 of 2023 (first
//! digit 9) have the same build. An unknown division is no fault: abolished ones live on in numbers.

use chrono::{Datelike, NaiveDate};

use super::sex::Sex;

mod digits;
mod fault;
mod kind;
mod other;

pub use digits::{check_digit, generate};
pub use fault::IdFault;
pub use kind::IdKind;

use crate::text::{half_width, invisible};

/// A number that holds by the rules of its kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdNumber {
    /// The kind of document.
    pub kind: IdKind,
    /// The number in its canonical form: half-width, upper case, no blanks, 18 digits where 15 were given.
    pub text: String,
    /// The birth date in the number, where its kind has one.
    pub birth: Option<NaiveDate>,
    /// The sex in the number, where its kind has one.
    pub sex: Option<Sex>,
    /// Whether the number was given in the 15 digits of before 1999.
    pub converted: bool,
}

impl IdNumber {
    /// Gives the six digits of the administrative division (GB/T 2260, at the time of issue), where the kind has one.
    pub fn division(&self) -> Option<&str> {
        if self.kind.has_division() { self.text.get(..6) } else { None }
    }

    /// Gives the number with its middle hidden, as `mask` does.
    pub fn masked(&self) -> String {
        mask(&self.text)
    }
}

/// Reads a number that a person typed or a text cell holds; `today` bounds the birth date.
///
/// Without `hint` the kind is told from the number's build; with it a number of 18 digits is still taken as the kind it shows,
/// as rosters call every card 居民身份证. Blanks, full-width forms, a leading apostrophe and a small x are put right without a word.
pub fn parse(hint: Option<IdKind>, text: &str, today: NaiveDate) -> Result<IdNumber, IdFault> {
    parse_cell(hint, text, false, today)
}

/// Reads a number out of a sheet's cell; `numeric` says that the cell held a number, which spreadsheets cut to 15 digits.
pub fn parse_cell(hint: Option<IdKind>, text: &str, numeric: bool, today: NaiveDate) -> Result<IdNumber, IdFault> {
    let text = normalise(text);
    if text.is_empty() {
        return Err(IdFault::Empty);
    }
    if cut_by_spreadsheet(&text, numeric) {
        return Err(IdFault::CutBySpreadsheet);
    }
    match hint.or_else(|| IdKind::guess(&text)) {
        Some(kind) if kind.is_of_18_digits() => digits::parse(kind, &text, today),
        Some(kind) => other::parse(kind, text),
        None => digits::parse(IdKind::Resident, &text, today),
    }
}

/// Puts a number into the form it is stored in, judging nothing: half-width, upper case, without blanks, joiners and apostrophe.
pub fn normalise(text: &str) -> String {
    let letters = text.chars().map(half_width).filter(|&letter| !letter.is_whitespace() && !invisible(letter));
    let plain: String = letters.map(upper).collect();
    plain.trim_start_matches(['\'', '‘', '’', '`']).to_owned()
}

/// Upper case, and the look-alikes of X that input methods offer.
fn upper(letter: char) -> char {
    match letter {
        '×' | 'ⅹ' | 'Ⅹ' | 'х' | 'Х' | 'χ' | 'Χ' | '✕' | '╳' => 'X',
        _ => letter.to_ascii_uppercase(),
    }
}

/// Says whether a spreadsheet has cut a number of 18 digits to 15: 1.10105E+17, or 000 at the end of a numeric cell.
pub fn cut_by_spreadsheet(text: &str, numeric: bool) -> bool {
    let exponent = text.split_once(['E', 'e']).is_some_and(|(mantissa, power)| {
        let number = !mantissa.is_empty() && mantissa.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
        number && matches!(power, "+17" | "17" | "+16" | "16")
    });
    exponent || (numeric && text.len() == 18 && text.ends_with("000"))
}

/// Hides the middle of a number for screen and print: 110***********002X (first three and last four); short numbers show less.
pub fn mask(text: &str) -> String {
    let length = text.chars().count();
    let (head, tail) = match length {
        14.. => (3, 4),
        8..14 => (2, 2),
        4..8 => (1, 1),
        _ => (0, 0),
    };
    let shown = |at: usize| at < head || at >= length - tail;
    text.chars().enumerate().map(|(at, letter)| if shown(at) { letter } else { '*' }).collect()
}

/// Says whether a date can be a living person's birth date: not after `today` and at most 150 years ago.
fn plausible(birth: NaiveDate, today: NaiveDate) -> bool {
    birth <= today && birth.year() >= today.year() - 150
}

#[cfg(test)]
mod tests;
