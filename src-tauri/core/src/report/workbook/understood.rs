//! What was understood of a plain workbook, for a person to look over.

use serde::{Deserialize, Serialize};

use crate::record::Wire;
use crate::report::task::{Value, Values};

/// What a plain workbook was taken for; a person looks it over before it is taken.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
pub struct Recognised {
    /// The task's place among those that were given.
    pub task: usize,
    /// The reporting union's name, as the workbook has it.
    pub unit: Option<String>,
    /// Its code.
    pub code: Option<String>,
    /// The period's key: `2026-10`.
    pub period: Option<String>,
    /// The values, at the task's own places.
    pub values: Values,
    /// Each single cell that was found, and each cell of a block that was not simply as it should be.
    pub understood: Vec<Understood>,
    /// What could not be taken; its cell is left blank.
    pub faults: Vec<Unread>,
    /// What else is to be said: renamed sheets, moved rows, rows of sums that were passed over.
    pub notes: Vec<String>,
}

/// One cell that was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Understood {
    /// The sheet in the workbook.
    pub sheet: String,
    /// Where it stood there.
    pub at: String,
    /// The place in the task's own blank.
    pub own: String,
    /// What the cell is called.
    pub label: String,
    /// What it says.
    pub text: String,
    /// What it was taken for.
    pub value: Value,
    /// How, where it was not plain.
    pub note: String,
}

/// One thing that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
pub struct Unread {
    /// The sheet in the workbook.
    pub sheet: String,
    /// The cell; empty where a row or a column is missing.
    pub at: String,
    /// The place in the task's own blank, where one is meant.
    pub own: String,
    /// What the cell is called.
    pub label: String,
    /// What it says.
    pub text: String,
    /// What is wrong, a Chinese sentence.
    pub what: String,
    /// The way out.
    pub hint: String,
}
