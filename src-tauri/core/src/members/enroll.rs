//! Somebody joins who may be new to the ledger: the person is entered where nobody of the number is known, then joins.

use serde::Deserialize;

use super::enter::{Join, join};
use super::{Member, Profile};
use crate::error::{Faults, Result, refused};
use crate::people::Person;
use crate::people::sex::Sex;
use crate::record::{Id, Row as _, Wire};
use crate::store::Tx;
use crate::units::Unit;

/// What a row of a list of newcomers says of the person.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Newcomer {
    /// The name.
    pub name: String,
    /// The number of the identity paper.
    pub id_number: Option<String>,
    /// The sex, where no number says it.
    pub sex: Option<Sex>,
    /// The mobile phone.
    pub phone: Option<String>,
    /// The employer.
    pub employer: Option<String>,
    /// The kind of work.
    pub job: Option<String>,
}

/// A person joins a union, known to the ledger or not: 入会.
#[derive(Debug, Clone, PartialEq, Deserialize, Wire)]
pub struct Enroll {
    /// Who.
    pub newcomer: Newcomer,
    /// Which union.
    pub unit: Id<Unit>,
    /// The day on which the union agreed.
    pub day: chrono::NaiveDate,
    /// The particulars.
    #[serde(flatten)]
    pub profile: Profile,
}

/// Enters a person where nobody of the id number is known, and lets them join. Refuses a number that belongs to a person of another
/// name, and whatever [`join`] refuses; then no person is entered either.
pub fn enroll(tx: &Tx<'_>, act: &Enroll) -> Result<Id<Member>> {
    let person = match known(tx, &act.newcomer)? {
        Some(person) => person.id,
        None => tx.add(&act.newcomer.person())?,
    };
    let Enroll { unit, day, profile, .. } = act;
    join(tx, &Join { person, unit: *unit, day: *day, document: None, profile: profile.clone() })
}

/// The person who has the newcomer's number, as the ledger writes it.
fn known(tx: &Tx<'_>, newcomer: &Newcomer) -> Result<Option<Person>> {
    let mut person = newcomer.person();
    person.tidy(tx.now(), &mut Faults::default());
    let Some(number) = person.id_number.filter(|number| !number.is_empty()) else { return Ok(None) };
    let found = tx.select::<Person>("WHERE id_number = ?1", [&number])?.pop();
    if let Some(other) = found.as_ref().filter(|found| found.name != person.name) {
        return refused(
            format!("这个证件号码已登记为“{}”，与填写的姓名“{}”不同。", other.name, person.name),
            "请核对姓名和证件号码；登记有误的，请先改正人员资料。",
        );
    }
    Ok(found)
}

impl Newcomer {
    fn person(&self) -> Person {
        let text = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Person {
            id_number: text(&self.id_number),
            sex: self.sex.unwrap_or(Sex::Unknown),
            phone: text(&self.phone),
            employer: text(&self.employer),
            job: text(&self.job),
            ..Person::named(&self.name)
        }
    }
}
