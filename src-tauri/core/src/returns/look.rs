//! Looking at a return: its values, what they would be today, what stands beside them, what is behind a number.

use serde::{Deserialize, Serialize};

use super::compute::{computed, formulas, frozen, period};
use super::edit::{Audited, ReturnOf, audited_beside};
use super::fill::Reach;
use super::late::with_late;
use super::masked::Masked;
use super::spot::Spot;
use super::statement::{Basis, Content, Return, ReturnState};
use crate::disclosure;
use crate::error::{Error, Result};
use crate::monthly::{Behind, Counted, behind as behind_number, indicator, numbers};
use crate::record::{Id, Wire};
use crate::report::formula::Beside;
use crate::report::task::{Holds, Task, Values};
use crate::store::{Db, Store};
use crate::units::Unit;

/// A return as it is looked at.
#[derive(Debug, Serialize, Wire)]
pub struct ReturnView {
    /// The return.
    pub id: Id<Return>,
    /// The union.
    pub unit: Id<Unit>,
    /// Its name.
    pub unit_name: String,
    /// The period's key.
    pub period: String,
    /// Its title with the period: 基层工会组织和会员月报 2026年10月.
    pub title: String,
    /// The version.
    pub no: i64,
    /// How far it has come, its word.
    pub state: &'static str,
    /// The same in the words offices use.
    pub state_label: &'static str,
    /// Where its numbers come from, its word.
    pub basis: &'static str,
    /// By when it is due.
    pub due: String,
    /// When it was sent.
    pub sent: Option<String>,
    /// Why it was corrected or returned.
    pub reason: Option<String>,
    /// The task.
    pub task: Task,
    /// What it says.
    pub content: Content,
    /// What does not hold.
    pub audit: Audited,
    /// What it would say today, where that is asked for.
    pub today: Option<Values>,
    /// The addresses at which today's values differ.
    pub differs: Vec<String>,
    /// What the last period's frozen return says.
    pub last: Option<Values>,
    /// What the frozen return a year before says.
    pub year_ago: Option<Values>,
}

/// Which return, and whether what it would say today is wanted.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct ViewOf {
    /// The return.
    #[serde(flatten)]
    pub of: ReturnOf,
    /// Whether it is computed anew beside what it says.
    #[serde(default)]
    pub today: bool,
    /// Whether the secrets of a roster are shown in full.
    #[serde(default)]
    pub reveal: bool,
}

/// The other returns that checks may speak of.
pub(super) struct Others {
    pub last: Option<Values>,
    pub year_ago: Option<Values>,
    pub below: Option<Values>,
    /// The frozen ones of the periods before, by the same package, the newest first.
    pub past: Vec<Values>,
}

impl Others {
    /// The returns beside each other.
    pub fn beside<'a>(&'a self, now: &'a Values) -> Beside<'a> {
        Beside { now, last: self.last.as_ref(), year_ago: self.year_ago.as_ref(), below: self.below.as_ref() }
    }
}

/// Finds the returns that checks may speak of: the last period's, last year's, and the sum of those below.
pub(super) fn beside(db: &Db<'_>, found: &Return, task: &Task, content: &Content) -> Result<Others> {
    let of = period(&found.period)?;
    let below = (found.basis == Basis::Returns).then(|| super::consolidate::sum_of_parts(db, found, task, content)).transpose()?;
    Ok(Others {
        last: frozen(db, found.unit, &found.code, of.previous())?,
        year_ago: frozen(db, found.unit, &found.code, of.year_before())?,
        below,
        past: past(db, found)?,
    })
}

/// How many periods before say what is usual.
const PAST: usize = 12;

fn past(db: &Db<'_>, found: &Return) -> Result<Vec<Values>> {
    let rest = format!(
        " WHERE unit = ?1 AND code = ?2 AND task = ?3 AND until < ?4 AND state IN (3, 4) \
          AND no = (SELECT max(no) FROM return later WHERE (later.unit, later.code, later.period) = (return.unit, return.code, return.period) \
          AND later.state IN (3, 4)) ORDER BY until DESC LIMIT {PAST}"
    );
    let before = db.select::<Return>(&rest, (found.unit.get(), &found.code, found.task.get(), found.until.to_string()))?;
    before.into_iter().map(|one| Ok(one.content()?.values)).collect()
}

/// Shows a return, with what it would say today where that is asked for. Secrets in a roster are masked as in lists unless they are asked
/// for, which the disclosure log has; rows of blocked people say nothing either way.
pub fn view(store: &Store, ask: &ViewOf) -> Result<ReturnView> {
    let (found, task, content) = store.read(|db| {
        let found = db.get(ask.of.id)?;
        Ok((found.clone(), found.package(db)?, found.content()?))
    })?;
    let own = matches!(found.basis, Basis::Records);
    let today = (ask.today && own).then(|| today(store, &found, &task, &content)).transpose()?;
    let masked = store.read(|db| Masked::of(db, &task))?;
    if ask.reveal {
        let (columns, many) = masked.secrets(&task, &content.values);
        disclosure::revealed(store, &format!("{} {}", task.name(period(&found.period)?), found.period), &columns, many)?;
    }
    store.read(|db| shown(db, found, task, content, today)).map(|view| view.masked(&masked, ask.reveal))
}

impl ReturnView {
    fn masked(mut self, masked: &Masked, reveal: bool) -> Self {
        let own = std::iter::once(&mut self.content.values).chain(&mut self.content.own);
        for values in own.chain(&mut self.today).chain(&mut self.last).chain(&mut self.year_ago) {
            masked.leave_out(values).1.mask_in(&mut self.audit.broken);
            if !reveal {
                masked.mask(values).mask_in(&mut self.audit.broken);
            }
        }
        self
    }
}

