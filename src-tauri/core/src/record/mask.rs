//! Hiding what not everybody should read.

/// Masks a number or address: the first three and last four characters stay where eleven or more are there, fewer of a shorter one.
/// (个人信息保护法 第五十一条；GB/T 35273 附录)
pub fn mask(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let (head, tail) = match letters.len() {
        0 => return String::new(),
        1..=4 => (0, 1),
        5..=7 => (1, 2),
        8..=10 => (2, 3),
        _ => (3, 4),
    };
    let hidden = letters.len().saturating_sub(head + tail);
    let (start, end) = (letters.iter().take(head), letters.iter().skip(head + hidden));
    start.copied().chain(std::iter::repeat_n('*', hidden)).chain(end.copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::mask;

    #[test]
    fn a_masked_number_keeps_its_ends_only() {
        assert_eq!(mask("000000199001011239"), "000***********1239", "an id number");
        assert_eq!(mask("19900001234"), "199****1234", "a phone number");
        assert_eq!(mask("李"), "李", "a single letter hides nothing");
        assert_eq!(mask("欧阳"), "*阳", "of two one is hidden");
    }
}
