//! The unions of a demonstration and where their people live, planned before anything is written.

use chrono::NaiveDate;

use super::words::EMPLOYERS;
use crate::units::UnitLevel;

/// A kind of employer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Trade {
    /// The section of GB/T 4754.
    pub industry: &'static str,
    /// The code of the employer's nature.
    pub nature: &'static str,
    /// The code of the economic type.
    pub economy: &'static str,
    /// What the employer's name ends in.
    pub suffix: &'static str,
    /// The jobs there, between commas.
    pub jobs: &'static str,
}

impl Trade {
    /// Every kind, with how common it is.
    pub fn all() -> Vec<(u32, Self)> {
        let read = |(industry, words): (&'static str, &[&'static str])| {
            let mut words = words.iter().copied();
            let (nature, economy, weight) = (words.next()?, words.next()?, words.next()?.parse().ok()?);
            Some((weight, Self { industry, nature, economy, suffix: words.next()?, jobs: words.next()? }))
        };
        EMPLOYERS.rest(&["首", "末"]).filter_map(read).collect()
    }

    /// Says whether it is no enterprise: an organ of the state or a public institution.
    pub fn is_public(self) -> bool {
        matches!(self.industry, "N" | "P" | "Q" | "R" | "S")
    }
}

/// What a union at the grass roots stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A union above the grass roots: 总工会, 工会委员会.
    Above,
    /// The union of one employer.
    Single,
    /// The joint union of the small employers of a community or village (联合基层工会).
    Joint,
    /// The union of a line of work, whose members are of one new-employment group (行业工会联合会).
    Line(&'static str),
    /// A part of a union (分工会).
    Branch,
}

/// A union as planned.
#[derive(Debug, Clone)]
pub struct Plot {
    /// The code: its way down the tree.
    pub code: String,
    /// The full name.
    pub name: String,
    /// The name without what its parents say.
    pub short: String,
    /// The place it is in: 云岭省澜川市梅塘县清溪镇.
    pub place: String,
    pub level: UnitLevel,
    pub kind: Kind,
    pub trade: Trade,
    /// The employer, where it is the union of one.
    pub employer: Option<String>,
    pub parent: Option<usize>,
    /// The plot after the last one of its subtree.
    pub after: usize,
    /// The first of its own people; those of its subtree follow.
    pub first: u64,
    pub opened: NaiveDate,
    /// The day of closing, and the older union that took its people.
    pub closed: Option<(NaiveDate, usize)>,
    /// Whether closing was a merger.
    pub merged: bool,
    /// The day on which it came under its parent, and whose it was before; nobody's, where there is no other.
    pub moved: Option<(NaiveDate, Option<usize>)>,
}

/// All plots: parents before their children, a subtree without a gap.
#[derive(Debug)]
pub struct Plots {
    root: Plot,
    all: Vec<Plot>,
    /// How many people there are.
    people: u64,
}

impl Plots {
    /// Takes the planned unions; none where there is not a single one.
    pub fn new(all: Vec<Plot>, people: u64) -> Option<Self> {
        Some(Self { root: all.first()?.clone(), all, people })
    }

    /// All of them, in order.
    pub fn all(&self) -> &[Plot] {
        &self.all
    }

    /// How many people live on all of them.
    pub fn people(&self) -> u64 {
        self.people
    }

    /// Gives a plot; the topmost one where there is none of the number.
    pub fn get(&self, at: usize) -> &Plot {
        self.all.get(at).unwrap_or(&self.root)
    }

    /// Finds the plot that a person lives on.
    pub fn home(&self, person: u64) -> usize {
        self.all.partition_point(|plot| plot.first <= person).saturating_sub(1)
    }

    /// The people of a plot's subtree: the first, and the one after the last.
    pub fn people_of(&self, at: usize) -> (u64, u64) {
        let plot = self.get(at);
        (plot.first, self.all.get(plot.after).map_or(self.people, |next| next.first))
    }

    /// The nearest plot of a level on the way up, itself included.
    pub fn above(&self, at: usize, level: UnitLevel) -> Option<usize> {
        let mut at = at;
        while self.get(at).level > level {
            at = self.get(at).parent?;
        }
        (self.get(at).level == level).then_some(at)
    }

    /// The place of a plot, and those of all above it, the nearest first.
    pub fn up(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(at), |at| self.get(*at).parent)
    }
}
