//! What everything else in a demonstration refers to: its span of time, its unions, its people.

use chrono::NaiveDate;

use super::births::Births;
use super::days;
use super::lives::{self, Life};
use super::plots::Plots;
use super::random::{Random, Stream};
use super::scale::{Scale, Size};
use super::tree;
use crate::calendar::Month;
use crate::record::Id;
use crate::units::Unit;

/// One person in so many has no membership.
const OUTSIDERS: u64 = 40;

/// The setting of a demonstration.
#[derive(Debug)]
pub struct Setting {
    pub seed: u64,
    pub size: Size,
    /// The month that the story ends with.
    pub until: Month,
    /// The last day on which anything happens.
    pub end: NaiveDate,
    /// The day on which the books are opened: 36 months before the end.
    pub book: NaiveDate,
    pub births: Births,
    pub plots: Plots,
    /// The ids of the first union, person and member; the others follow without a gap.
    pub units: i64,
    pub people: i64,
    pub members: i64,
}

impl Setting {
    /// Plans a demonstration that ends with a month, and at the latest `today`.
    pub fn new(scale: Scale, seed: u64, until: Month, today: NaiveDate) -> Option<Self> {
        let (size, end) = (scale.size(), until.last_day().min(today));
        let book = until.plus(-36).last_day();
        let births = Births::new(seed, size.people, until.year() - 20);
        let plots = tree::plan(&size, seed, book, end)?;
        Some(Self { seed, size, until, end, book, births, plots, units: 0, people: 0, members: 0 })
    }

    /// Random numbers for one thing of a stream.
    pub fn random(&self, stream: Stream, index: u64) -> Random {
        Random::new(self.seed, stream, index)
    }

    /// The id of a union.
    pub fn unit(&self, plot: usize) -> Id<Unit> {
        Id::new(self.units + i64::try_from(plot).unwrap_or(0))
    }

    /// The id of a person.
    pub fn person<T>(&self, person: u64) -> Id<T> {
        Id::new(self.people + person.cast_signed())
    }

    /// Says whether a person has a membership.
    pub fn is_member(&self, person: u64) -> bool {
        person % OUTSIDERS != OUTSIDERS - 1
    }

    /// The id of a person's membership, where there is one.
    pub fn member<T>(&self, person: u64) -> Id<T> {
        Id::new(self.members + (person - person / OUTSIDERS).cast_signed())
    }

    /// How a person's membership went.
    pub fn life(&self, person: u64) -> Life {
        lives::live(self, person)
    }

    /// Everybody.
    pub fn everybody(&self) -> std::ops::Range<u64> {
        0..self.plots.people()
    }

    /// The months of the story, the first after the opening of the books first.
    pub fn months(&self, last: i32) -> impl Iterator<Item = Month> + use<> {
        let until = self.until;
        (1 - last..=0).map(move |back| until.plus(back))
    }

    /// The last day of a month on which anything happens.
    pub fn last_of(&self, month: Month) -> NaiveDate {
        month.last_day().min(self.end)
    }

    /// The day on which a person comes of age.
    pub fn adult(&self, person: u64) -> NaiveDate {
        days::years_after(self.births.of(person).day, 18)
    }
}
