//! Texts that are one person's alone, such as id numbers, looked for in other texts.

/// Shorter ones could be anybody's.
const SHORTEST: usize = 6;

/// Texts of letters and digits to look for.
#[derive(Debug, Clone, Default)]
pub struct Words(Vec<String>);

impl Words {
    /// Adds a text; one that is too short to be anybody's own is left out. Says whether it is new.
    pub fn add(&mut self, word: &str) -> bool {
        let own = word.len() >= SHORTEST && word.bytes().all(|letter| letter.is_ascii_alphanumeric());
        let new = own && !self.has(word);
        if new {
            self.0.push(word.to_owned());
        }
        new
    }

    /// Says whether a text is one of them.
    pub fn has(&self, text: &str) -> bool {
        self.0.iter().any(|word| word == text)
    }

    /// Those of some texts.
    pub fn of(texts: &[String]) -> Self {
        let mut words = Self::default();
        for text in texts {
            words.add(text);
        }
        words
    }

    /// All of them.
    pub fn all(&self) -> &[String] {
        &self.0
    }

    /// Says whether any of them stands in some bytes: only runs of letters and digits are looked at.
    pub fn hit(&self, bytes: &[u8]) -> bool {
        let runs = bytes.split(|byte| !byte.is_ascii_alphanumeric()).filter(|run| run.len() >= SHORTEST);
        !self.0.is_empty()
            && runs.into_iter().any(|run| self.0.iter().any(|word| run.windows(word.len()).any(|part| part == word.as_bytes())))
    }

    /// A text in which each of them is replaced.
    pub fn replaced(&self, text: &str, with: &str) -> String {
        self.0.iter().fold(text.to_owned(), |text, word| text.replace(word.as_str(), with))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_wherever_it_stands_and_a_part_of_it_is_not() {
        let mut words = Words::default();
        assert!(words.add("11010119900101001X") && !words.add("11010119900101001X"), "once");
        assert!(!words.add("1234") && !words.add("京A 12345"), "what could be anybody's is none");
        assert!(words.hit("证件号11010119900101001X，已核".as_bytes()), "between other letters");
        assert!(words.hit(b"x11010119900101001Xx"), "within a run of letters");
        assert!(!words.hit(b"1101011990010100"), "a part of it is another text");
        assert_eq!(words.replaced("号11010119900101001X。", "甲"), "号甲。", "it alone is replaced");
    }
}
