//! Members: each person's membership, its ledger of changes, and dues.
//!
//! 《工会会员会籍管理办法》（中华全国总工会，2016 年）：一次入会、动态接转. The ledger ([`Change`]) is what happened;
//! a member's unit and state are its end, kept by the acts alone.

mod change;
mod dues;
mod member;
mod rules;

pub use change::{Change, ChangeKind};
pub use dues::Dues;
pub use member::{Member, MemberKind, MemberState};

use crate::modules::Module;

/// The memberships of an office.
pub fn module() -> Module {
    Module::new("members")
        .migration("1_members.sql", include_str!("migrations/1_members.sql"))
        .record::<Member>()
        .record::<Change>()
        .record::<Dues>()
}
