//! The pinyin of names: the key that lists are sorted by and that people type.

use pinyin::ToPinyin;

use super::{SEPARATOR, is_hanzi, surname};

/// Gives a normalised name's pinyin run together, and its initials: 欧阳修 is (`ouyangxiu`, `oyx`).
///
/// Surnames are read as surnames (单 shan, 曾 zeng), all lower-case, ü written v as input methods have it. Latin letters and digits
/// are kept, in the initials the first of each word. Characters without a known reading are passed over.
pub fn pinyin(name: &str) -> (String, String) {
    let mut full = String::with_capacity(24);
    let mut initials = String::with_capacity(4);
    let mut add = |reading: &str| {
        full.push_str(reading);
        initials.extend(reading.chars().next());
    };
    let chinese = !name.contains(SEPARATOR);
    let mut rest = name;
    if let Some((surname, readings)) = surname::compound(name).filter(|_| chinese) {
        readings.into_iter().for_each(&mut add);
        rest = name.strip_prefix(surname).unwrap_or_default();
    } else if let Some(reading) = name.chars().next().filter(|_| chinese).and_then(surname::as_surname) {
        add(reading);
        rest = name.get(name.chars().next().map_or(0, char::len_utf8)..).unwrap_or_default();
    }
    let mut in_word = false;
    for letter in rest.chars() {
        if let Some(reading) = reading(letter) {
            in_word = false;
            let first = full.len();
            push_folded(&mut full, reading);
            initials.extend(full.get(first..).and_then(|added| added.chars().next()));
        } else if letter.is_alphanumeric() && !is_hanzi(letter) {
            push_letter(&mut full, &mut initials, letter, std::mem::replace(&mut in_word, true));
        } else if !matches!(letter, '\'' | '’') {
            in_word = false;
        }
    }
    (full, initials)
}

fn reading(letter: char) -> Option<&'static str> {
    if letter.is_ascii() {
        return None;
    }
    surname::as_given(letter).or_else(|| letter.to_pinyin().map(pinyin::Pinyin::plain))
}

fn push_letter(full: &mut String, initials: &mut String, letter: char, in_word: bool) {
    for lower in letter.to_lowercase() {
        full.push(lower);
        if !in_word {
            initials.push(lower);
        }
    }
}

/// The dictionary has ü and ê; keyboards have not.
fn push_folded(out: &mut String, reading: &str) {
    if reading.is_ascii() {
        out.push_str(reading);
    } else {
        out.extend(reading.chars().map(plain_letter));
    }
}

fn plain_letter(letter: char) -> char {
    match letter {
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'v',
        'ê' | 'ế' | 'ề' => 'e',
        _ => letter,
    }
}

/// Gives what a person typed as pinyin in the form that `pinyin` stores: lower-case letters and digits, ü as v, no blanks or apostrophes.
pub fn fold_pinyin(typed: &str) -> String {
    let letters = typed.chars().map(crate::text::half_width).flat_map(char::to_lowercase).map(plain_letter);
    letters.filter(|letter| letter.is_alphanumeric()).collect()
}
