//! What an act on people's own data would meet, said before it is decided: for whom it would be refused and why, and what it takes away.
//!
//! The rules are those of the acts themselves, so that what is said before is what would be refused.

use serde::{Deserialize, Serialize};

use super::{block, erase};
use crate::error::{Refusal, Result};
use crate::people::Person;
use crate::record::{Id, Row as _, Wire};
use crate::store::{Db, kin_of, would_empty};

/// The people who were chosen.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Chosen {
    /// Who.
    pub persons: Vec<Id<Person>>,
}

/// What blocking the chosen people would meet.
#[derive(Debug, Serialize, Wire)]
pub struct BeforeBlock {
    /// Each of them, once.
    pub people: Vec<Prospect>,
}

/// What erasing the chosen people would meet and take away.
#[derive(Debug, Serialize, Wire)]
pub struct BeforeErase {
    /// Each of them, once.
    pub people: Vec<Prospect>,
    /// The records that would say nothing any more of those who can be erased.
    pub records: Vec<Losing>,
}

/// Whether something can be done for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Prospect {
    /// Who.
    pub person: Id<Person>,
    /// What they are called.
    pub name: String,
    /// Why it cannot; nothing where it can.
    pub refused: Option<WhyNot>,
}

/// Why something cannot be done, in the words of the refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct WhyNot {
    /// What stands against it, and until when.
    pub message: String,
    /// The way out; may be empty.
    pub hint: String,
}

/// How many rows of a record say nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Losing {
    /// What the record is called.
    pub record: &'static str,
    /// How many rows.
    pub rows: usize,
}

/// Says for whom blocking would be refused today, and why.
pub fn before_block(db: &Db<'_>, ask: &Chosen) -> Result<BeforeBlock> {
    Ok(BeforeBlock { people: prospects(db, ask, block::why_not)? })
}

/// Says for whom erasure would be refused today and why, and what goes of the others.
pub fn before_erase(db: &Db<'_>, ask: &Chosen) -> Result<BeforeErase> {
    let people = prospects(db, ask, erase::why_not)?;
    let going: Vec<i64> = people.iter().filter(|one| one.refused.is_none()).map(|one| one.person.get()).collect();
    let lost = would_empty(db.registry(), Person::NAME, &kin_of(db, Person::NAME, &going)?);
    let records = lost.into_iter().map(|(table, rows)| Losing { record: table.label, rows }).collect();
    Ok(BeforeErase { people, records })
}

type Rule = fn(&Db<'_>, Id<Person>, &Person) -> Result<Option<Refusal>>;

fn prospects(db: &Db<'_>, ask: &Chosen, rule: Rule) -> Result<Vec<Prospect>> {
    let mut persons = ask.persons.clone();
    persons.sort_unstable();
    persons.dedup();
    let prospect = |id: Id<Person>| {
        let person = db.get(id)?;
        let refused = rule(db, id, &person)?.map(|Refusal { message, hint }| WhyNot { message, hint });
        Ok(Prospect { person: id, name: person.name, refused })
    };
    persons.into_iter().map(prospect).collect()
}
