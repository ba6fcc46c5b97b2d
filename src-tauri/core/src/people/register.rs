//! Entering people, each once.

use super::Person;
use crate::error::{Error, Faults, Result};
use crate::record::Id;
use crate::store::Tx;

/// Enters a person in the stored form and gives the id; refused where the id number is another person's.
pub fn register(tx: &Tx<'_>, person: &Person) -> Result<Id<Person>> {
    tx.add(&Person { id: Id::NEW, ..stored_form(tx, person)? })
}

/// Writes what changed in a person's record in the stored form.
pub fn amend(tx: &Tx<'_>, person: &Person) -> Result<()> {
    tx.save(&stored_form(tx, person)?)
}

fn stored_form(tx: &Tx<'_>, person: &Person) -> Result<Person> {
    let (mut person, mut faults) = (person.clone(), Faults::default());
    person.normalised(tx.now().today, &mut faults);
    if faults.refuse() { Err(Error::Faults(faults)) } else { Ok(person) }
}
