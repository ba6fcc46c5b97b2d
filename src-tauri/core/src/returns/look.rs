//! Looking at a return: its values, what they would be today, what stands beside them, what is behind a number.

use serde::{Deserialize, Serialize};

use super::compute::{computed, formulas, frozen, period};
use super::edit::{Audited, ReturnOf, audited_beside};
use super::fill::Reach;
use super::spot::Spot;
use super::statement::{Basis, Content, Return, ReturnState};
use crate::error::{Error, Result};
use crate::monthly::{Behind, Counted, behind as behind_number, numbers};
use crate::record::{Id, Wire};
use crate::report::formula::Beside;
use crate::report::task::{Holds, Task, Value, Values};
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

/// Shows a return, with what it would say today where that is asked for.
pub fn view(store: &Store, ask: &ViewOf) -> Result<ReturnView> {
    let (found, task, content) = store.read(|db| {
        let found = db.get(ask.of.id)?;
        Ok((found.clone(), found.package(db)?, found.content()?))
    })?;
    let own = matches!(found.basis, Basis::Records);
    let today = (ask.today && own).then(|| today(store, &found, &task)).transpose()?;
    store.read(|db| shown(db, found, task, content, today))
}

fn today(store: &Store, found: &Return, task: &Task) -> Result<Values> {
    let numbers = numbers(store, period(&found.period)?)?;
    let mut values = store.read(|db| computed(db, task, &numbers, &db.get(found.unit)?, Reach::Whole, store.clerk()))?;
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
    source.definition = crate::monthly::catalogue()
        .iter()
        .find_map(|family| family.find(&counted.code))
        .map_or_else(String::new, |found| found.definition.into());
    let unit = spot.key().map(|key| super::board::unit_by_code(db, key)).transpose()?.flatten().unwrap_or(found.unit);
    let own = spot.key().is_some() && unit == found.unit;
    let asked = Behind { unit, own, code: counted.code.clone(), part: counted.part.clone() };
    let rows = behind_number(db, period(&found.period)?, &asked)?;
    source.rows = rows.into_iter().map(|entry| Counted { record: entry.table, id: entry.key.into(), amount: entry.amount }).collect();
    Ok(source)
}

/// Which numbers over time.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct SeriesOf {
    /// The task's word.
    pub task: String,
    /// The union.
    pub unit: Id<Unit>,
    /// How often: the periods are those of the same kind as this one, which is the last.
    pub period: String,
    /// How many periods.
    pub many: u32,
    /// The addresses.
    pub at: Vec<String>,
}

/// A period of a series.
#[derive(Debug, Clone, Serialize, Wire)]
pub struct SeriesPoint {
    /// The period's key.
    pub period: String,
    /// Its Chinese name.
    pub label: String,
    /// For each address what the newest frozen return says; nothing where there is none.
    pub values: Vec<Option<i64>>,
    /// The same of the period a year before.
    pub year_ago: Vec<Option<i64>>,
    /// The same summed since the year began, for numbers within a period.
    pub year_to_date: Vec<Option<i64>>,
}

/// Reads numbers of returns over time (序时分析): each period with the same period a year before and the year to date.
pub fn series(db: &Db<'_>, ask: &SeriesOf) -> Result<Vec<SeriesPoint>> {
    let mut of = period(&ask.period)?;
    let mut points = Vec::new();
    let at = |of: crate::calendar::Period| -> Result<Vec<Option<i64>>> {
        let found = super::compute::newest(db, ask.unit, &ask.task, of, "state IN (3, 4)")?;
        let Some(found) = found else { return Ok(vec![None; ask.at.len()]) };
        let (task, content) = (found.package(db)?, found.content()?);
        let value = |address: &String| Spot::read(&task, address).and_then(|spot| spot.get(&content.values).and_then(Value::int));
        Ok(ask.at.iter().map(value).collect())
    };
    let year = |of: crate::calendar::Period| chrono::Datelike::year(&of.to());
    let many = ask.many.clamp(1, 60) as usize;
    // The periods before those that are asked for count into the year to date of the first of them.
    while points.len() < many || points.last().is_some_and(|(last, _)| year(*last) == year(of)) {
        let (values, year_ago) = (at(of)?, at(of.year_before())?);
        points.push((of, SeriesPoint { period: of.to_string(), label: of.label(), values, year_ago, year_to_date: Vec::new() }));
        of = of.previous();
    }
    points.reverse();
    let mut running: (i32, Vec<Option<i64>>) = (0, Vec::new());
    let with_sums = points.into_iter().map(|(of, mut point)| {
        if running.0 != year(of) {
            running = (year(of), vec![Some(0); ask.at.len()]);
        }
        let sum = |(sum, value): (&Option<i64>, &Option<i64>)| sum.zip(*value).map(|(sum, value)| sum + value);
        running.1 = running.1.iter().zip(&point.values).map(sum).collect();
        point.year_to_date.clone_from(&running.1);
        point
    });
    let all: Vec<SeriesPoint> = with_sums.collect();
    let before = all.len().saturating_sub(many);
    Ok(all.into_iter().skip(before).collect())
}

/// Whether a return still waits for its union.
pub(super) fn waits(state: ReturnState) -> bool {
    matches!(state, ReturnState::Draft | ReturnState::Audited | ReturnState::Refused)
}
