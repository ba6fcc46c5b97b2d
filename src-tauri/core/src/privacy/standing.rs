//! How a person stands: what still ties them to the office, and how long the law wants what did.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::block::{Blocking, Ground};
use super::retention::Rules;
use crate::error::Result;
use crate::modules::Tie;
use crate::people::Person;
use crate::record::{Id, Wire};
use crate::store::Db;
use crate::terms::{self, List};

/// Whose standing is asked for.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct StandingOf {
    /// Who.
    pub person: Id<Person>,
}

/// The tie whose record is kept longest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
#[serde(rename = "LastTie")]
pub struct Last {
    /// What it was: 会籍.
    pub kind: String,
    /// When it ended.
    pub ended: NaiveDate,
    /// Until when its record is kept.
    pub until: NaiveDate,
    /// How many years that is; none where no rule says anything.
    pub years: Option<i64>,
    /// What the rule rests on.
    pub source: Option<String>,
}

/// Since when and why a person is blocked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct Blocked {
    /// Since when.
    pub day: NaiveDate,
    /// Why.
    pub ground: Ground,
    /// How it came about.
    pub note: Option<String>,
}

/// How a person stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Wire)]
pub struct Standing {
    /// What still ties them: 会籍、志愿者注册.
    pub live: Vec<String>,
    /// What is kept longest; nothing where nothing ever tied them.
    pub last: Option<Last>,
    /// Whether they are blocked.
    pub blocked: bool,
    /// Since when and why they are blocked; nothing where they are not.
    pub blocking: Option<Blocked>,
    /// Whether they were erased.
    pub erased: bool,
}

/// Tells how a person stands today.
pub fn stands(db: &Db<'_>, ask: &StandingOf) -> Result<Standing> {
    of(db, ask.person, db.now().today)
}

/// Tells how a person stands on a day.
pub(super) fn of(db: &Db<'_>, person: Id<Person>, day: NaiveDate) -> Result<Standing> {
    let (rules, mut standing) = (Rules::on(db, day)?, Standing::default());
    for tie in db.registry().ties() {
        let sql = format!("SELECT ended FROM ({}) WHERE person = ?1", tie.sql);
        for ended in db.rows(&sql, [person.get()], |row| row.get::<_, Option<String>>(0))? {
            match past(ended.as_deref(), day) {
                Some(ended) => standing.last = later(standing.last, last(&rules, tie, ended)),
                None if standing.live.contains(&called(tie)) => {}
                None => standing.live.push(called(tie)),
            }
        }
    }
    let found = db.select::<Blocking>("WHERE person = ?1 AND ended IS NULL", [person.get()])?.pop();
    standing.blocking = found.map(|Blocking { day, ground, note, .. }| Blocked { day, ground, note });
    standing.blocked = standing.blocking.is_some();
    standing.erased = db.one::<i64>("SELECT 1 FROM erased WHERE person = ?1", [person.get()])?.is_some();
    Ok(standing)
}

fn later(one: Option<Last>, other: Last) -> Option<Last> {
    Some(one.filter(|one| one.until >= other.until).unwrap_or(other))
}

/// The day on which a tie ended; nothing while it stands.
pub(super) fn past(ended: Option<&str>, day: NaiveDate) -> Option<NaiveDate> {
    ended.and_then(|ended| ended.parse().ok()).filter(|ended| *ended <= day)
}

/// A tie that ended, with the rule for its record.
pub(super) fn last(rules: &Rules, tie: &Tie, ended: NaiveDate) -> Last {
    let rule = rules.of(tie.record);
    Last {
        kind: called(tie),
        ended,
        until: rules.until(tie.record, ended),
        years: rule.map(|rule| rule.years),
        source: rule.map(|rule| rule.source.clone()),
    }
}

/// What offices call a tie.
pub(super) fn called(tie: &Tie) -> String {
    let known = terms::list(terms::HeldKind::KEY).and_then(|list| list.find(tie.record));
    known.map_or_else(|| tie.record.to_owned(), |entry| entry.name.to_owned())
}
