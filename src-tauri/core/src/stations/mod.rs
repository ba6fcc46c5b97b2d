//! Stations: 驿站 and the other places of service, and how many people each served.

pub mod coordinates;
mod checks;
mod record_visits;
mod rules;
pub mod indicators;
mod station;
mod visit;

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
        .check(checks::check)
}
