//! Search as you type: the grams of a text, and the query that finds them.

/// Splits a text into its 1- and 2-grams for the index: `张伟` gives `张 张伟 伟`. Dots between parts of a name are no letters.
pub fn grams(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 3);
    let mut before: Option<char> = None;
    for letter in folded(text) {
        let Some(letter) = letter else {
            before = None;
            continue;
        };
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
    let parts: Vec<String> = words(query).iter().flat_map(|word| pairs(&word.chars().collect::<Vec<_>>())).collect();
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// The words of a query, in the letters that the index knows.
pub(crate) fn words(query: &str) -> Vec<String> {
    runs(query).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Says whether each word is part of one of the texts: what the grams of one and two letters say, for words of any length.
pub(crate) fn holds(words: &[String], texts: &[Option<String>]) -> bool {
    let texts: Vec<String> = texts.iter().flatten().map(|text| runs(text)).collect();
    words.iter().all(|word| texts.iter().any(|text| text.contains(word.as_str())))
}

/// The letters of a text, with a blank wherever others stand between them.
fn runs(text: &str) -> String {
    folded(text).map(|letter| letter.unwrap_or(' ')).collect()
}

/// The letters of a text as the index has them; `None` where a run of letters ends. Rare characters in a private font are letters,
/// as they are to the tokenizer.
fn folded(text: &str) -> impl Iterator<Item = Option<char>> {
    let letters = text.chars().filter(|letter| *letter != '·').flat_map(char::to_lowercase);
    letters.map(|letter| (letter.is_alphanumeric() || matches!(letter, '\u{e000}'..='\u{f8ff}')).then_some(letter))
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
    fn three_letters_are_compared_with_the_text_itself() {
        let texts = [Some("丰三丰".to_owned()), None, Some("A楼-B座".to_owned())];
        assert!(!holds(&words("三丰三"), &texts), "both pairs are there, the three letters are not");
        assert!(holds(&words("丰三丰 b座"), &texts), "words may stand in different texts");
        assert!(!holds(&words("楼b座"), &texts), "a sign parts letters");
    }

    #[test]
    fn a_name_gives_its_letters_and_pairs() {
        assert_eq!(grams("买·提"), "买 买提 提 ", "the dot of a name is no letter");
        assert_eq!(grams("𠮷野"), "𠮷 𠮷野 野 ", "letters of four bytes are letters");
        assert_eq!(match_of("张伟伟").as_deref(), Some("\"张伟\" AND \"伟伟\""), "three letters are two pairs");
        assert_eq!(match_of("A-b").as_deref(), Some("\"a\" AND \"b\""), "a sign stands between two words");
        assert_eq!(grams("\u{e001}"), "\u{e001} ", "a rare character in a private font is a letter");
        assert_eq!(match_of(" \"' "), None, "quotes alone search for nothing");
    }
}
