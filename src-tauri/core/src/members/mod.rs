//! Members: each person's membership, its ledger of changes, and dues.
//!
//! 《工会会员会籍管理办法》（中华全国总工会，2016 年）：一次入会、动态接转. The ledger ([`Change`]) is what happened;
//! a member's unit and state are its end, kept by the acts alone.

mod change;
mod checks;
mod close_unit;
mod collect_dues;
mod count;
mod dues;
mod enter;
pub mod indicators;
mod ledger;
mod member;
mod profile;
mod roster;
mod rules;
mod state;
mod transfer;

pub use change::{Change, ChangeKind};
pub use close_unit::{Merge, close_unit, merge};
pub use count::count;
pub use collect_dues::{CollectDues, DuesRow, collect_dues};
pub use dues::Dues;
pub use enter::{Join, OpenBook, TransferIn, join, membership, open_book, transfer_in};
pub use member::{Member, MemberKind, MemberState};
pub use profile::Profile;
pub use roster::Roster;
pub use state::{Turn, expel, leave, resume, retain};
pub use transfer::{Transfer, transfer};

use crate::modules::Module;
use crate::record::Row as _;

/// The memberships of an office.
pub fn module() -> Module {
    Module::new("members")
        .migration("1_members.sql", include_str!("migrations/1_members.sql"))
        .record::<Member>()
        .record::<Change>()
        .record::<Dues>()
        .check(checks::check)
        .intake(Member::NAME, |registry, options| Ok(Box::new(Roster::new(registry, options)?)))
        .layout(include_str!("../../../../assets/layouts/roster.json"))
}
