//! Names of persons: one spelling of each, what is shown of them, and the keys they are found by.

mod grams;
mod pinyin;
mod place;
mod surname;

pub use grams::{grams, match_query};
pub use pinyin::{fold_pinyin, pinyin};
pub use surname::compound_surname;

use crate::text::{half_width, invisible};
use place::standard_place;

/// The separator within names of several nationalities, U+00B7: the one of its look-alikes that GBK can write (GB 18030-2022).
pub const SEPARATOR: char = '·';

/// What looks odd in a name; none of it is a reason to refuse one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameDoubt {
    /// There is nothing.
    Empty,
    /// It has a single character.
    Short,
    /// It is longer than 50 characters.
    Long,
    /// It has a digit.
    Digit,
    /// It has a sign that names do not have.
    Sign,
    /// It mixes Chinese characters and Latin letters.
    Mixed,
    /// It has a character of a private font, which shows as a blank box elsewhere.
    Private,
    /// It has a sign that stands for a character that was lost, such as ? or □.
    Lost,
}

impl NameDoubt {
    /// Says what looks odd, as a full Chinese sentence without the name.
    pub fn message(self) -> &'static str {
        match self {
            Self::Empty => "姓名没有填写。",
            Self::Short => "姓名只有一个字，请核对是否漏字。",
            Self::Long => "姓名超过 50 个字，请核对是否填进了别的内容。",
            Self::Digit => "姓名中有数字，请核对。",
            Self::Sign => "姓名中有不常见的符号，请核对。",
            Self::Mixed => "姓名中汉字与字母混用，请核对生僻字是否被拼音代替。",
            Self::Private => "姓名中有自造字，在别的电脑上会显示为方框，请改用国家标准 GB 18030 收录的字。",
            Self::Lost => "姓名中有丢失的生僻字（显示为 ? 或 □），请对照证件补上。",
        }
    }
}

/// Gives a name its one spelling: half-width Latin letters, `·` for all its look-alikes, no blanks between Chinese characters
/// (张　三 becomes 张三), single blanks between Latin words, and characters of GBK's private area and radicals copied out of PDF files in their standard places.
pub fn normalise(name: &str) -> String {
    if name.chars().all(|letter| letter > '\u{2fff}' && is_hanzi(letter)) {
        return name.to_owned();
    }
    let letters: Vec<char> = name.chars().filter(|&letter| !invisible(letter)).map(half_width).map(standard_place).collect();
    let mut out = String::with_capacity(name.len());
    let mut blank = false;
    for (at, &letter) in letters.iter().enumerate() {
        let before = out.chars().next_back();
        if letter.is_whitespace() {
            blank = before.is_some();
        } else if is_separator(letter, before, letters.get(at + 1..).unwrap_or_default()) {
            blank = false;
            if before.is_some_and(|before| before != SEPARATOR) {
                out.push(SEPARATOR);
            }
        } else {
            if std::mem::take(&mut blank) && before.is_some_and(|before| latin(before) && latin(letter)) {
                out.push(' ');
            }
            out.push(letter);
        }
    }
    out.trim_end_matches(SEPARATOR).to_owned()
}

/// The dots that are always separators, and those that are between Chinese characters.
fn is_separator(letter: char, before: Option<char>, after: &[char]) -> bool {
    match letter {
        SEPARATOR | '•' | '‧' | '・' | '･' | '∙' | '⋅' | '᛫' | '˙' | '●' | '⸱' | '\u{387}' | '\u{f0b7}' => true,
        '.' | '。' | '｡' | '▪' | '﹒' => {
            let next = after.iter().find(|letter| !letter.is_whitespace());
            before.is_some_and(is_hanzi) && next.is_some_and(|&next| is_hanzi(next))
        }
        _ => false,
    }
}

/// A letter of an alphabet, or a sign that such names have.
fn latin(letter: char) -> bool {
    !is_hanzi(letter) && letter != SEPARATOR
}

/// Says whether a character is a Chinese one: an ideograph of any Unicode block, the compatibility ideographs and 〇 included.
pub fn is_hanzi(letter: char) -> bool {
    matches!(letter, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' | '\u{f900}'..='\u{faff}' | '\u{2e80}'..='\u{2eff}' | '〇' | '々')
}

/// Says what looks odd in a normalised name.
pub fn doubts(name: &str) -> Vec<NameDoubt> {
    let length = name.chars().count();
    if (2..=50).contains(&length) && name.chars().all(is_hanzi) {
        return Vec::new();
    }
    let any = |odd: fn(char) -> bool| name.chars().any(odd);
    let lost = |letter| matches!(letter, '?' | '□' | '\u{fffd}' | '〓' | '*' | '＊');
    let sign = |letter: char| {
        !letter.is_alphanumeric()
            && !is_hanzi(letter)
            && !matches!(letter, SEPARATOR | ' ' | '.' | '-' | '\'' | '’' | '?' | '□' | '\u{fffd}' | '〓' | '*')
            && !private(letter)
    };
    let checks = [
        (length == 0, NameDoubt::Empty),
        (length == 1, NameDoubt::Short),
        (length > 50, NameDoubt::Long),
        (any(char::is_numeric) && any(|letter| letter.is_numeric() && !is_hanzi(letter)), NameDoubt::Digit),
        (any(sign), NameDoubt::Sign),
        (any(is_hanzi) && any(|letter| letter.is_alphabetic() && !is_hanzi(letter)), NameDoubt::Mixed),
        (any(private), NameDoubt::Private),
        (any(lost), NameDoubt::Lost),
    ];
    checks.into_iter().filter_map(|(holds, doubt)| holds.then_some(doubt)).collect()
}

fn private(letter: char) -> bool {
    matches!(letter, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Hides a normalised name for screen, print and public notice: 张*, 张**, 欧阳**, 买买提·***, J***.
pub fn mask(name: &str) -> String {
    if let Some((first, _)) = name.split_once(SEPARATOR) {
        return format!("{first}{SEPARATOR}***");
    }
    let shown = compound_surname(name).map_or(1, |surname| surname.chars().count());
    let length = name.chars().count();
    if !name.chars().all(is_hanzi) {
        return name.chars().take(1).chain("***".chars()).collect();
    }
    let shown = if length > 1 { shown } else { 0 };
    name.chars().take(shown).chain(std::iter::repeat_n('*', length - shown)).collect()
}

#[cfg(test)]
mod tests;
