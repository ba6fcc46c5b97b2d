//! Random numbers that are the same on every machine: splitmix64, keyed by what they are for.

/// What a stream of numbers is for; two streams of one seed have nothing in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// The unions and their tree.
    Units = 1,
    /// Which birth and sex a person has.
    Births,
    /// A person's name and particulars.
    People,
    /// How a membership went.
    Lives,
    /// A membership's particulars.
    Members,
    /// Head-counts.
    Headcounts,
    /// Dues.
    Dues,
    /// Stations.
    Stations,
    /// Visits to stations.
    Visits,
    /// Teams and volunteers.
    Volunteers,
    /// Activities.
    Activities,
    /// Who took part in an activity.
    Participants,
    /// The roster that is shipped.
    Roster,
}

/// A stream of random numbers.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts the numbers of one thing: the `index`-th of a stream.
    pub fn new(seed: u64, stream: Stream, index: u64) -> Self {
        let start = mix(seed ^ mix(stream as u64));
        Self(mix(start.wrapping_add(index.wrapping_mul(0xd6e8_feb8_6659_fd93))))
    }

    /// Gives the next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// Gives a number below `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// Gives a number from `first` to `last`, both included.
    pub fn within(&mut self, first: i64, last: i64) -> i64 {
        first + self.below(u64::try_from(last - first + 1).unwrap_or(0)).cast_signed()
    }

    /// Says yes `per` times in a million.
    pub fn chance(&mut self, per: u32) -> bool {
        self.below(1_000_000) < u64::from(per)
    }

    /// Picks one entry; an empty list gives the default.
    pub fn pick<T: Copy + Default>(&mut self, list: &[T]) -> T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap_or(0);
        list.get(at).copied().unwrap_or_default()
    }

    /// Picks one entry, each as often as its weight says.
    pub fn weighted<T: Copy + Default>(&mut self, list: &[(u32, T)]) -> T {
        let mut left = self.below(list.iter().map(|(weight, _)| u64::from(*weight)).sum());
        for (weight, entry) in list {
            if left < u64::from(*weight) {
                return *entry;
            }
            left -= u64::from(*weight);
        }
        T::default()
    }
}

/// The finisher of splitmix64.
fn mix(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// A random order of the numbers below `count`: each number has its own place.
#[derive(Debug, Clone, Copy)]
pub struct Shuffle {
    seed: u64,
    count: u64,
    half: u32,
}

impl Shuffle {
    /// Shuffles the numbers below `count`.
    pub fn new(seed: u64, count: u64) -> Self {
        let bits = u64::BITS - count.max(4).leading_zeros();
        Self { seed: mix(seed), count, half: bits.div_ceil(2) }
    }

    /// Gives the place of a number: a Feistel network of four rounds, walked until it lands below `count`.
    pub fn place(&self, number: u64) -> u64 {
        let mut at = self.rounds(number);
        while at >= self.count.max(1) {
            at = self.rounds(at);
        }
        at
    }

    fn rounds(&self, number: u64) -> u64 {
        let mask = (1 << self.half) - 1;
        let (left, right) = (number >> self.half, number & mask);
        let (left, right) =
            (0..4).fold((left, right), |(left, right), round| (right, left ^ (mix(self.seed ^ (right << 3 | round)) & mask)));
        left << self.half | right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_gives_every_place_once() {
        for count in [1, 2, 3, 10, 300, 4_097] {
            let shuffle = Shuffle::new(7, count);
            let mut places: Vec<u64> = (0..count).map(|number| shuffle.place(number)).collect();
            assert!(count < 300 || places.windows(2).filter(|pair| pair[1] == pair[0] + 1).count() < 20, "{count} are mixed");
            places.sort_unstable();
            assert!(places.into_iter().eq(0..count), "every place below {count} is taken once");
        }
    }

    #[test]
    fn numbers_fall_where_they_are_asked_for_and_equally_often() {
        let mut random = Random::new(1, Stream::Units, 0);
        let mut counts = [0u32; 6];
        (0..60_000).for_each(|_| counts[usize::try_from(random.within(1, 6)).unwrap() - 1] += 1);
        assert!(counts.iter().all(|count| (9_500..10_500).contains(count)), "a die: {counts:?}");
        let yes = (0..100_000).filter(|_| random.chance(80_000)).count();
        assert!((7_700..8_300).contains(&yes), "eight in a hundred: {yes}");
        let heavy = (0..10_000).filter(|_| random.weighted(&[(9, 'a'), (1, 'b')]) == 'a').count();
        assert!((8_850..9_150).contains(&heavy), "nine in ten: {heavy}");
        assert_eq!(random.pick::<u8>(&[]), 0, "nothing to pick from gives the default");
    }
}
