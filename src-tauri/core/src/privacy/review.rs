//! The review (到期清理): who need not be kept any longer, and who is kept only because the law wants it.

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::block::{Blocking, Ground};
use super::retention::Rules;
use super::standing::{self, Last, Standing, past};
use crate::api::title;
use crate::error::Result;
use crate::modules::Tie;
use crate::people::Person;
use crate::record::{Id, Row as _, Wire};
use crate::store::{Db, Key};

/// The most people that one review names.
const MOST: usize = 1000;

/// Asks for the review.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct ReviewOf {
    /// The day; today where none is given.
    pub day: Option<NaiveDate>,
}

/// Someone who need not be kept any longer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct DueLine {
    /// Who.
    pub person: Id<Person>,
    /// What they are called.
    pub title: String,
    /// What was kept longest, and why.
    pub last: Last,
    /// Whether they are blocked.
    pub blocked: bool,
}

/// Someone who is blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct WaitLine {
    /// Who.
    pub person: Id<Person>,
    /// What they are called.
    pub title: String,
    /// Since when.
    pub day: NaiveDate,
    /// Why.
    pub ground: Ground,
    /// What is kept longest; nothing where nothing ever tied them.
    pub last: Option<Last>,
}

/// What is to be looked through.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Review {
    /// The day.
    pub day: NaiveDate,
    /// Who may be erased: the longest kept first, a thousand at most.
    pub due: Vec<DueLine>,
    /// How many there are in all.
    pub total: u64,
    /// Who is blocked, and still to be kept or never tied to anything.
    pub waiting: Vec<WaitLine>,
}

/// Asks how many people need not be kept any longer.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct DueOf {}

/// How many people need not be kept any longer.
#[derive(Debug, Serialize, Wire)]
pub struct DueCount {
    /// How many.
    pub people: u64,
}

/// Gives the review of a day.
pub fn review(db: &Db<'_>, ask: &ReviewOf) -> Result<Review> {
    let day = ask.day.unwrap_or(db.now().today);
    let found = over(db, day)?;
    let (mut due, mut total) = (Vec::new(), found.len() as u64);
    for person in found {
        if due.len() == MOST {
            break;
        }
        match line(db, person, day)? {
            Some(line) => due.push(line),
            None => total -= 1,
        }
    }
    Ok(Review { day, due, total, waiting: waiting(db, day)? })
}

/// Counts those who need not be kept any longer today, by what needs no documents to be looked through.
pub fn due(db: &Db<'_>, _: &DueOf) -> Result<DueCount> {
    Ok(DueCount { people: over(db, db.now().today)?.len() as u64 })
}

/// One person of the review, unless documents keep them longer.
fn line(db: &Db<'_>, person: i64, day: NaiveDate) -> Result<Option<DueLine>> {
    let id = Id::new(person);
    let Standing { live, last, blocked, .. } = standing::of(db, id, day)?;
    let Some(last) = last.filter(|last| live.is_empty() && last.until <= day) else { return Ok(None) };
    Ok(Some(DueLine { person: id, title: title(db, Person::table(), Key::Id(person))?, last, blocked }))
}

fn waiting(db: &Db<'_>, day: NaiveDate) -> Result<Vec<WaitLine>> {
    let mut lines = Vec::new();
    for Blocking { person, day: since, ground, .. } in db.select::<Blocking>("WHERE ended IS NULL ORDER BY day, id", [])? {
        let Standing { last, .. } = standing::of(db, person, day)?;
        if last.as_ref().is_none_or(|last| last.until > day) {
            let title = title(db, Person::table(), Key::Id(person.get()))?;
            lines.push(WaitLine { person, title, day: since, ground, last });
        }
    }
    Ok(lines)
}

/// What a person's ties came to so far: the day until which the longest is kept; none while one stands.
type Kept = HashMap<i64, Option<NaiveDate>>;

/// The people all of whose ties ended and need not be kept, those first whose time was over first.
fn over(db: &Db<'_>, day: NaiveDate) -> Result<Vec<i64>> {
    let (rules, mut kept) = (Rules::on(db, day)?, Kept::new());
    for tie in db.registry().ties().filter(|tie| !tie.slow) {
        read(db, &rules, tie, day, &mut kept)?;
    }
    for person in db.rows("SELECT person FROM erased", [], |row| row.get::<_, i64>(0))? {
        kept.remove(&person);
    }
    let mut found: Vec<(NaiveDate, i64)> =
        kept.into_iter().filter_map(|(person, until)| Some((until.filter(|until| *until <= day)?, person))).collect();
    found.sort_unstable();
    Ok(found.into_iter().map(|(_, person)| person).collect())
}

fn read(db: &Db<'_>, rules: &Rules, tie: &Tie, day: NaiveDate, kept: &mut Kept) -> Result<()> {
    let mut statement = db.connection().prepare(tie.sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (person, ended): (i64, Option<String>) = (row.get(0)?, row.get(1)?);
        let until = past(ended.as_deref(), day).map(|ended| rules.until(tie.record, ended));
        let longest = kept.entry(person).or_insert(until);
        *longest = longest.zip(until).map(|(one, other)| one.max(other));
    }
    Ok(())
}
