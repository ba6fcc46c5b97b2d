//! The people's own rights in their data (个人信息保护): consent, how long what is kept, blocking, erasure, and all of it in one workbook.
//!
//! 《个人信息保护法》（2021 年）：第二十九条、第三十一条（单独同意、监护人同意）、第四十五条（查阅、复制）、第四十七条（删除；期限未满的，
//! 停止除存储以外的处理）。What belongs to a person is told by the records' own links, and when it ended by the nouns' ties
//! ([`crate::modules::Tie`]); nothing here knows what a membership is.

mod before;
mod block;
mod consent;
mod dossier;
mod erase;
mod mention;
mod retention;
mod review;
mod standing;

pub use before::{BeforeBlock, BeforeErase, Chosen, Losing, Prospect, WhyNot, before_block, before_erase};
pub use block::{Block, Blocking, Ground, Unblock, block, unblock};
pub use consent::{Consent, ConsentForm, ConsentScope};
pub use dossier::{PersonFile, PersonSheet, person_sheet};
pub use erase::{Erase, Erased, Erasure, erase};
pub use retention::{Counted, RetentionRule, Rules};
pub use review::{DueCount, DueLine, DueOf, Review, ReviewOf, WaitLine, due, review};
pub use standing::{Blocked, Last, Standing, StandingOf, stands};

use crate::modules::Module;
use crate::people::Person;
use crate::record::Row as _;
use crate::store::Veil;

/// Who is blocked.
const BLOCKED: &str = "SELECT person FROM blocking WHERE ended IS NULL";
/// Of whom nothing is changed any more: who is blocked, and who was erased.
const CLOSED: &str = "SELECT person FROM blocking WHERE ended IS NULL UNION ALL SELECT person FROM erased";

/// Gives the privacy records' share of the store.
pub fn module() -> Module {
    Module::new("privacy")
        .migration("1_privacy.sql", include_str!("migrations/1_privacy.sql"))
        .record::<Consent>()
        .record::<RetentionRule>()
        .record::<Blocking>()
        .record::<Erasure>()
        .tie(Consent::NAME, "SELECT person, coalesce(withdrawn, given) AS ended FROM consent")
        .veil(Veil { root: Person::NAME, by: Blocking::NAME, sql: BLOCKED, closed: CLOSED })
}