fn today(store: &Store, found: &Return, task: &Task, content: &Content) -> Result<Values> {
    let numbers = numbers(store, period(&found.period)?)?;
    let mut values = store.read(|db| computed(db, task, &numbers, &db.get(found.unit)?, Reach::Whole, store.clerk()))?;
    with_late(task, content, &mut values);
    formulas(task)?.compute(&mut values);
    Ok(values)
}

fn shown(db: &Db<'_>, found: Return, task: Task, content: Content, today: Option<Values>) -> Result<ReturnView> {
    use crate::record::Code as _;
    let others = beside(db, &found, &task, &content)?;
    let audit = audited_beside(&others, &task, &content)?;
    let of = period(&found.period)?;
    let computed = |holds: &Holds| !matches!(holds, Holds::Typed | Holds::Fact(_));
    let differs = today.as_ref().map(|today| differing(&task, &content.values, today, computed)).unwrap_or_default();
    Ok(ReturnView {
        id: found.id,
        unit: found.unit,
        unit_name: db.get(found.unit)?.name,
        period: found.period,
        title: format!("{} {}", task.name(of), of.label()),
        no: found.no,
        state: found.state.word(),
        state_label: found.state.label(),
        basis: found.basis.word(),
        due: found.due.to_string(),
        sent: found.sent.map(|day| day.to_string()),
        reason: found.reason,
        task,
        content,
        audit,
        today,
        differs,
        last: others.last,
        year_ago: others.year_ago,
    })
}

/// What tells two returns of a task apart: all but the facts, which are of the return itself.
pub(super) fn telling(holds: &Holds) -> bool {
    !matches!(holds, Holds::Fact(_))
}

/// The addresses at which two returns of a task differ, of those that hold what counts.
pub(super) fn differing(task: &Task, one: &Values, other: &Values, counts: impl Fn(&Holds) -> bool) -> Vec<String> {
    let counted = |spot: &Spot| spot.said(task).is_none_or(|(_, holds, _)| counts(holds));
    let differs = |spot: &Spot| spot.get(one) != spot.get(other);
    let mut found: Vec<String> = Spot::all(task, one).into_iter().filter(counted).filter(differs).map(|spot| spot.to_string()).collect();
    let new = Spot::all(task, other).into_iter().filter(|spot| counted(spot) && spot.get(one).is_none());
    found.extend(new.map(|spot| spot.to_string()));
    found
}

/// A number of a return.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct NumberAt {
    /// The return.
    pub id: Id<Return>,
    /// The address.
    pub at: String,
}

/// What is behind a number of a return: the records that it counts, or the returns that it sums.
#[derive(Debug, Clone, Default, Serialize, Wire)]
pub struct Source {
    /// What the number is called.
    pub label: String,
    /// The indicator's definition (口径), where it is one.
    pub definition: String,
    /// The records, where they are here; the amounts' sum is today's number.
    pub rows: Vec<Counted>,
    /// The returns, with what each adds.
    pub parts: Vec<Added>,
    /// What was entered late for other periods and counts here beside the records.
    pub late: Vec<Added>,
}

/// What a return adds to a sum.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct Added {
    /// The union; none for what was added by hand.
    pub unit: Option<Id<Unit>>,
    /// Its name, 本级 or 差额.
    pub name: String,
    /// The return.
    pub id: Option<Id<Return>>,
    /// What it adds, in the kind's smallest part.
    pub amount: i64,
}

/// Opens a number: its records, or the returns that it sums.
pub fn behind(db: &Db<'_>, ask: &NumberAt) -> Result<Source> {
    let found = db.get(ask.id)?;
    let (task, content) = (found.package(db)?, found.content()?);
    let unknown = || Error::Usage(format!("报表的格子“{}”", ask.at));
    let spot = Spot::read(&task, &ask.at).ok_or_else(unknown)?;
    let (label, holds, _) = spot.said(&task).ok_or_else(unknown)?;
    let mut source = Source { label: label.to_owned(), ..Source::default() };
    let counted = match holds {
        Holds::Indicator(counted) => Some(counted),
        Holds::Opening(opened) => Some(&opened.first),
        _ => None,
    };
    if found.basis == Basis::Returns && spot.key().is_none() {
        source.parts = super::consolidate::added(db, &content, &spot)?;
        return Ok(source);
    }
    let Some(counted) = counted.filter(|_| found.basis == Basis::Records) else { return Ok(source) };
    source.definition = indicator(&counted.code).map_or_else(String::new, |found| found.definition.into());
    let unit = spot.key().map(|key| super::board::unit_by_code(db, key)).transpose()?.flatten().unwrap_or(found.unit);
    let own = spot.key().is_some() && unit == found.unit;
    let asked = Behind { unit, own, code: counted.code.clone(), part: counted.part.clone() };
    let rows = behind_number(db, period(&found.period)?, &asked)?;
    source.late = taken_along(&content, &ask.at);
    source.rows = rows.into_iter().map(|entry| Counted { record: entry.table, id: entry.key.into(), amount: entry.amount }).collect();
    Ok(source)
}

/// What was entered late for other periods and counts here.
fn taken_along(content: &Content, at: &str) -> Vec<Added> {
    let label = |key: &str| period(key).map_or_else(|_| key.to_owned(), |of| of.label());
    let late = content.late.get(at).into_iter().flatten();
    late.map(|(key, amount)| Added { unit: None, name: format!("补计{}", label(key)), id: None, amount: *amount }).collect()
}

/// Whether a return still waits for its union.
pub(super) fn waits(state: ReturnState) -> bool {
    matches!(state, ReturnState::Draft | ReturnState::Audited | ReturnState::Refused)
}
