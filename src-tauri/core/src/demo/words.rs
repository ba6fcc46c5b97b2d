//! The word lists that names and places are made of: `assets/demo/*.txt`, a key and its words a line.

use std::sync::LazyLock;

/// The words of a file by their keys, in the order of the lines.
#[derive(Debug)]
pub struct Words(Vec<(&'static str, Vec<&'static str>)>);

impl Words {
    fn parse(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let words = lines.filter_map(|line| {
            let mut words = line.split_whitespace();
            Some((words.next()?, words.collect()))
        });
        Self(words.collect())
    }

    /// Gives the words of a key; none where the key is unknown.
    pub fn of(&self, key: &str) -> &[&'static str] {
        self.0.iter().find(|(name, _)| *name == key).map_or(&[], |(_, words)| words.as_slice())
    }

    /// Gives the lines whose key is none of those named, with their keys.
    pub fn rest(&self, without: &[&str]) -> impl Iterator<Item = (&'static str, &[&'static str])> {
        self.0.iter().filter(move |(name, _)| !without.contains(name)).map(|(name, words)| (*name, words.as_slice()))
    }
}

/// Given names by generation and sex.
pub static GIVEN: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("../../../../assets/demo/given.txt")));

/// Places of the invented province.
pub static PLACES: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("../../../../assets/demo/places.txt")));

/// Kinds of employers.
pub static EMPLOYERS: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("../../../../assets/demo/employers.txt")));

/// Kinds of activities.
pub static ACTIVITIES: LazyLock<Words> = LazyLock::new(|| Words::parse(include_str!("../../../../assets/demo/activities.txt")));

/// Surnames, each with how many of 10,000 people bear it.
pub static SURNAMES: LazyLock<Vec<(u32, &'static str)>> = LazyLock::new(|| {
    let text = include_str!("../../../../assets/demo/surnames.txt");
    let words: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect();
    words.chunks(2).filter_map(|pair| Some((pair.get(1)?.parse().ok()?, *pair.first()?))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terms::{self, divisions};

    #[test]
    fn the_lists_hold_what_they_are_read_for() {
        assert!(SURNAMES.len() > 200, "surnames: {}", SURNAMES.len());
        assert_eq!((PLACES.of("市").len(), PLACES.of("县").len() >= 183), (21, true), "places of a province");
        for key in ["一男单", "二女首", "三女末", "生僻", "维男", "彝家支", "藏首", "傣女"] {
            assert!(GIVEN.of(key).len() > 7, "{key} has words");
        }
        let known = |list: &str, code: &str| terms::list(list).is_some_and(|list| list.find(code).is_some());
        for (industry, words) in EMPLOYERS.rest(&["首", "末"]) {
            let whole = known("industry", industry) && known("unit_nature", words[0]) && known("economy", words[1]);
            assert!(whole && words.len() == 5 && words[2].parse::<u32>().is_ok(), "{industry} {words:?}");
        }
        for (kind, words) in ACTIVITIES.rest(&[]) {
            let area = words[0] == "-" || known("service_area", words[0]);
            assert!(known("activity_kind", kind) && area && words.len() >= 6, "{kind} {words:?}");
        }
    }

    #[test]
    fn the_province_its_cities_and_counties_exist_nowhere() {
        let places = ["省", "市", "县"].iter().flat_map(|key| PLACES.of(key));
        for stem in places {
            let real = divisions::search(stem).into_iter().filter(|found| found.code.len() <= 6 && found.name.starts_with(stem));
            assert_eq!(real.map(|found| found.name).collect::<Vec<_>>(), Vec::<&str>::new(), "{stem} is no real place");
        }
    }
}
