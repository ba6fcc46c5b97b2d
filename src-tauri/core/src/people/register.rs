//! Entering people, each once.

use super::Person;
use crate::error::Result;
use crate::record::Id;
use crate::store::Tx;

/// Enters a person in the stored form and gives the id; refused where the id number is another person's.
pub fn register(tx: &Tx<'_>, person: &Person) -> Result<Id<Person>> {
    tx.add(&Person { id: Id::NEW, ..person.clone() })
}

/// Writes what changed in a person's record in the stored form.
pub fn amend(tx: &Tx<'_>, person: &Person) -> Result<()> {
    tx.save(person)
}
