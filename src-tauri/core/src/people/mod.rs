//! People: natural persons, each once, whatever roles they have.

mod checks;
pub mod id_number;
mod merge;
pub mod name;
mod person;
pub mod phone;
mod register;
pub mod retirement;
mod rules;
pub mod sex;

pub use merge::{MergePeople, merge};
pub use person::Person;
pub use register::{amend, register};

use crate::modules::Module;
use crate::record::Row as _;

/// The people of an office.
pub fn module() -> Module {
    Module::new("people")
        .migration("1_people.sql", include_str!("migrations/1_people.sql"))
        .function("pinyin", |name| name::pinyin(name).0)
        .function("initials", |name| name::pinyin(name).1)
        .function("tail", |phone| phone::last_four(phone).unwrap_or_default().to_owned())
        .record::<Person>()
        .blend(Person::NAME, merge::blend)
        .check(checks::check)
}
