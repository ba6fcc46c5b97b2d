//! The single numbers of a task: what can be followed over time and compared between unions.

use serde::Serialize;

use super::super::task_file::{TaskOf, task};
use crate::error::{Error, Result};
use crate::monthly::indicator;
use crate::record::Wire;
use crate::report::task::{Cell, Holds, Kind, Table, Task, Value};
use crate::report::{Indicator, Kind as Time};
use crate::store::Db;

/// A single number of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Wire)]
pub struct TaskNumber {
    /// Its address: `会员!C6`.
    pub at: String,
    /// What it is called.
    pub label: String,
    /// The sheet that it stands on.
    pub sheet: String,
    /// What it is, and in which smallest part it is given.
    pub kind: Kind,
    /// What it is counted in: 人; empty where the task does not say.
    pub measure: String,
    /// Whether a year's periods add up: what happened within them does, what stood at a moment does not.
    pub sums: bool,
}

/// Lists the single numbers of a task, the newest version's where none is named.
pub fn task_numbers(db: &Db<'_>, ask: &TaskOf) -> Result<Vec<TaskNumber>> {
    Ok(numbers_of(&task(db, ask)?))
}

/// Finds the numbers at addresses, in the order that is asked for; refuses an address that holds none.
pub(super) fn numbers_at(task: &Task, at: &[String]) -> Result<Vec<TaskNumber>> {
    let all = numbers_of(task);
    let find = |at: &String| all.iter().find(|number| number.at == *at).cloned();
    at.iter().map(|at| find(at).ok_or_else(|| Error::Usage(format!("“{}”里没有“{at}”这个数", task.title)))).collect()
}

fn numbers_of(task: &Task) -> Vec<TaskNumber> {
    let of_table = |table| cells(table).map(|cell| number(table, cell)).collect::<Vec<_>>();
    task.tables.iter().flat_map(of_table).collect()
}

fn cells(table: &Table) -> impl Iterator<Item = &Cell> {
    table.cells.iter().filter(|cell| cell.kind != Kind::Text && !matches!(cell.holds, Holds::Fact(_)))
}

fn number(table: &Table, cell: &Cell) -> TaskNumber {
    let meaning = meaning(table, cell, DEEPEST);
    TaskNumber {
        at: format!("{}!{}", table.sheet, cell.at),
        label: cell.label.clone(),
        sheet: table.sheet.clone(),
        kind: cell.kind,
        measure: match cell.kind {
            Kind::Minutes => "小时".into(),
            Kind::Money => "元".into(),
            Kind::Rate | Kind::Text => String::new(),
            Kind::Count | Kind::Distinct => meaning.measure,
        },
        sums: meaning.within && cell.kind.adds() && cell.kind != Kind::Distinct,
    }
}

/// What a number means: what it is counted in, and whether it is of what happened within the period.
#[derive(Clone, PartialEq, Eq)]
struct Meaning {
    measure: String,
    within: bool,
}

/// How deep formulas over formulas are followed; a task without circles ends long before.
const DEEPEST: usize = 20;

fn meaning(table: &Table, cell: &Cell, deepest: usize) -> Meaning {
    let written = || table.draw.units.iter().find(|(row, _)| *row == cell.at.row).map_or(&table.draw.unit, |(_, unit)| unit).clone();
    let of = |indicator: Option<&Indicator>, within| Meaning {
        measure: indicator.map_or_else(written, |known| known.measure.label().into()),
        within,
    };
    match &cell.holds {
        Holds::Indicator(counted) => {
            let indicator = indicator(&counted.code);
            of(indicator, indicator.is_some_and(|indicator| indicator.kind == Time::Within))
        }
        Holds::Opening(opened) => of(indicator(&opened.first.code), false),
        Holds::Formula(formula) if deepest > 0 => {
            let parts = summed(table, formula).map(|part| meaning(table, part, deepest - 1)).collect::<Vec<_>>();
            let same = parts.windows(2).all(|pair| matches!(pair, [one, next] if one.measure == next.measure));
            let measure = parts.first().filter(|_| same).map_or_else(written, |part| part.measure.clone());
            Meaning { measure, within: !parts.is_empty() && parts.iter().all(|part| part.within) }
        }
        Holds::Typed => of(None, true),
        _ => of(None, false),
    }
}

/// The cells of the table that a formula adds up; none where it does more than that.
fn summed<'t>(table: &'t Table, formula: &'t str) -> impl Iterator<Item = &'t Cell> {
    let plain = formula.chars().all(|sign| sign.is_ascii_alphanumeric() || "=+-(), ".contains(sign));
    let words = formula.split(|sign: char| !sign.is_ascii_alphanumeric()).filter(move |_| plain);
    words.filter_map(|word| word.parse().ok()).filter_map(|place| table.cell(place))
}

impl TaskNumber {
    /// What it is called, with what it is counted in: 期末会员数（人）.
    pub fn named(&self) -> String {
        let said = self.measure.is_empty() || self.label.ends_with(&format!("（{}）", self.measure));
        if said { self.label.clone() } else { format!("{}（{}）", self.label, self.measure) }
    }

    /// A value of it as people read it, thousands apart.
    pub fn show(&self, value: i64) -> String {
        grouped(&Value::Int(value).show(self.kind))
    }
}

/// A number with a comma before every three digits of its whole part.
fn grouped(number: &str) -> String {
    let (sign, rest) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, String::new()), |(whole, part)| (whole, format!(".{part}")));
    let from_right = |at: usize| whole.len() - at;
    let digits = whole
        .char_indices()
        .map(|(at, digit)| if at > 0 && from_right(at).is_multiple_of(3) { format!(",{digit}") } else { digit.to_string() });
    format!("{sign}{}{part}", digits.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        let shown = ["0", "999", "1000", "-1234567.50", "100000"].map(grouped);
        assert_eq!(shown, ["0", "999", "1,000", "-1,234,567.50", "100,000"], "as offices write numbers");
    }
}
