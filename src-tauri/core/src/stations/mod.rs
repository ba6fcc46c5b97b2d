//! Stations: 驿站 and the other places of service, and how many people each served.

mod checks;
pub mod coordinates;
mod hand_over;
pub mod indicators;
mod inspection;
mod record_visits;
mod rules;
mod station;
mod visit;

pub use hand_over::{hand_over, serving};
pub use inspection::{ClearInspection, Inspect, Inspection, Verdict, clear_inspection, inspect, overdue};
pub use record_visits::{RecordVisits, RecordedVisits, VisitCell, month, record_visits};
pub use station::{Opening, Station, StationState};
pub use visit::Visit;

use crate::modules::Module;

/// Gives the stations' share of the store.
pub fn module() -> Module {
    Module::new("stations")
        .migration("1_stations.sql", include_str!("migrations/1_stations.sql"))
        .record::<Station>()
        .record::<Visit>()
        .record::<Inspection>()
        .check(checks::check)
}
