//! One code list: its entries, found by code or by any spelling.

use std::collections::HashMap;

use super::plain;
use crate::record::Wire;

/// One entry of a code list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, Wire)]
#[serde(rename = "TermEntry")]
pub struct Entry {
    /// The code that is stored: the standard's where one exists.
    pub code: &'static str,
    /// The name shown.
    pub name: &'static str,
    /// Other spellings that mean the same thing everywhere.
    pub aliases: Vec<&'static str>,
    /// The code of the broader entry that this one counts in.
    pub parent: Option<&'static str>,
    /// A remark for the reader; may be empty.
    pub note: &'static str,
}

impl Entry {
    fn parse(line: &'static str) -> Self {
        let mut fields = line.split(',');
        let mut next = || fields.next().unwrap_or_default();
        let (code, name) = (next(), next());
        let aliases = next().split('|').filter(|alias| !alias.is_empty()).collect();
        Self { code, name, aliases, parent: Some(next()).filter(|parent| !parent.is_empty()), note: next() }
    }

    fn spellings(&self) -> impl Iterator<Item = &'static str> + '_ {
        std::iter::once(self.name).chain(self.aliases.iter().copied())
    }
}

/// An open code list with the standard that it comes from.
#[derive(Debug, serde::Serialize, Wire)]
pub struct TermList {
    /// The list's key.
    pub key: &'static str,
    /// The list's Chinese name.
    pub label: &'static str,
    /// The standard or document that the list comes from.
    pub source: &'static str,
    /// The entries, in the standard's order.
    pub entries: Vec<Entry>,
    #[serde(skip)]
    codes: HashMap<&'static str, usize>,
    #[serde(skip)]
    names: HashMap<String, usize>,
}

impl TermList {
    /// Reads a list: a line `# label | source`, a header, then `code,name,aliases,parent,note` without quotes.
    pub(super) fn parse(key: &'static str, csv: &'static str) -> Self {
        let (head, rows): (Vec<_>, Vec<_>) = csv.lines().filter(|line| !line.is_empty()).partition(|line| line.starts_with('#'));
        let title = head.first().map(|line| line.trim_start_matches(['#', ' '])).unwrap_or_default();
        let (label, source) = title.split_once(" | ").unwrap_or((title, ""));
        let entries: Vec<_> = rows.into_iter().skip(1).map(Entry::parse).collect();
        let codes = entries.iter().enumerate().map(|(at, entry)| (entry.code, at)).collect();
        // From last to first, names after aliases: where two entries claim a spelling, the earlier name has it.
        let aliases = entries.iter().enumerate().rev().flat_map(|(at, entry)| entry.aliases.iter().map(move |alias| (plain(alias), at)));
        let names = aliases.chain(entries.iter().enumerate().rev().map(|(at, entry)| (plain(entry.name), at))).collect();
        Self { key, label, source, entries, codes, names }
    }

    /// Finds an entry by its code.
    pub fn find(&self, code: &str) -> Option<&Entry> {
        self.entries.get(*self.codes.get(code)?)
    }

    /// Finds an entry by its name or another spelling; width of letters and white space do not matter.
    pub fn find_name(&self, text: &str) -> Option<&Entry> {
        self.entries.get(*self.names.get(&plain(text))?)
    }

    /// Says whether an entry is another or counts in it at any depth (大学本科毕业 within 大学本科教育).
    pub fn within(&self, code: &str, broader: &str) -> bool {
        let above = |entry: &&Entry| self.find(entry.parent?);
        let chain = std::iter::successors(self.find(code), above);
        chain.take(self.entries.len()).any(|entry| entry.code == broader)
    }

    /// Gives up to three names nearest to a text that no spelling matches, for a hint; none where nothing is near.
    pub fn similar(&self, text: &str) -> Vec<&'static str> {
        let text: Vec<char> = plain(text).chars().collect();
        let near = |entry: &Entry| entry.spellings().filter_map(|name| distance(&text, &plain(name))).min();
        let mut hits: Vec<_> = self.entries.iter().filter_map(|entry| near(entry).map(|far| (far, entry.name))).collect();
        hits.sort_by_key(|&(far, _)| far);
        hits.into_iter().take(3).map(|(_, name)| name).collect()
    }
}

