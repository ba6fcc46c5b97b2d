//! How large a demonstration is.

use serde::Deserialize;

use super::fill;
use crate::api::{Progress, Watch};
use crate::calendar::Month;
use crate::desk::Filling;
use crate::error::Result;
use crate::record::Wire;
use crate::store::Store;

/// The seed of the demonstrations that the desk makes.
const SEED: u64 = 1;

/// The sizes that are offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// One grass-roots union and its three branches: 300 people.
    Office,
    /// A town's union with 39 unions below it: 6,000 people.
    Town,
    /// A county with 400 unions: 80,000 people.
    County,
    /// A province with 10,000 unions in five levels: 2,000,000 people.
    Province,
}

impl Scale {
    /// All of them, the smallest first.
    pub const ALL: [Self; 4] = [Self::Office, Self::Town, Self::County, Self::Province];

    /// The word that commands use.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Town => "town",
            Self::County => "county",
            Self::Province => "province",
        }
    }

    /// Finds the size that a command's word names.
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scale| scale.word() == word)
    }

    /// How much of everything there is.
    pub(super) fn size(self) -> Size {
        match self {
            Self::Office => Size {
                people: 300,
                below: [0, 0, 0, 0, 3],
                stations: 2,
                activities: 60,
                attendances: 1_500,
                visit_months: 12,
                dues: (12, 1),
            },
            Self::Town => Size {
                people: 6_000,
                below: [0, 0, 0, 39, 0],
                stations: 15,
                activities: 400,
                attendances: 14_000,
                visit_months: 12,
                dues: (12, 1),
            },
            Self::County => Size {
                people: 80_000,
                below: [0, 0, 22, 377, 0],
                stations: 200,
                activities: 4_000,
                attendances: 240_000,
                visit_months: 12,
                dues: (6, 20),
            },
            Self::Province => Size {
                people: 2_000_000,
                below: [21, 183, 2_400, 7_395, 0],
                stations: 5_000,
                activities: 100_000,
                attendances: 6_000_000,
                visit_months: 3,
                dues: (3, 100),
            },
        }
    }
}

impl Filling for Scale {
    /// Fills the file up to the last full month.
    fn fill(&self, store: &Store, watch: Watch<'_>) -> Result<()> {
        let mut tell = |stage, rows| watch(Progress { stage, done: u64::try_from(rows).unwrap_or(0), of: None });
        fill(store, *self, SEED, Month::of(store.now().today).previous(), &mut tell).map(drop)
    }
}

/// How much of everything there is in a demonstration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    pub people: u64,
    /// How many unions below the topmost one: of cities, counties, towns, the grass roots, branches.
    pub below: [u64; 5],
    pub stations: u64,
    pub activities: u64,
    /// People named in activities: those who took part and those who served.
    pub attendances: u64,
    /// How many months have visits to stations.
    pub visit_months: i32,
    /// How many months have dues, and that one union in so many keeps them.
    pub dues: (i32, u64),
}
