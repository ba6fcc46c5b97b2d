//! Distinct people at every level of a tree at once.

use super::hierarchy::Hierarchy;

/// Who was seen where, in what part.
///
/// A person seen at several places counts once at each and once in everything above. With the places of a person in
/// pre-order, one is added at each and one taken away where two neighbours meet; adding up over the tree then gives every subtree the
/// number of its distinct people.
#[derive(Debug, Default)]
pub struct Distinct {
    seen: Vec<u128>,
}

impl Distinct {
    /// Starts with nobody, ready for so many sightings.
    pub fn with_capacity(sightings: usize) -> Self {
        Self { seen: Vec::with_capacity(sightings) }
    }

    /// Notes that a person was seen at a place in a part.
    pub fn see(&mut self, person: i64, place: u32, part: u32) {
        self.seen.push(u128::from(person.cast_unsigned()) << 64 | u128::from(place) << 32 | u128::from(part));
    }

    /// Tells where each person counts (`shared` false) and where that is one too many (`shared` true), for all and for each part.
    pub(super) fn settle(mut self, hierarchy: &Hierarchy, mut count: impl FnMut(u32, Option<u32>, bool)) {
        self.seen.sort_unstable();
        self.seen.dedup();
        let mut before: Vec<(u32, u32)> = Vec::new();
        for person in self.seen.chunk_by(|left, right| left >> 64 == right >> 64) {
            before.clear();
            let mut last = None;
            for (place, part) in person.iter().map(|seen| ((seen >> 32) as u32, *seen as u32)) {
                if last != Some(place) {
                    meet(hierarchy, last, place, None, &mut count);
                    last = Some(place);
                }
                let known = before.iter_mut().find(|(known, _)| *known == part);
                meet(hierarchy, known.as_ref().map(|(_, place)| *place), place, Some(part), &mut count);
                match known {
                    Some((_, last)) => *last = place,
                    None => before.push((part, place)),
                }
            }
        }
    }
}

fn meet(hierarchy: &Hierarchy, last: Option<u32>, place: u32, part: Option<u32>, count: &mut impl FnMut(u32, Option<u32>, bool)) {
    count(place, part, false);
    let met = last.and_then(|last| hierarchy.common(last, place));
    met.into_iter().for_each(|above| count(above, part, true));
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_subtree_has_its_distinct_people(
            choices in prop::collection::vec(any::<prop::sample::Index>(), 2..20),
            seen in prop::collection::vec((0i64..6, any::<prop::sample::Index>(), 0u32..3), 0..60),
        ) {
            let tree = crate::report::hierarchy::tests::forest(&choices);
            let sightings: Vec<(i64, u32, u32)> = seen.iter().map(|(person, place, part)| (*person, place.index(tree.len()) as u32, *part)).collect();
            let mut distinct = Distinct::default();
            sightings.iter().for_each(|(person, place, part)| distinct.see(*person, *place, *part));
            let mut cells = vec![0; tree.len() * 4];
            distinct.settle(&tree, |place, part, shared| cells[place as usize * 4 + part.map_or(0, |part| part as usize + 1)] += if shared { -1 } else { 1 });
            tree.roll_up(&mut cells, 4);
            for place in 0..tree.len() as u32 {
                let under = |part: Option<u32>| {
                    let run = tree.subtree(place);
                    sightings.iter().filter(|(_, at, of)| run.contains(at) && part.is_none_or(|part| part == *of)).map(|(person, ..)| *person).collect::<BTreeSet<_>>().len()
                };
                prop_assert_eq!(cells[place as usize * 4], under(None) as i64, "all at {}", place);
                for part in 0..3 {
                    prop_assert_eq!(cells[place as usize * 4 + part as usize + 1], under(Some(part)) as i64, "part {} at {}", part, place);
                }
            }
        }
    }
}
