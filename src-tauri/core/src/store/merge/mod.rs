//! Two files of one office, written on two PCs, brought together by their journals.
//!
//! Each step has the mark of the seat that did it, and each file knows how far it holds every seat's steps: its own, those it was
//! copied with, and those that were merged into it. What the other's journal has beyond that is compared, row by row and field by
//! field, with what this file did beyond what the other knows; what both changed otherwise is asked, and the rest comes over as one
//! step, which is undone like any other.
//!
//! ```text
//! let other = Other::open(&path, None, &store)?;
//! let plan = store.compare(&other, &Taken::default())?; // plan.clashes: what both changed
//! store.merge(&other, &taken)?;                         // one step
//! ```

mod acts;
mod carry;
mod changes;
mod clash;
mod erased;
mod known;
mod other;
mod plan;
mod twins;
mod unique;

pub use acts::Merging;
pub use clash::{Clash, ClashKind, Taken};
pub use other::Other;
pub use plan::{Plan, What, Write};

use super::db::Db;
use crate::error::Result;
use crate::record::{Entered, Id, Record, Table};

/// 并入本台账的另一台电脑的记录：到哪一步为止。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "merged", label = "合并记录", order = "entered, id", kept = "*")]
pub struct Merged {
    /// The id.
    pub id: Id<Merged>,
    /// 哪一台电脑。
    #[field(label = "电脑编号")]
    pub seat: i64,
    /// 到它的哪一步。
    #[field(label = "到第几步")]
    pub upto: i64,
    /// 这些步骤的校验值。
    #[field(label = "校验值", max = 64)]
    pub digest: String,
    /// 本台账里的哪一步并入的。
    #[field(label = "步骤标记")]
    pub mark: i64,
    /// 谁的电脑。
    #[field(label = "经办人", max = 50, listed)]
    pub whose: String,
    /// 什么时候。
    #[field(label = "时间", listed)]
    pub entered: Entered,
}

/// 两台电脑各自登记的同一条记录：对方的编号在本台账里是哪一条。
#[derive(Debug, Clone, PartialEq, Record)]
#[record(table = "twin", label = "合并对照", order = "tab, theirs", kept = "*")]
pub struct Twin {
    /// The id.
    pub id: Id<Twin>,
    /// 哪一种记录。
    #[field(label = "记录", max = 50, listed)]
    pub tab: String,
    /// 对方的编号。
    #[field(label = "对方编号", listed)]
    pub theirs: i64,
    /// 本台账的编号。
    #[field(label = "本机编号", listed)]
    pub ours: i64,
}

/// Whether a step is a merge, or took one back or did it again.
pub(super) fn is_merge(db: &Db<'_>, step: i64) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM journal WHERE step = ?1 AND shape IN (SELECT id FROM shape WHERE tab = 'merged'))";
    Ok(db.one::<bool>(sql, [step])?.unwrap_or(false))
}

/// Whether a table's rows come over: accounts are of one file with its keys, and what was merged is told of one file.
fn takes_part(table: &Table) -> bool {
    !table.view && !["account", "merged", "twin"].contains(&table.name)
}
