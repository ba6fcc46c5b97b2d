//! Telephone numbers of mainland China: mobiles, landlines and service numbers; numbers of elsewhere with their country code.

use std::fmt;

use crate::decimal::Decimal;
use crate::text::{half_width, invisible};

/// What a number reaches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PhoneKind {
    /// A mobile: 11 digits, the first two 13 to 19.
    Mobile,
    /// A landline with its area code.
    Landline,
    /// A service number: 400 and 800 numbers, short numbers such as 12351.
    Service,
    /// A number outside the mainland, with + and its country code.
    Abroad,
}

/// A number in its canonical form: 13800000000, 010-60000000, 0898-60000000转12, 4000000000, 12351, +85260000000.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// What it reaches.
    pub kind: PhoneKind,
    /// The canonical form.
    pub text: String,
}

/// Why a text is no telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhoneFault {
    /// There is nothing.
    Empty,
    /// It has another length than any number.
    WrongLength {
        /// How many digits it has.
        found: usize,
    },
    /// It has 11 digits but does not begin with 13 to 19.
    NoSuchPrefix,
    /// It has seven or eight digits and no area code.
    NoAreaCode,
    /// It has a letter or sign that numbers do not have.
    NotDigits,
    /// It holds several numbers.
    Several,
    /// A spreadsheet has cut its digits: 1.38E+10.
    CutBySpreadsheet,
}

/// Says in Chinese sentences what is wrong and what to do, without the number.
impl fmt::Display for PhoneFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("电话没有填写。"),
            Self::WrongLength { found } => write!(f, "电话是 {found} 位数字，手机号应为 11 位，座机应为区号加 7 或 8 位，请核对。"),
            Self::NoSuchPrefix => f.write_str("手机号应以 13 至 19 开头，请核对。"),
            Self::NoAreaCode => f.write_str("座机没有区号，请在号码前加上区号，例如 010-。"),
            Self::NotDigits => f.write_str("电话中有不是数字的内容，请只填写号码。"),
            Self::Several => f.write_str("一格里有多个电话，请只保留一个，其余写在备注里。"),
            Self::CutBySpreadsheet => f.write_str("电话被表格软件改成了科学计数法，后几位已经丢失，请把该列设为“文本”格式后重新录入。"),
        }
    }
}

impl std::error::Error for PhoneFault {}

/// Reads a number as people type it and spreadsheets leave it: `+86 138-0000-0000`, full-width digits, `13800000000.0`, `1.3800000001E+10`.
pub fn parse(text: &str) -> Result<Phone, PhoneFault> {
    if is_mobile(text) {
        return Ok(Phone { kind: PhoneKind::Mobile, text: text.to_owned() });
    }
    let plain = normalise(text);
    if plain.is_empty() {
        return Err(PhoneFault::Empty);
    }
    if let Some(abroad) = plain.strip_prefix('+') {
        return outside(abroad);
    }
    if several(&plain) {
        return Err(PhoneFault::Several);
    }
    if exponent(&plain) {
        return Err(PhoneFault::CutBySpreadsheet);
    }
    let (number, extension) = plain.split_once('#').map_or((plain.as_str(), None), |(number, extension)| (number, Some(extension)));
    let digits = number.replace('-', "");
    if !all_digits(&digits) || !extension.is_none_or(all_digits) {
        return Err(PhoneFault::NotDigits);
    }
    inside(&digits, number, extension)
}

/// Puts a number into plain letters, judging nothing: half-width, no blanks, one kind of hyphen, no +86 or 0086, no `.0` of a spreadsheet;
/// an extension (转, 分机, ext) after #.
pub fn normalise(text: &str) -> String {
    let letters = text.chars().filter(|&letter| !invisible(letter)).map(half_width).filter(|letter| !letter.is_whitespace());
    let plain: String = letters.map(one_hyphen).filter(|letter| !matches!(letter, '(' | ')' | '\'' | '‘' | '’')).collect();
    let plain = plain.to_ascii_lowercase();
    let plain = ["分机", "转", "ext.", "ext"].iter().fold(plain, |plain, word| plain.replace(word, "#"));
    let plain = restored(&plain).unwrap_or(plain);
    let national = plain.strip_prefix("+86").or_else(|| plain.strip_prefix("0086")).map(|rest| with_trunk(rest.trim_start_matches('-')));
    let bare = || plain.strip_prefix("86").map(|rest| rest.replace('-', "")).filter(|rest| is_mobile(rest));
    national.or_else(bare).unwrap_or(plain)
}

/// Puts back the 0 of an area code, which is left out after +86.
fn with_trunk(number: &str) -> String {
    let whole = is_mobile(&number.replace('-', ""))
        || number.starts_with("400")
        || number.starts_with("800")
        || number.starts_with('0')
        || number.len() < 9;
    if whole { number.to_owned() } else { format!("0{number}") }
}

