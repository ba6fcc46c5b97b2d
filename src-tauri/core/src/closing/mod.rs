//! The end of a union: 撤销 and 合并, with all that belongs to it.
//!
//! What a union had goes on elsewhere in the same step: its members, its stations, its teams and volunteers, its planned activities.
//! What it did stays its own: activities held, dues paid, people who left.

mod checks;
mod close;
mod hand_over;
mod merge;

pub use close::{CloseUnion, close};
pub use hand_over::HandedOver;
pub use merge::{MergeUnion, merge};

use crate::modules::Module;

/// The look at what closed unions leave behind.
pub fn module() -> Module {
    Module::new("closing").check(checks::check)
}
