//! The 1- and 2-grams of a name, which its full-text index holds, and the query that finds a part of a name in them.

/// Writes the grams of a name, each followed by a blank: 张三丰 gives `张 张三 三 三丰 丰 `. Separators, blanks and signs are left out.
pub fn grams(name: &str) -> String {
    let mut out = String::with_capacity(name.len() * 4);
    let mut letters = name.chars().filter(|&letter| is_token(letter)).peekable();
    while let Some(letter) = letters.next() {
        out.push(letter);
        out.push(' ');
        if let Some(&next) = letters.peek() {
            out.extend([letter, next, ' ']);
        }
    }
    out
}

/// Writes the full-text query for a part of a name: one gram for one or two characters, all its 2-grams for more; none where
/// nothing can be searched for. From three characters on the hits must still be compared with the name itself: 三丰三 has the
/// grams of 丰三丰.
pub fn match_query(part: &str) -> Option<String> {
    let letters: Vec<char> = part.chars().filter(|&letter| is_token(letter)).collect();
    if letters.len() <= 2 {
        return (!letters.is_empty()).then(|| letters.iter().fold(String::from("\""), joined) + "\"");
    }
    let pairs: Vec<String> = letters.windows(2).map(|pair| pair.iter().fold(String::from("\""), joined) + "\"").collect();
    Some(pairs.join(" AND "))
}

fn joined(mut text: String, letter: &char) -> String {
    text.push(*letter);
    text
}

/// Characters of private fonts count: the full-text tokenizer takes them too.
fn is_token(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '\u{e000}'..='\u{f8ff}')
}
