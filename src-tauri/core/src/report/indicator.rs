//! What a number is: its meaning, its measure and what it can be split by.

use crate::record::{CodeList, Wire};

/// One number with one meaning, computed from records.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    /// Its code, the same in every report and year: `members.joined`.
    pub code: &'static str,
    /// Its name on screen and in sheet headers.
    pub label: &'static str,
    /// What it is counted in.
    pub measure: Measure,
    /// At a moment or over a period.
    pub kind: Kind,
    /// What is counted and what is not (口径), in full Chinese sentences.
    pub definition: &'static str,
    /// Whether the numbers of parts of the tree add up to the number of the whole; distinct people do not (去重).
    pub additive: bool,
    /// What it can be split by.
    pub splits: &'static [Split],
    /// The statements that list what it counts.
    pub rows: &'static [Rows],
}

impl Indicator {
    /// Finds a split by its key.
    pub fn split(&self, key: &str) -> Option<(usize, &'static Split)> {
        self.splits.iter().enumerate().find(|(_, split)| split.key == key)
    }
}

/// What a number is counted in. People and person-times are different measures and never add up together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    /// People (人).
    People,
    /// Person-times (人次).
    Times,
    /// Events (场).
    Events,
    /// Things such as unions, teams and stations (个).
    Things,
    /// Minutes, shown as hours (小时).
    Minutes,
    /// Fen, shown as yuan (元).
    Money,
}

impl Measure {
    /// The word that stands beside the number.
    pub fn label(self) -> &'static str {
        match self {
            Self::People => "人",
            Self::Times => "人次",
            Self::Events => "场",
            Self::Things => "个",
            Self::Minutes => "小时",
            Self::Money => "元",
        }
    }

    /// How many of what is stored make one of what is shown: 60 minutes an hour, 100 fen a yuan, else 1.
    pub fn divisor(self) -> i64 {
        match self {
            Self::Minutes => 60,
            Self::Money => 100,
            Self::People | Self::Times | Self::Events | Self::Things => 1,
        }
    }
}

/// The time that a number speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// At the period's first or last moment (时点).
    Moment,
    /// Within the period (期间).
    Within,
    /// Since the beginning, to the period's end (累计).
    Since,
}

impl Kind {
    /// The word for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Moment => "时点",
            Self::Within => "期间",
            Self::Since => "累计",
        }
    }
}

/// A dimension that an indicator can be split by; its parts make up the whole.
#[derive(Debug)]
pub struct Split {
    /// Its key: `kind`.
    pub key: &'static str,
    /// Its name on screen.
    pub label: &'static str,
    /// Whose entries are its parts.
    pub by: By,
}

/// The entries that are the parts of a split.
#[derive(Debug, Clone, Copy)]
pub enum By {
    /// A closed list's.
    Code(&'static CodeList),
    /// An open list's, by its key; an entry counts as itself.
    Term(&'static str),
    /// An open list's broadest, by its key; a narrower entry counts as the broadest that it is within.
    Broad(&'static str),
}

/// A statement that lists what an indicator counts, one table's rows.
///
/// It reads `place` (the ids of the units asked for), `?2` (first day) and `?3` (last day), and gives the row's key, its second key (0
/// where there is none), the amount in the indicator's measure, then the stored value of each split in order. Rows of one key
/// add up; what comes to nothing is left out.
#[derive(Debug)]
pub struct Rows {
    /// The table that the keys are of.
    pub table: &'static str,
    /// The statement, from its SELECT on.
    pub sql: &'static str,
}

/// The indicators of one module.
#[derive(Debug, Clone)]
pub struct Family {
    /// The module's name, the first word of its indicators' codes.
    pub name: &'static str,
    /// Its indicators.
    pub indicators: &'static [Indicator],
    /// Common table expressions that the statements of its rows read, each followed by a comma; may be empty.
    pub with: String,
}

impl Family {
    /// A family whose statements read stored tables only.
    pub fn new(name: &'static str, indicators: &'static [Indicator]) -> Self {
        Self { name, indicators, with: String::new() }
    }

    /// Finds an indicator by its code.
    pub fn find(&self, code: &str) -> Option<&'static Indicator> {
        self.indicators.iter().find(|indicator| indicator.code == code)
    }
}
