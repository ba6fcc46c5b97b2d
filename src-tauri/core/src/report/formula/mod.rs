//! placeholder
use super::task::{Flaw, Place, Task, Values, Weight};
use crate::record::Wire;
use serde::Serialize;
/// p
#[derive(Debug)]
pub struct Formulas;
impl Formulas {
    /// p
    pub fn of(_: &Task) -> Result<Self, Vec<Flaw>> {
        Ok(Self)
    }
    /// p
    pub fn compute(&mut self, _: &mut Values) {}
    /// p
    pub fn check(&mut self, _: &Beside<'_>) -> Vec<Broken> {
        Vec::new()
    }
}
/// p
#[derive(Debug, Clone, Copy)]
pub struct Beside<'a> {
    /// p
    pub now: &'a Values,
    /// p
    pub last: Option<&'a Values>,
    /// p
    pub year_ago: Option<&'a Values>,
    /// p
    pub below: Option<&'a Values>,
}
/// p
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Spot {
    /// p
    pub sheet: String,
    /// p
    pub at: Place,
    /// p
    pub label: String,
    /// p
    pub shown: String,
}
/// p
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Broken {
    /// p
    pub check: String,
    /// p
    pub weight: Weight,
    /// p
    pub message: String,
    /// p
    pub hint: String,
    /// p
    pub places: Vec<Spot>,
    /// p
    pub line: Option<usize>,
    /// p
    pub left: String,
    /// p
    pub right: String,
    /// p
    pub formula: String,
}
/// p
pub fn says_something(_: &str) -> bool {
    true
}
