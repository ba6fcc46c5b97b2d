//! Search as you type: the grams of a text, and the query that finds them.

/// Splits a text into its 1- and 2-grams for the index: `张伟` gives `张 张伟 伟`. Dots between parts of a name are no letters.
pub fn grams(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut before: Option<char> = None;
    for letter in text.chars().filter(|letter| *letter != '·').flat_map(char::to_lowercase) {
        if !letter.is_alphanumeric() {
            before = None;
            continue;
        }
        if let Some(first) = before {
            out.push(first);
            out.push(letter);
            out.push(' ');
        }
        out.push(letter);
        out.push(' ');
        before = Some(letter);
    }
    out
}

/// The MATCH expression that finds texts with `query` in them; for three letters and more a superset, since only pairs are known.
/// `None` where nothing in the query can be searched for.
pub fn match_of(query: &str) -> Option<String> {
    let words = query.split_whitespace().map(letters).filter(|word| !word.is_empty());
    let parts: Vec<String> = words.flat_map(|word| pairs(&word)).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

fn letters(word: &str) -> Vec<char> {
    word.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn pairs(word: &[char]) -> Vec<String> {
    if word.len() <= 2 {
        return vec![format!("\"{}\"", word.iter().collect::<String>())];
    }
    word.windows(2).map(|pair| format!("\"{}\"", pair.iter().collect::<String>())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_its_letters_and_pairs() {
        assert_eq!(grams("买·提"), "买 买提 提 ", "the dot of a name is no letter");
        assert_eq!(grams("𠮷野"), "𠮷 𠮷野 野 ", "letters of four bytes are letters");
        assert_eq!(match_of("张伟伟").as_deref(), Some("\"张伟\" AND \"伟伟\""), "three letters are two pairs");
        assert_eq!(match_of(" \"' "), None, "quotes alone search for nothing");
    }
}
