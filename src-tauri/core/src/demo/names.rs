//! Names as people bear them: surnames by their frequency, given names by generation and sex, some of minorities.

use super::random::Random;
use super::words::{GIVEN, SURNAMES};

/// The generations whose given names differ: born up to 1974, up to 1989, later.
const GENERATIONS: [(i32, &str); 3] = [(1974, "一"), (1989, "二"), (9999, "三")];

/// Makes a name; `ethnic` is a code of GB/T 3304.
pub fn name(random: &mut Random, male: bool, born: i32, ethnic: &str) -> String {
    let own = match ethnic {
        "05" => parts(random, if male { "维男" } else { "维女" }, "·", "维男"),
        "17" => parts(random, if male { "哈男" } else { "哈女" }, "·", "哈男"),
        "07" if random.chance(450_000) => parts(random, "彝家支", "·", if male { "彝男" } else { "彝女" }),
        "04" => parts(random, "藏首", "", if male { "藏男末" } else { "藏女末" }),
        "02" if random.chance(600_000) => random.pick(GIVEN.of(if male { "蒙男" } else { "蒙女" })).to_owned(),
        "18" => random.pick(GIVEN.of(if male { "傣男" } else { "傣女" })).to_owned(),
        _ => String::new(),
    };
    if own.is_empty() { han(random, male, born) } else { own }
}

fn parts(random: &mut Random, first: &str, between: &str, last: &str) -> String {
    let (first, last) = (random.pick(GIVEN.of(first)), random.pick(GIVEN.of(last)));
    if first == last { first.to_owned() } else { format!("{first}{between}{last}") }
}

fn han(random: &mut Random, male: bool, born: i32) -> String {
    let surname = random.weighted(&SURNAMES);
    let generation = GENERATIONS.iter().find(|(last, _)| born <= *last).map_or("三", |(_, name)| name);
    let sex = if male { "男" } else { "女" };
    let mut of = |part: &str| early(random, GIVEN.of(&format!("{generation}{sex}{part}")));
    let (single, first, last) = (of("单"), of("首"), of("末"));
    if random.chance(4_000) {
        let rare = random.pick(GIVEN.of("生僻"));
        return if random.chance(500_000) { format!("{surname}{rare}") } else { format!("{surname}{first}{rare}") };
    }
    match random.below(100) {
        0..24 => format!("{surname}{single}"),
        24..27 if !male => format!("{surname}{last}{last}"),
        _ => format!("{surname}{first}{last}"),
    }
}

/// Picks a word, the earlier ones more often.
fn early(random: &mut Random, words: &[&'static str]) -> &'static str {
    let end = random.below(words.len() as u64) + 1;
    let end = end.max(random.below(words.len() as u64) + 1);
    random.pick(words.get(..usize::try_from(end).unwrap_or(0)).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::*;
    use crate::people::name;

    #[test]
    fn names_are_as_the_rules_want_them_and_rarely_the_same() {
        let names: Vec<String> = (0..5_000)
            .map(|at| {
                let mut random = Random::new(3, Stream::People, at);
                let ethnic = random.weighted(&[(80, "01"), (5, "05"), (5, "07"), (5, "04"), (5, "17")]);
                super::name(&mut random, at % 2 == 0, 1962 + i32::try_from(at % 45).unwrap(), ethnic)
            })
            .collect();
        for text in &names {
            assert_eq!(&name::normalise(text), text, "a name is in its stored form");
            assert!(text.chars().count() >= 2, "{text} is a whole name");
        }
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert!(different.len() > 4_300, "{} different names of 5,000", different.len());
        let dotted = names.iter().filter(|name| name.contains('·')).count();
        assert!((400..800).contains(&dotted), "names with a dot: {dotted}");
        let wang = names.iter().filter(|name| name.starts_with('王')).count();
        assert!((200..420).contains(&wang), "about 7 in 100 are called 王: {wang}");
    }
}
