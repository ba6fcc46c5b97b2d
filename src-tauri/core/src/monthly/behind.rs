//! The rows behind a number of the workbook.

use serde::Deserialize;

use super::numbers::{catalogue, scope};
use crate::calendar::Period;
use crate::error::{Error, Result};
use crate::record::{Id, Wire};
use crate::report::{Asked, Entry, list};
use crate::store::Db;
use crate::units::Unit;

/// Which number is asked about.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct Behind {
    /// The union.
    pub unit: Id<Unit>,
    /// Whether only what is its own counts, without the unions under it.
    #[serde(default)]
    pub own: bool,
    /// The indicator's code.
    pub code: String,
    /// A split's key and a part's code.
    #[serde(default)]
    pub part: Option<(String, String)>,
}

/// Lists what a number counts; the amounts' sum is the number.
pub fn behind(db: &Db<'_>, period: Period, asked: &Behind) -> Result<Vec<Entry>> {
    let scope = scope(db, period)?;
    let place = scope.hierarchy.place(asked.unit.get()).ok_or_else(|| Error::Gone("这个工会".into()))?;
    let own = [asked.unit.get()];
    let units = if asked.own { &own } else { scope.hierarchy.subtree_ids(place) };
    let families = catalogue();
    let family = families.iter().find(|family| family.find(&asked.code).is_some());
    let family = family.ok_or_else(|| Error::Usage(format!("指标 {}", asked.code)))?;
    let part = asked.part.as_ref().map(|(split, code)| (split.as_str(), code.as_str()));
    list(db, family, &asked.code, &Asked { units, from: scope.from(), to: scope.to(), part })
}
