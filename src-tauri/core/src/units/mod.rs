//! Units: the tree of unions, from the province to the enterprise.
//!
//! A union's place in the tree is today's; the ledger of moves ([`UnitMove`]) says where it stood before. Both are kept by
//! the acts alone.

mod checks;
mod close;
pub mod credit_code;
mod headcount;
mod headcounts;
pub mod indicators;
mod open;
mod relocate;
mod rules;
pub(crate) mod stand;
mod tree;
mod union_form;
mod unit;
mod unit_move;

pub use close::{Close, close, may_close};
pub use headcount::Headcount;
pub use headcounts::{count_staff, headcounts_on};
pub use open::{open, topmost};
pub use relocate::{Relocate, is_above, relocate};
pub use tree::{Tree, fill_subtree};
pub use union_form::{CountMembers, UnionForm, UnionFormOutlet};
pub use unit::{Unit, UnitLevel};
pub use unit_move::UnitMove;

use crate::modules::Module;

/// The unions of an office and their tree.
pub fn module() -> Module {
    Module::new("units")
        .migration("1_units.sql", include_str!("migrations/1_units.sql"))
        .record::<Unit>()
        .record::<UnitMove>()
        .record::<Headcount>()
        .check(checks::check)
}
