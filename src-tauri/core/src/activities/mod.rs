//! Activities: what a union held for whom, by names or by count.

mod activity;
mod checks;
mod held;
mod membership;
mod participants;
pub mod indicators;
mod participation;
mod rules;

pub use activity::{Activity, ActivityState};
pub use held::{Held, TookPart, held};
pub use participants::{Attended, CountPeople, HoldActivity, Participants, clear_names, count, hold, participants};
pub use participation::Participation;

use crate::modules::Module;

/// Gives the activities' share of the store.
pub fn module() -> Module {
    Module::new("activities")
        .migration("1_activities.sql", include_str!("migrations/1_activities.sql"))
        .record::<Activity>()
        .record::<Participation>()
        .check(checks::check)
}
