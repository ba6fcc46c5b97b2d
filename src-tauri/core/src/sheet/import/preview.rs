//! What an import would do, before anything is written.

use serde::Serialize;

use crate::error::Fault;
use crate::record::Wire;

/// What will become of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A new record comes of it.
    New,
    /// A record changes.
    Changed,
    /// It says what is known.
    Same,
    /// The clerk must choose.
    Conflicting,
    /// It is left out.
    Faulty,
}

/// What would change in a column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "ImportDifference")]
pub struct Difference {
    /// The column's label.
    pub label: &'static str,
    /// What the record says, for people; masked where it is secret.
    pub before: String,
    /// What the sheet says.
    pub after: String,
}

/// What is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct RowFault {
    /// The row's number.
    pub row: u32,
    /// The faults in the order found.
    pub faults: Vec<Fault>,
}

/// A changed or conflicting row with its values side by side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "ImportSample")]
pub struct Sample {
    /// The row's number.
    pub row: u32,
    /// What will become of it.
    pub state: State,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// How many rows have each fate.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "ImportCounts")]
pub struct Counts {
    /// Rows that hold something.
    pub rows: u64,
    /// New records.
    pub new: u64,
    /// Changed records.
    pub changed: u64,
    /// Rows that say what is known.
    pub same: u64,
    /// Rows that the clerk must choose for.
    pub conflicting: u64,
    /// Rows left out.
    pub faulty: u64,
    /// Rows taken with a warning.
    pub warned: u64,
}

/// What an import would do.
#[derive(Debug, Clone, Serialize, Wire)]
#[serde(rename = "ImportPreview")]
pub struct Preview {
    /// The sheet's name.
    pub sheet: String,
    /// The heading's row.
    pub header: u32,
    /// Headings that no column of the record has: they are not taken.
    pub unknown: Vec<String>,
    /// Columns of the record that the sheet lacks though they are required.
    pub missing: Vec<&'static str>,
    /// What was passed over, in full sentences.
    pub notes: Vec<String>,
    /// How many rows have each fate.
    pub counts: Counts,
    /// What is wrong, row by row; warnings of rows that are taken stand here too.
    pub faults: Vec<RowFault>,
    /// The first changed and conflicting rows, side by side.
    pub samples: Vec<Sample>,
    /// Tells whether the file is still the one that was looked at.
    pub stamp: String,
}

impl Counts {
    /// Counts a row's fate.
    pub(super) fn note(&mut self, state: State) {
        self.rows += 1;
        *match state {
            State::New => &mut self.new,
            State::Changed => &mut self.changed,
            State::Same => &mut self.same,
            State::Conflicting => &mut self.conflicting,
            State::Faulty => &mut self.faulty,
        } += 1;
    }
}
