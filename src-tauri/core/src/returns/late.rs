//! Facts of past periods that were entered after their return was sent, where the task has them counted in the next one (算入下一期).
//!
//! Each return notes how much of which period it took along, so that nothing is counted twice and nothing is lost, in whatever order
//! returns are sent, corrected and computed again.

use super::compute::{computed, newest};
use super::fill::Reach;
use super::spot::Spot;
use super::statement::{Basis, Content, Return};
use crate::calendar::Period;
use crate::error::Result;
use crate::monthly::{indicator, numbers};
use crate::record::Id;
use crate::report::Kind as Time;
use crate::report::task::{Holds, Late, Task, Value, Values};
use crate::store::{Db, Store};
use crate::units::Unit;

/// How many periods back, and ahead, facts are looked for.
const REACH: usize = 12;

/// What a period's return would say today.
pub(super) struct Earlier {
    of: Period,
    today: Values,
}

/// What the sent returns of the periods before would say today; none where the task has past returns corrected instead.
pub(super) fn earlier(store: &Store, task: &Task, unit: Id<Unit>, of: Period) -> Result<Vec<Earlier>> {
    let mut found = Vec::new();
    for of in before(of).take(if task.late == Late::NextPeriod { REACH } else { 0 }) {
        if store.read(|db| sent(db, task, unit, of))?.is_none() {
            continue;
        }
        let numbers = numbers(store, of)?;
        let today = store.read(|db| computed(db, task, &numbers, &db.get(unit)?, Reach::Whole, ""))?;
        found.push(Earlier { of, today });
    }
    Ok(found)
}

fn before(of: Period) -> impl Iterator<Item = Period> {
    std::iter::successors(Some(of.previous()), |of| Some(of.previous()))
}

/// What the newest sent return of a period says, where it came from this office's records.
fn sent(db: &Db<'_>, task: &Task, unit: Id<Unit>, of: Period) -> Result<Option<Content>> {
    let own = |found: &Return| found.basis == Basis::Records;
    newest(db, unit, &task.key, of, "state IN (3, 4)")?.filter(own).map(|found| found.content()).transpose()
}

/// Adds to a period's numbers what was entered late for those before, and takes away what a later return has taken along of its own.
pub(super) fn carry(db: &Db<'_>, task: &Task, unit: Id<Unit>, of: Period, earlier: &[Earlier], content: &mut Content) -> Result<()> {
    if task.late != Late::NextPeriod {
        return Ok(());
    }
    let mut others = Vec::new();
    let after = std::iter::successors(Some(of.next()), |of| Some(of.next())).take(REACH);
    for other in after.chain(earlier.iter().map(|earlier| earlier.of)) {
        others.extend(sent(db, task, unit, other)?.map(|content| (other, content)));
    }
    for spot in Spot::all(task, &content.values).into_iter().filter(|spot| within(task, spot)) {
        let taken = -taken_along(&others, &spot, of);
        let late = earlier.iter().map(|earlier| (earlier.of, missed(&others, earlier, &spot)));
        for (whose, amount) in late.chain([(of, taken)]).filter(|(_, amount)| *amount != 0) {
            let now = spot.get(&content.values).and_then(Value::int).unwrap_or(0);
            spot.put(&mut content.values, Value::Int(now.saturating_add(amount)));
            content.late.entry(spot.to_string()).or_default().insert(whose.to_string(), amount);
        }
    }
    Ok(())
}

/// What a period's sent return lacks of what is known of it today, and no other return has taken along. What was typed stays as it was.
fn missed(others: &[(Period, Content)], earlier: &Earlier, spot: &Spot) -> i64 {
    let Some((_, said)) = others.iter().find(|(of, _)| *of == earlier.of) else { return 0 };
    let address = spot.to_string();
    let (Some(today), Some(then)) = (number(spot, &earlier.today), number(spot, &said.values)) else { return 0 };
    if said.typed.contains_key(&address) {
        return 0;
    }
    let own = earlier.of.to_string();
    let late = said.late.get(&address).into_iter().flatten();
    let of_others: i64 = late.filter(|(whose, _)| **whose != own).map(|(_, amount)| amount).sum();
    today - (then - of_others) - taken_along(others, spot, earlier.of)
}

/// How much of a period's numbers other periods' returns have taken along.
fn taken_along(others: &[(Period, Content)], spot: &Spot, of: Period) -> i64 {
    let (address, key) = (spot.to_string(), of.to_string());
    let taken = |content: &Content| content.late.get(&address).and_then(|late| late.get(&key)).copied();
    others.iter().filter(|(other, _)| *other != of).filter_map(|(_, content)| taken(content)).sum()
}

fn number(spot: &Spot, values: &Values) -> Option<i64> {
    spot.get(values).and_then(Value::int)
}

/// Whether a value counts what happened within a period and adds up over periods.
fn within(task: &Task, spot: &Spot) -> bool {
    let Some((_, Holds::Indicator(counted), kind)) = spot.said(task) else { return false };
    kind.adds() && indicator(&counted.code).is_some_and(|indicator| indicator.kind == Time::Within)
}

/// Adds what a return took along to what its records alone would say today.
pub(super) fn with_late(task: &Task, content: &Content, today: &mut Values) {
    for (address, late) in &content.late {
        let Some(spot) = Spot::read(task, address) else { continue };
        let now = number(&spot, today).unwrap_or(0);
        spot.put(today, Value::Int(now.saturating_add(late.values().sum())));
    }
}
