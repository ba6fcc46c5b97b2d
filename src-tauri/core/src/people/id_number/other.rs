//! Numbers of the documents that have no check digit: their build is all that can be told.

use super::{IdFault, IdKind, IdNumber};

/// Takes a normalised number of a kind without check digit.
pub(super) fn parse(kind: IdKind, text: String) -> Result<IdNumber, IdFault> {
    let text = if kind == IdKind::TaiwanPermit { without_issue(&text) } else { text };
    if built_as(kind, &text) {
        Ok(IdNumber { kind, text, birth: None, sex: None, converted: false })
    } else {
        Err(IdFault::WrongBuild(kind))
    }
}

fn built_as(kind: IdKind, text: &str) -> bool {
    let length = text.chars().count();
    match kind {
        IdKind::HomeReturnPermit => text.starts_with(['H', 'M']) && matches!(length, 9 | 11) && digits(text, 1),
        IdKind::TaiwanPermit => matches!(length, 8 | 10) && digits(text, 0),
        IdKind::ForeignPermanentOld => length == 15 && text.bytes().take(3).all(|byte| byte.is_ascii_uppercase()) && digits(text, 3),
        IdKind::Passport => (5..=15).contains(&length) && alphanumeric(text) && text.bytes().any(|byte| byte.is_ascii_digit()),
        IdKind::Military => (5..=20).contains(&length) && text.bytes().filter(u8::is_ascii_digit).count() >= 4,
        _ => (3..=30).contains(&length) && text.chars().any(char::is_alphanumeric),
    }
}

/// Drops the sign of issue that older booklets carry in brackets: 0123456789(B).
fn without_issue(text: &str) -> String {
    text.split_once('(').map_or(text, |(number, _)| number).to_owned()
}

fn digits(text: &str, from: usize) -> bool {
    text.bytes().skip(from).all(|byte| byte.is_ascii_digit())
}

fn alphanumeric(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
}
