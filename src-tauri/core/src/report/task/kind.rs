//! What the value of a cell is, and how values of several unions add up.

use serde::{Deserialize, Serialize};

use crate::record::Wire;

/// What a cell's value is, and how it adds up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "ReportKind")]
pub enum Kind {
    /// A whole number that adds up: people, times, things.
    #[default]
    Count,
    /// Distinct people: adds up only where nobody is counted twice (去重).
    Distinct,
    /// Minutes, shown as hours.
    Minutes,
    /// Fen, shown as yuan.
    Money,
    /// A number with two decimals that does not add up: a rate.
    Rate,
    /// A text.
    Text,
}

impl Kind {
    /// How many of what is stored make one of what is shown; 0 for a text.
    pub fn divisor(self) -> i64 {
        match self {
            Self::Count | Self::Distinct => 1,
            Self::Minutes => 60,
            Self::Money | Self::Rate => 100,
            Self::Text => 0,
        }
    }

    /// Whether values of several unions add up to that of all.
    pub fn adds(self) -> bool {
        matches!(self, Self::Count | Self::Distinct | Self::Minutes | Self::Money)
    }

    /// The number as a sheet shows it.
    #[expect(clippy::cast_precision_loss, reason = "numbers of a return stay far below 2^53")]
    pub fn shown(self, stored: i64) -> f64 {
        stored as f64 / self.divisor().max(1) as f64
    }

    /// The stored number that a sheet's number stands for; none where it is none of this kind (half a person).
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "checked against 2^53 before")]
    pub fn stored(self, shown: f64) -> Option<i64> {
        let exact = shown * self.divisor() as f64;
        let near = exact.round();
        let off = (exact - near).abs();
        let allowed = if self == Self::Minutes { 0.5 } else { 1e-6 * near.abs().max(1.0) };
        (self != Self::Text && near.abs() < 9e15 && off <= allowed).then_some(near as i64)
    }
}
