//! 节点检查: every summed return equals its parts, and what has changed below since.

use serde::{Deserialize, Serialize};

use super::compute::period;
use super::consolidate::{newest_part, sum_now};
use super::look::{differing, telling};
use super::spot::Spot;
use super::statement::{Basis, Return};
use crate::error::Result;
use crate::record::{Id, Wire};
use crate::report::task::{Value, Values};
use crate::store::Db;
use crate::units::Unit;

/// Which sums are looked at.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct NodesOf {
    /// The task's word.
    pub task: String,
    /// The period's key.
    pub period: String,
}

/// A summed return that no longer equals its parts.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Node {
    /// The return.
    pub id: Id<Return>,
    /// The union.
    pub unit: Id<Unit>,
    /// Its name.
    pub name: String,
    /// The unions whose return has another version now, or none.
    pub changed: Vec<String>,
    /// Where the sum differs, and by how much.
    pub off: Vec<Off>,
}

/// A value that differs from the sum of its parts.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Off {
    /// The address.
    pub at: String,
    /// What it is called.
    pub label: String,
    /// What the return says.
    pub says: String,
    /// What its parts come to.
    pub sum: String,
}

/// Looks at every summed return of a task and a period; an empty list means that each equals its parts as they are now.
pub fn nodes(db: &Db<'_>, ask: &NodesOf) -> Result<Vec<Node>> {
    let of = period(&ask.period)?;
    let rest = " WHERE code = ?1 AND period = ?2 AND basis = 2 AND state <> 6 ORDER BY unit, no";
    let sums = db.select::<Return>(rest, (&ask.task, of.to_string()))?;
    // A version that is being corrected is not looked at any more.
    let newest = sums.chunk_by(|one, next| one.unit == next.unit).filter_map(<[Return]>::last);
    newest.filter_map(|sum| node(db, sum).transpose()).collect()
}

/// Compares one summed return with its parts as they are now.
pub(super) fn node(db: &Db<'_>, sum: &Return) -> Result<Option<Node>> {
    debug_assert_eq!(sum.basis, Basis::Returns, "only sums have parts");
    let (task, content) = (sum.package(db)?, sum.content()?);
    let now = sum_now(db, sum, &task, &content)?;
    let mut changed = Vec::new();
    for part in &content.parts {
        if newest_part(db, sum, part)?.is_none_or(|newest| newest.id != part.id) {
            changed.push(db.get(part.unit)?.name);
        }
    }
    let typed = |address: &String| !content.typed.contains_key(address);
    let off: Vec<Off> = differing(&task, &content.values, &now, telling)
        .into_iter()
        .filter(typed)
        .filter(|address| !address.contains(':'))
        .filter_map(|address| {
            let spot = Spot::read(&task, &address)?;
            let (label, _, kind) = spot.said(&task)?;
            let show = |values: &Values| spot.get(values).map_or_else(String::new, |value: &Value| value.show(kind));
            kind.adds().then(|| Off { label: label.to_owned(), says: show(&content.values), sum: show(&now), at: address })
        })
        .collect();
    if off.is_empty() && changed.is_empty() {
        return Ok(None);
    }
    Ok(Some(Node { id: sum.id, unit: sum.unit, name: db.get(sum.unit)?.name, changed, off }))
}
