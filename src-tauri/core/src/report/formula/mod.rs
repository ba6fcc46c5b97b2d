//! A task's formulas and checks, run by a spreadsheet engine.
//!
//! Everything is read once for a task; a return then only brings its values. Formulas see the numbers that people see (hours, yuan),
//! a block's formulas go down with its rows as when a sheet is filled down, and what lies below a block, or spans it, moves and grows
//! with it. Of an answer that is no value of its cell's kind nothing is kept.

mod asked;
mod check;
mod circle;
mod compute;
mod engine;
mod explanation;
mod extent;
mod outcome;
mod outlier;
mod parse;
mod stage;
#[cfg(test)]
mod tests;
mod words;

use serde::Serialize;

pub use explanation::says_something;
pub use outcome::rounded;
pub use outlier::outliers;

use self::asked::Asking;
use self::compute::Computing;
use self::engine::Engine;
use self::extent::Extent;
use super::task::{Fact, Flaw, Holds, Kind, Place, Table, Task, Values, Weight};
use crate::record::Wire;

/// A task's formulas and checks, read and ready to be run on return after return.
pub struct Formulas {
    task: Task,
    extents: Vec<Extent>,
    computing: Computing,
    asking: Asking,
}

/// A return, and those that its checks may compare it with.
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// The return itself.
    pub now: &'a Values,
    /// The last period's (上期).
    pub last: Option<&'a Values>,
    /// That of the same period a year ago (去年同期).
    pub year_ago: Option<&'a Values>,
    /// The sum of those of the units below (下级合计).
    pub below: Option<&'a Values>,
}

/// Which return a cell is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
#[serde(rename_all = "snake_case")]
#[serde(rename = "ReportOf")]
pub enum Whose {
    /// The return itself.
    Now,
    /// The last period's (上期).
    Last,
    /// That of the same period a year ago (去年同期).
    YearAgo,
    /// The sum of those of the units below (下级合计).
    Below,
}

/// A check that does not hold.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BrokenCheck")]
pub struct Broken {
    /// The check's word; `outlier` for an unusual value.
    pub check: String,
    /// How much it weighs.
    pub weight: Weight,
    /// What is wrong, a sentence with both sides' values.
    pub message: String,
    /// The way out, or empty.
    pub hint: String,
    /// The cells concerned, the first sixty.
    pub places: Vec<Spot>,
    /// Which row of the block, from 0, where the check is asked for each.
    pub line: Option<usize>,
    /// The left side as people read it; empty where nothing is compared.
    pub left: String,
    /// The sign between both sides: ＝, ≠, ＜, ≤, ＞, ≥.
    pub op: String,
    /// The right side as people read it.
    pub right: String,
    /// The formula as the task has it.
    pub formula: String,
}

/// A cell that a check speaks of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "CheckedCell")]
pub struct Spot {
    /// Which return it is of.
    pub of: Whose,
    /// The table's sheet.
    pub sheet: String,
    /// Where it lies: a single cell as in the blank, a cell of the block in the row that its line has.
    pub at: Place,
    /// Its line in the block, from 0, in the order of the return that is checked.
    pub line: Option<usize>,
    /// What it is called.
    pub label: String,
    /// Its value as people read it.
    pub value: String,
}

impl Formulas {
    /// Reads a task's formulas and checks; says of each that cannot be run where it stands and what is wrong.
    pub fn of(task: &Task) -> Result<Self, Vec<Flaw>> {
        let mut flaws = Vec::new();
        let task = Task { blank: None, ..task.clone() };
        let made = Self::read(task, &mut flaws);
        match made {
            Ok(made) if flaws.is_empty() => Ok(made),
            Ok(_) => Err(flaws),
            Err(what) => Err(vec![Flaw { place: "公式".into(), what: format!("无法启动计算：{what}") }]),
        }
    }

    fn read(task: Task, flaws: &mut Vec<Flaw>) -> Result<Self, String> {
        let extents: Vec<_> = task.tables.iter().map(Extent::of).collect();
        let mut proof = Engine::new(extents.len() * 4)?;
        let computing = Computing::of(&task, &extents, &mut proof, flaws)?;
        let asking = Asking::of(&task, &extents, &mut proof, flaws)?;
        Ok(Self { task, extents, computing, asking })
    }

    /// Fills the cells and columns that hold a formula; what comes to no value of its kind stays empty.
    pub fn compute(&mut self, values: &mut Values) {
        self.computing.run(&self.extents, values);
    }

    /// Asks every check, with the values as they stand; one that names a return which is not there is left out.
    pub fn check(&mut self, beside: &Beside<'_>) -> Vec<Broken> {
        if self.asking.asked.is_empty() {
            return Vec::new();
        }
        let failures = self.computing.failures(&self.extents, beside.now);
        check::check(&mut self.asking, &self.task, &self.extents, beside, failures)
    }
}

impl std::fmt::Debug for Formulas {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Formulas").field("task", &self.task.key).finish_non_exhaustive()
    }
}

impl<'a> Beside<'a> {
    /// A return alone.
    pub fn alone(now: &'a Values) -> Self {
        Self { now, last: None, year_ago: None, below: None }
    }

    fn of(&self, whose: Whose) -> Option<&'a Values> {
        match whose {
            Whose::Now => Some(self.now),
            Whose::Last => self.last,
            Whose::YearAgo => self.year_ago,
            Whose::Below => self.below,
        }
    }
}

impl Whose {
    const ALL: [Self; 4] = [Self::Now, Self::Last, Self::YearAgo, Self::Below];
}

/// The column that names a row of a table's block: the unit's name, else the first text.
fn title(table: &Table) -> Option<usize> {
    let columns = &table.block.as_ref()?.columns;
    let unit = columns.iter().position(|column| column.holds == Holds::Fact(Fact::Unit));
    unit.or_else(|| columns.iter().position(|column| column.kind == Kind::Text))
}