fn one_hyphen(letter: char) -> char {
    if matches!(letter, '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '－' | '一' | '_') { '-' } else { letter }
}

/// A whole number that a spreadsheet wrote as a float: `13800000000.0`, or with all its digits in `1.3800000001e+10`.
fn restored(text: &str) -> Option<String> {
    if let Some((mantissa, power)) = text.split_once('e') {
        let places = mantissa.split_once('.').map_or(0, |(_, fraction)| fraction.len());
        let exact = matches!(power, "+10" | "10") && places == 10;
        return Decimal::parse(mantissa).filter(|_| exact)?.times(10_000_000_000).map(|number| number.to_string());
    }
    let (whole, fraction) = text.split_once('.')?;
    (all_digits(whole) && !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0')).then(|| whole.to_owned())
}

fn exponent(text: &str) -> bool {
    text.split_once("e+").is_some_and(|(mantissa, power)| Decimal::parse(mantissa).is_some() && all_digits(power))
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Two mobiles side by side, or two numbers parted by a sign.
fn several(text: &str) -> bool {
    let parts =
        text.split(['/', ',', '、', ';', '|', '或', '和']).filter(|part| part.bytes().filter(u8::is_ascii_digit).count() >= 7).count();
    let doubled = text.split_at_checked(11).is_some_and(|(first, second)| is_mobile(first) && is_mobile(second));
    parts > 1 || doubled
}

fn is_mobile(digits: &str) -> bool {
    let mut bytes = digits.bytes();
    digits.len() == 11
        && all_digits(digits)
        && bytes.next() == Some(b'1')
        && bytes.next().is_some_and(|second| (b'3'..=b'9').contains(&second))
}

fn outside(digits: &str) -> Result<Phone, PhoneFault> {
    let digits = digits.replace('-', "");
    if !all_digits(&digits) {
        return Err(PhoneFault::NotDigits);
    }
    // ITU-T E.164 allows 15 digits with the country code.
    let fits = (7..=15).contains(&digits.len());
    if fits {
        Ok(Phone { kind: PhoneKind::Abroad, text: format!("+{digits}") })
    } else {
        Err(PhoneFault::WrongLength { found: digits.len() })
    }
}

/// Judges a national number; `written` still has its hyphens, which part an extension from a landline.
fn inside(digits: &str, written: &str, extension: Option<&str>) -> Result<Phone, PhoneFault> {
    if is_mobile(digits) && extension.is_none() {
        return Ok(Phone { kind: PhoneKind::Mobile, text: digits.to_owned() });
    }
    if digits.starts_with('0') {
        return landline(digits, written, extension);
    }
    let service = (digits.len() == 10 && (digits.starts_with("400") || digits.starts_with("800")))
        || (matches!(digits.len(), 5 | 6) && digits.starts_with(['1', '9']));
    if service {
        return Ok(Phone { kind: PhoneKind::Service, text: with_extension(digits.to_owned(), extension) });
    }
    Err(match digits.len() {
        7 | 8 => PhoneFault::NoAreaCode,
        11 => PhoneFault::NoSuchPrefix,
        found => PhoneFault::WrongLength { found },
    })
}

/// Area codes are 010, 02x, or 0 and three digits; numbers have seven or eight.
fn landline(digits: &str, written: &str, extension: Option<&str>) -> Result<Phone, PhoneFault> {
    let area = if digits.starts_with("01") || digits.starts_with("02") { 3 } else { 4 };
    let wrong = PhoneFault::WrongLength { found: digits.len() };
    let (code, local) = digits.split_at_checked(area).ok_or(wrong)?;
    let parted = written.rsplit_once('-').filter(|(before, _)| {
        extension.is_none() && matches!(before.replace('-', "").len(), length if (area + 7..=area + 8).contains(&length))
    });
    let (local, extension) = match parted {
        Some((before, last)) if last.len() <= 6 => (before.replace('-', "").split_off(area), Some(last)),
        _ => (local.to_owned(), extension),
    };
    let text = with_extension(format!("{code}-{local}"), extension);
    if matches!(local.len(), 7 | 8) && !local.starts_with(['0', '1']) { Ok(Phone { kind: PhoneKind::Landline, text }) } else { Err(wrong) }
}

fn with_extension(number: String, extension: Option<&str>) -> String {
    extension.map_or(number.clone(), |extension| format!("{number}转{extension}"))
}

impl Phone {
    /// Gives the number with its middle hidden, as `mask` does.
    pub fn masked(&self) -> String {
        mask(&self.text)
    }
}

/// Hides the middle of a number: 138****0000, 010-****0000; of others all but the last two characters. Extensions are left out.
pub fn mask(text: &str) -> String {
    if is_mobile(text) {
        return hidden(text, 3, 4);
    }
    let number = text.split_once('转').map_or(text, |(number, _)| number);
    match number.split_once('-') {
        Some((area, local)) if all_digits(area) => format!("{area}-{}", hidden(local, 0, local.len().saturating_sub(4))),
        _ => hidden(number, 0, if number.len() > 4 { 2 } else { 0 }),
    }
}

fn hidden(text: &str, head: usize, tail: usize) -> String {
    let length = text.chars().count();
    text.chars().enumerate().map(|(at, letter)| if at < head || at + tail >= length { letter } else { '*' }).collect()
}

/// Gives the last four digits, which people are looked up by; fewer digits give none.
pub fn last_four(text: &str) -> Option<&str> {
    text.len().checked_sub(4).and_then(|at| text.get(at..)).filter(|tail| all_digits(tail))
}

#[cfg(test)]
mod tests;
