//! Volunteers: the tree of teams, the register, and hours of service with their evidence.

mod count;
pub mod indicators;
mod service;
mod star;
mod team;
mod volunteer;

pub use count::{count_register, count_service};
pub use service::{Service, ServiceSource};
pub use star::StarRule;
pub use team::{Team, TeamLevel};
pub use volunteer::Volunteer;

use crate::modules::Module;

/// Gives the volunteers' share of the store.
pub fn module() -> Module {
    Module::new("volunteers")
        .migration("1_volunteers.sql", include_str!("migrations/1_volunteers.sql"))
        .record::<Team>()
        .record::<Volunteer>()
        .record::<Service>()
        .record::<StarRule>()
}