/// How far a spelling is from a text: characters to change, a mere addition at half the price; none beyond half of the longer.
fn distance(text: &[char], name: &str) -> Option<usize> {
    let name: Vec<char> = name.chars().collect();
    let (short, long) = (text.len().min(name.len()), text.len().max(name.len()));
    let contained = short > 1 && (contains(&name, text) || contains(text, &name));
    let steps = edits(text, &name);
    if contained {
        return Some(steps);
    }
    (short > 0 && steps * 2 <= long).then_some(steps * 2)
}

fn contains(long: &[char], short: &[char]) -> bool {
    !short.is_empty() && long.windows(short.len()).any(|window| window == short)
}

/// The Levenshtein distance in characters.
fn edits(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut left = i + 1;
        let mut next = vec![left];
        for ((to, diagonal), above) in b.iter().zip(&row).zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(from != to)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::list;
    use proptest::prelude::*;

    #[test]
    fn a_spelling_without_its_suffix_and_in_full_width_is_found() {
        let ethnic = list("ethnic").unwrap();
        assert_eq!(ethnic.find_name("汉").unwrap().code, "01", "without 族");
        assert_eq!(ethnic.find_name(" 汉 族　").unwrap().code, "01", "with stray spaces");
        assert!(ethnic.find_name("僳僳族").is_none(), "a template's typo is no spelling of the list");
        assert_eq!(list("employment").unwrap().find_name("待(下)岗").unwrap().code, "laid_off", "half-width brackets");
    }

    #[test]
    fn a_near_miss_is_hinted_and_nonsense_is_not() {
        let ethnic = list("ethnic").unwrap();
        assert_eq!(ethnic.similar("僳僳族").first(), Some(&"傈僳族"), "one character off");
        assert_eq!(list("politics").unwrap().similar("中国党员").first(), Some(&"中共党员"), "one character off");
        assert!(list("union_kind").unwrap().similar("甲公司联合基层工会").contains(&"联合基层工会"), "a name inside the text");
        assert!(ethnic.similar("abcdefg").is_empty(), "nothing is near");
        assert!(ethnic.similar("").is_empty(), "nothing is near to nothing");
    }

    #[test]
    fn an_entry_counts_in_its_broader_ones() {
        let education = list("education").unwrap();
        assert!(education.within("21", "20"), "大学本科毕业 is 大学本科教育");
        assert!(education.within("20", "20"), "an entry is within itself");
        assert!(!education.within("31", "20"), "大专 is not 本科");
        assert!(!education.within("no", "20"), "an unknown code is in nothing");
        assert_eq!(list("skill").unwrap().find("chief").unwrap().parent, Some("1"), "首席技师 counts as 高级技师");
    }

    proptest! {
        #[test]
        fn edits_are_a_metric(a in "[甲乙丙]{0,6}", b in "[甲乙丙]{0,6}", c in "[甲乙丙]{0,6}") {
            let [a, b, c] = [a, b, c].map(|text| text.chars().collect::<Vec<_>>());
            prop_assert_eq!(edits(&a, &b), edits(&b, &a), "symmetric");
            prop_assert_eq!(edits(&a, &b) == 0, a == b, "nought only for equals");
            prop_assert!(edits(&a, &c) <= edits(&a, &b) + edits(&b, &c), "no detour is shorter");
        }

        #[test]
        fn hints_are_at_most_three_names_of_the_list(text in "\\PC{0,12}") {
            for list in crate::terms::lists() {
                let hints = list.similar(&text);
                prop_assert!(hints.len() <= 3, "{}: {:?}", list.key, hints);
                prop_assert!(hints.iter().all(|hint| list.find_name(hint).is_some()), "{}: {:?}", list.key, hints);
            }
        }
    }
}
