//! Birth days and sexes of a whole population, so that every id number is nobody else's.

use chrono::{Datelike, NaiveDate};

use super::days;
use super::random::{Random, Shuffle, Stream};
use crate::people::id_number::generate;

/// How many men there are of 1,000 people.
const MEN: u64 = 575;

/// How many numbers there are for the people of one day and sex; 991 to 999 are left to the roster that is shipped.
const PLACES: u64 = 495;

/// How many of the people were born in each year, against the others, from the first to the last.
const YEARS: [u64; 45] = [
    20, 24, 28, 32, 36, 40, 46, 52, 58, 64, 68, 70, 72, 74, 76, 78, 80, 82, 86, 90, 94, 98, 100, 102, 104, 106, 106, 104, 102, 98, 94, 90,
    86, 82, 78, 74, 70, 66, 60, 54, 48, 40, 32, 24, 14,
];

/// A person's birth, sex and place among those of one day and sex.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Birth {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is a man.
    pub male: bool,
    /// The three digits of the id number that tell people of one day apart: odd for men.
    sequence: u16,
}

impl Birth {
    /// The birth of somebody whom no demonstration has; `nth` tells people of one day and sex apart.
    pub fn outside(day: NaiveDate, male: bool, nth: u16) -> Self {
        Self { day, male, sequence: if male { 991 + nth % 5 * 2 } else { 992 + nth % 4 * 2 } }
    }

    /// Makes the id number, in a division that exists nowhere.
    pub fn id_number(self) -> Option<String> {
        generate("000000", self.day, self.sequence)
    }
}

/// The births of all people.
#[derive(Debug)]
pub struct Births {
    shuffle: Shuffle,
    seed: u64,
    first: NaiveDate,
    /// How many people were born up to each day, that day included.
    until: Vec<u64>,
}

impl Births {
    /// Spreads people over 45 years of birth, of which `last` is the last.
    pub fn new(seed: u64, people: u64, last: i32) -> Self {
        let first = NaiveDate::from_ymd_opt(last - 44, 1, 1).unwrap_or_default();
        let weights: Vec<u64> = first.iter_days().take_while(|day| day.year() <= last).map(|day| weight(day, last)).collect();
        let sum: u64 = weights.iter().sum();
        let mut before = 0;
        let ends = weights.iter().map(|weight| {
            before += weight;
            people * before / sum.max(1)
        });
        Self { shuffle: Shuffle::new(Random::new(seed, Stream::Births, 0).bits(), people), seed, first, until: ends.collect() }
    }

    /// Gives a person's birth.
    pub fn of(&self, person: u64) -> Birth {
        let place = self.shuffle.place(person);
        let at = self.until.partition_point(|end| *end <= place);
        let before = at.checked_sub(1).and_then(|at| self.until.get(at)).copied().unwrap_or(0);
        let born = self.until.get(at).copied().unwrap_or(place + 1) - before;
        let (day, rank) = (days::plus(self.first, i64::try_from(at).unwrap_or(0)), place - before);
        let mut random = Random::new(self.seed, Stream::Births, 1 + at as u64);
        let men = born * MEN / 1_000 + u64::from(random.below(1_000) < born * MEN % 1_000);
        let (male, nth) = if rank < men { (true, rank) } else { (false, rank - men) };
        // 211 has no divisor in common with the places, so that each person gets a number of their own.
        let spread = (nth * 211 + random.below(PLACES)) % PLACES;
        let sequence = if male { spread * 2 + 1 } else { spread * 2 + 2 };
        Birth { day, male, sequence: u16::try_from(sequence).unwrap_or(0) }
    }
}

fn weight(day: NaiveDate, last: i32) -> u64 {
    usize::try_from(day.year() - (last - 44)).ok().and_then(|at| YEARS.get(at)).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_number_is_somebody_elses_and_says_birth_and_sex() {
        let births = Births::new(1, 60_000, 2006);
        let mut numbers = HashSet::new();
        let mut men = 0;
        for person in 0..60_000 {
            let birth = births.of(person);
            assert!((1962..=2006).contains(&birth.day.year()), "{}", birth.day);
            men += u32::from(birth.male);
            let number = birth.id_number().unwrap();
            let read = crate::people::id_number::parse(None, &number, NaiveDate::from_ymd_opt(2026, 10, 31).unwrap()).unwrap();
            assert_eq!((read.birth, read.sex == Some(crate::people::sex::Sex::Male)), (Some(birth.day), birth.male), "{number}");
            assert!(numbers.insert(number), "nobody has the number of another");
        }
        assert!((33_000..36_000).contains(&men), "men: {men}");
    }

    #[test]
    fn even_the_largest_population_has_room_for_everybody() {
        let births = Births::new(1, 2_000_000, 2006);
        let most = births.until.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap();
        assert!(most * MEN / 1_000 < PLACES && most - most * MEN / 1_000 < PLACES, "the most births of a day: {most}");
    }
}
