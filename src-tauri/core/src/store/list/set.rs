//! A set of ids: bits in blocks, since the ids of one seat lie close together.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How many ids share a block: 4,096.
const BLOCK: u32 = 12;

/// A set of ids.
#[derive(Debug, Clone, Default)]
pub struct IdSet {
    blocks: HashMap<i64, Box<[u64; 64]>, BuildHasherDefault<Spread>>,
    len: usize,
}

/// Spreads the numbers of blocks: a list of millions is looked up here row by row, and nobody chooses these numbers to collide.
#[derive(Debug, Default)]
struct Spread(u64);

impl Hasher for Spread {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_i64(i64::from(*byte)));
    }

    fn write_i64(&mut self, number: i64) {
        self.0 = (self.0.rotate_left(5) ^ number.cast_unsigned()).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

impl IdSet {
    /// Adds an id.
    pub fn insert(&mut self, id: i64) {
        let (word, bit) = place(id);
        let block = self.blocks.entry(id >> BLOCK).or_insert_with(|| Box::new([0; 64]));
        if let Some(word) = block.get_mut(word).filter(|word| **word & bit == 0) {
            *word |= bit;
            self.len += 1;
        }
    }

    /// Says whether an id is in the set.
    pub fn contains(&self, id: i64) -> bool {
        let (word, bit) = place(id);
        self.blocks.get(&(id >> BLOCK)).and_then(|block| block.get(word)).is_some_and(|word| word & bit != 0)
    }

    /// How many ids there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// All ids, in order.
    pub fn sorted(&self) -> Vec<i64> {
        let mut blocks: Vec<_> = self.blocks.iter().collect();
        blocks.sort_unstable_by_key(|(at, _)| **at);
        let words = blocks.into_iter().flat_map(|(at, block)| block.iter().enumerate().map(move |(word, bits)| (*at, word, *bits)));
        words.flat_map(|(at, word, bits)| ids(at << BLOCK | (word as i64) << 6, bits)).collect()
    }
}

fn place(id: i64) -> (usize, u64) {
    (((id >> 6) & 63) as usize, 1 << (id & 63))
}

fn ids(first: i64, bits: u64) -> impl Iterator<Item = i64> {
    (0..64).filter(move |bit| bits & (1 << bit) != 0).map(move |bit| first | bit)
}

impl FromIterator<i64> for IdSet {
    fn from_iter<I: IntoIterator<Item = i64>>(ids: I) -> Self {
        let mut set = Self::default();
        ids.into_iter().for_each(|id| set.insert(id));
        set
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_holds_what_a_plain_set_holds(
            ids in proptest::collection::vec((0..3i64, 0..10_000i64).prop_map(|(seat, n)| seat << 40 | n), 0..200),
            other in 0..10_000i64,
        ) {
            let set: IdSet = ids.iter().copied().collect();
            let plain: BTreeSet<i64> = ids.iter().copied().collect();
            prop_assert_eq!(set.len(), plain.len(), "ids count once");
            prop_assert_eq!(set.sorted(), plain.iter().copied().collect::<Vec<_>>(), "in order");
            prop_assert_eq!(set.contains(other), plain.contains(&other), "membership");
        }
    }
}
