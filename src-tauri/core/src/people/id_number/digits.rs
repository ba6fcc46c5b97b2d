//! Numbers of 18 digits, and of 15 from before 1999.

use chrono::{Datelike, NaiveDate};

use super::{IdFault, IdKind, IdNumber, fault, plausible};
use crate::people::sex::Sex;

/// The weights of the 17 digits before the check digit (GB 11643-1999, 4.4).
const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/// Gives the check digit, 0 to 9 or X, of 17 ASCII digits (GB 11643-1999; ISO 7064 MOD 11-2).
pub fn check_digit(body: &[u8; 17]) -> char {
    let sum: u32 = body.iter().zip(WEIGHTS).map(|(&digit, weight)| u32::from(digit.wrapping_sub(b'0')) * weight).sum();
    match (12 - sum % 11) % 11 {
        10 => 'X',
        value => char::from_digit(value, 10).unwrap_or('X'),
    }
}

/// Makes a number with a right check digit, for demonstrations and tests: `division` of six digits, `sequence` up to 999 (odd for men).
///
/// Division 000000 exists nowhere, so that its numbers are nobody's. Gives none where the parts do not fit.
pub fn generate(division: &str, birth: NaiveDate, sequence: u16) -> Option<String> {
    let year = u32::try_from(birth.year()).ok().filter(|year| *year <= 9999)?;
    let sound = division.len() == 6 && division.bytes().all(|byte| byte.is_ascii_digit()) && sequence <= 999;
    let body = sound.then(|| format!("{division}{year:04}{:02}{:02}{sequence:03}", birth.month(), birth.day()))?;
    closed(body)
}

/// Appends the check digit to 17 digits.
fn closed(mut body: String) -> Option<String> {
    let check = check_digit(body.as_bytes().try_into().ok()?);
    body.push(check);
    Some(body)
}

/// Reads a normalised number of 18 or 15 digits. `kind` is what the roster says; the number itself decides.
pub(super) fn parse(kind: IdKind, text: &str, today: NaiveDate) -> Result<IdNumber, IdFault> {
    let text = &text.replace('-', "");
    let length = text.chars().count();
    match length {
        18 => only_digits(text)?,
        15 if kind == IdKind::Resident => only_digits(text)?,
        _ => return Err(IdFault::WrongLength { found: length }),
    }
    let converted = length == 15;
    let text = if converted { lengthened(text).ok_or(IdFault::WrongChecksum)? } else { text.clone() };
    read(text, converted, today)
}

/// Inserts the century and appends the check digit: 15 digits become 18 (国发〔1999〕15号).
fn lengthened(text: &str) -> Option<String> {
    let (division, rest) = text.split_at_checked(6)?;
    closed(format!("{division}19{rest}"))
}

fn read(text: String, converted: bool, today: NaiveDate) -> Result<IdNumber, IdFault> {
    let sound = text.as_bytes().first_chunk::<17>().map(check_digit) == text.chars().last();
    if !sound {
        return Err(if text.ends_with("000") { IdFault::CutBySpreadsheet } else { IdFault::WrongChecksum });
    }
    let birth = text.get(6..14).and_then(day).filter(|birth| plausible(*birth, today)).ok_or(IdFault::ImpossibleBirth)?;
    let sex = text.as_bytes().get(16).map(|digit| if digit % 2 == 1 { Sex::Male } else { Sex::Female });
    Ok(IdNumber { kind: IdKind::of_18_digits(&text), text, birth: Some(birth), sex, converted })
}

fn day(text: &str) -> Option<NaiveDate> {
    let number: u32 = text.parse().ok()?;
    NaiveDate::from_ymd_opt((number / 10_000).cast_signed(), number / 100 % 100, number % 100)
}

/// Refuses the first character that is no digit; the 18th may be X.
fn only_digits(text: &str) -> Result<(), IdFault> {
    let fits = |at: usize, letter: char| letter.is_ascii_digit() || (at == 17 && letter == 'X');
    let Some((at, letter)) = text.chars().enumerate().find(|&(at, letter)| !fits(at, letter)) else { return Ok(()) };
    let lookalike = fault::looks_like(letter) != letter;
    Err(if lookalike { IdFault::LetterForDigit { at: at + 1, letter } } else { IdFault::NotADigit { at: at + 1 } })
}
