//! Activities: what a union held for whom, by names or by count.

mod activity;
mod checks;
mod hand_over;
mod held;
pub mod indicators;
mod membership;
mod participants;
mod participation;
mod rules;
mod sign_in_sheet;

pub use activity::{Activity, ActivityState};
pub use hand_over::{hand_over, last_held, planned_by};
pub use held::{Held, TookPart, held};
pub use participants::{Attended, CountPeople, HoldActivity, Participants, clear_names, count, hold, participants};
pub use participation::Participation;
pub use sign_in_sheet::{SignInSheet, sign_in_sheet};

use crate::modules::Module;
use crate::people::Person;
use crate::record::Row as _;

/// Gives the activities' share of the store.
pub fn module() -> Module {
    Module::new("activities")
        .migration("1_activities.sql", include_str!("migrations/1_activities.sql"))
        .record::<Activity>()
        .record::<Participation>()
        .tie(Participation::NAME, "SELECT p.person, coalesce(a.until, a.day, a.planned, date(p.entered, 'unixepoch')) AS ended FROM participation p JOIN activity a ON a.id = p.activity")
        .settle(Person::NAME, membership::renew)
        .check(checks::check)
}
