//! Units: the tree of unions, from the province to the enterprise.

pub mod credit_code;
mod headcount;
mod rules;
mod unit;
mod unit_move;

pub use headcount::Headcount;
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
}
