//! Forms drawn, filled, read back, sealed and tampered with, and recognised in the shapes that offices send.

mod authoring;
mod there_and_back;
mod ugly;

use super::*;
use crate::report::task::{Fact, Line, Place, Sheet, Task, Value, Values};

/// A monthly form of two sheets: figures in a grid with a formula, and rows for each union below.
pub(super) fn task() -> Task {
    Task::read(include_str!("tests/task.json")).expect("a sound package")
}

pub(super) fn place(text: &str) -> Place {
    text.parse().expect("a place")
}

pub(super) fn facts(fact: Fact) -> String {
    match fact {
        Fact::Unit => "城关镇总工会",
        Fact::Code => "000123",
        Fact::Period => "2026年10月",
        Fact::Until => "2026-10-31",
        Fact::Head => "王建国",
        Fact::Clerk => "李红",
        Fact::Day => "2026-11-03",
    }
    .into()
}

/// Values for [`task`]: 100 members, 30 of them women and so on, and two unions.
pub(super) fn values() -> Values {
    let figures = [("D6", 100), ("E6", 30), ("D7", 12), ("E7", 5), ("D8", 3), ("E8", 1), ("D9", 109), ("E9", 34), ("D10", 750)];
    let mut cells: Vec<(Place, Value)> = figures.iter().map(|(at, number)| (place(at), Value::Int(*number))).collect();
    cells.push((place("D11"), Value::Text("无异常".into())));
    let line = |number: i64, code: &str, name: &str, kind: &str, count: i64, fen: i64| Line {
        key: code.into(),
        values: vec![
            Value::Int(number),
            Value::Text(code.into()),
            Value::Text(name.into()),
            Value::Text(kind.into()),
            Value::Int(count),
            Value::Int(fen),
            Value::Int(count * 2),
        ],
    };
    let lines = vec![line(1, "000124", "甲厂工会", "firm", 60, 120_050), line(2, "000125", "乙校工会", "school", 49, 0)];
    let below = [(place("E10"), Value::Int(109)), (place("C12"), Value::Text("赵六".into()))];
    Values { sheets: vec![Sheet { cells: cells.into_iter().collect(), lines: Vec::new() }, Sheet { cells: below.into(), lines }] }
}
