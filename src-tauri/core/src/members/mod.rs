//! Members: each person's membership, its ledger of changes, and dues.
//!
//! 《工会会员会籍管理办法》（中华全国总工会，2016 年）：一次入会、动态接转. The ledger ([`Change`]) is what happened;
//! a member's unit and state are its end, kept by the acts alone.

mod blend;
mod change;
mod checks;
mod collect_dues;
mod count;
mod dues;
mod enroll;
mod enter;
pub mod indicators;
mod ledger;
mod member;
mod profile;
mod roster;
mod rules;
mod state;
mod staying;
mod transfer;
mod tree;

pub use change::{Change, ChangeKind};
pub use collect_dues::{CollectDues, DuesRow, collect_dues};
pub use count::{count, present};
pub use dues::Dues;
pub use enroll::{Enroll, Newcomer, enroll};
pub use enter::{Join, OpenBook, TransferIn, join, membership, open_book, transfer_in};
pub use member::{Member, MemberKind, MemberState};
pub use profile::Profile;
pub use roster::{Roster, RosterOutlet};
pub use state::{Turn, expel, leave, resume, retain};
pub use staying::{last_change, staying};
pub use transfer::{Transfer, transfer};
pub use tree::{TreeLine, TreeOf, tree};

use crate::modules::Module;
use crate::record::Row as _;
use crate::units::{UnionForm, UnionFormOutlet, Unit};

/// The memberships of an office.
pub fn module() -> Module {
    Module::new("members")
        .migration("1_members.sql", include_str!("migrations/1_members.sql"))
        .record::<Member>()
        .blend(Member::NAME, blend::blend)
        .record::<Change>()
        .record::<Dues>()
        .tie(
            Member::NAME,
            "SELECT person, CASE state WHEN 3 THEN (SELECT max(c.day) FROM change c WHERE c.member = m.id) END AS ended FROM member m",
        )
        .tie(Dues::NAME, "SELECT m.person, coalesce(d.paid, d.month || '-28') AS ended FROM dues d JOIN member m ON m.id = d.member")
        .check(checks::check)
        .intake(Member::NAME, |registry, options| Ok(Box::new(Roster::new(registry, options)?)))
        .outlet(Member::NAME, |registry, _| Ok(Box::new(RosterOutlet::new(registry)?)))
        .layout(include_str!("../../../../assets/layouts/roster.json"))
        .intake(Unit::NAME, |_, options| Ok(Box::new(UnionForm::new(options, present))))
        .outlet(Unit::NAME, |_, layout| Ok(Box::new(UnionFormOutlet::new(layout, present))))
        .layout(include_str!("../../../../assets/layouts/units.json"))
}
