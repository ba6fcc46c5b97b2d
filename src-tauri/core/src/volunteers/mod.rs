//! Volunteers: the tree of teams, the register, and hours of service with their evidence.

mod blend;
mod certificate;
mod checks;
mod count;
mod dossier;
mod hand_over;
pub mod indicators;
mod record_service;
mod register;
mod rules;
mod service;
mod star;
mod tally;
mod team;
mod volunteer;

pub use certificate::{Certificates, certificates};
pub use count::{count_register, count_service};
pub use dossier::{Dossier, DossierKind};
pub use hand_over::{hand_over, registered_with, teams_of};
pub use record_service::{Hours, RecordService, RecordedService, record_service};
pub use register::{EndVolunteers, MoveToTeam, RegisterVolunteers, RegisteredVolunteers, by_person, end, move_to_team, register};
pub use service::{Service, ServiceSource};
pub use star::{Scale, StarRule};
pub use tally::{AreaMinutes, Tally, TallyOf, tally};
pub use team::{Team, TeamLevel};
pub use volunteer::Volunteer;

use crate::modules::Module;
use crate::record::Row as _;

/// Gives the volunteers' share of the store.
pub fn module() -> Module {
    Module::new("volunteers")
        .migration("1_volunteers.sql", include_str!("migrations/1_volunteers.sql"))
        .record::<Team>()
        .record::<Volunteer>()
        .blend(Volunteer::NAME, blend::blend)
        .record::<Service>()
        .record::<StarRule>()
        .record::<Dossier>()
        .tie(Volunteer::NAME, "SELECT person, ended FROM volunteer")
        .tie(Service::NAME, "SELECT s.person, coalesce(a.until, a.day, a.planned, date(s.entered, 'unixepoch')) AS ended FROM service s JOIN activity a ON a.id = s.activity")
        .tie(Dossier::NAME, "SELECT v.person, d.day AS ended FROM dossier d JOIN volunteer v ON v.id = d.volunteer")
        .check(checks::check)
}
