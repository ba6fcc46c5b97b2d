//! What stands in a return: its numbers and texts, table by table.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Holds, Kind, Place, Table, Task};
use crate::record::Wire;

/// One value: nothing, a number in its kind's smallest part (minutes, fen, hundredths), or a text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(untagged)]
#[serde(rename = "ReportValue")]
pub enum Value {
    /// A number.
    Int(i64),
    /// A text.
    Text(String),
    /// Nothing.
    #[default]
    Blank,
}

/// The values of a return, a sheet for each table of its task, in the task's order.
///
/// Written as JSON it is canonical: the same values always give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(rename = "ReportValues")]
pub struct Values {
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// The values of one table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(rename = "ReportSheet")]
pub struct Sheet {
    /// The single cells that hold something, by place.
    pub cells: BTreeMap<Place, Value>,
    /// The rows of the block.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

/// One row of a block.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, Wire)]
#[serde(rename = "ReportLine")]
pub struct Line {
    /// What the row is of, the same in every period: a union's code; empty for a row that was typed.
    pub key: String,
    /// A value for each column of the block, in order.
    pub values: Vec<Value>,
}

impl Value {
    /// The number, where it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// As people read it: hours and yuan with their decimals, nothing as an empty text.
    pub fn show(&self, kind: Kind) -> String {
        match self {
            Self::Blank => String::new(),
            Self::Text(text) => text.clone(),
            Self::Int(value) => match kind {
                Kind::Count | Kind::Distinct | Kind::Text => value.to_string(),
                Kind::Minutes => format!("{:.1}", kind.shown(*value)),
                Kind::Money | Kind::Rate => format!("{:.2}", kind.shown(*value)),
            },
        }
    }
}

impl Values {
    /// Nothing yet, for every table of a task.
    pub fn none(task: &Task) -> Self {
        let blank = |table: &Table| Sheet { cells: table.cells.iter().map(|cell| (cell.at, Value::Blank)).collect(), lines: Vec::new() };
        Self { sheets: task.tables.iter().map(blank).collect() }
    }

    /// The bytes that digests and signatures are of.
    pub fn canonical(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_default()
    }

    /// Adds another return's values, cell by cell: what adds up adds up, rows are put below, what does not add up stays as it is.
    pub fn add(&mut self, task: &Task, other: Self) {
        for ((table, sheet), from) in task.tables.iter().zip(&mut self.sheets).zip(other.sheets) {
            for cell in table.cells.iter().filter(|cell| cell.kind.adds() && !matches!(cell.holds, Holds::Formula(_))) {
                let sum = sum(sheet.cells.get(&cell.at), from.cells.get(&cell.at));
                sheet.cells.insert(cell.at, sum);
            }
            sheet.lines.extend(from.lines);
        }
    }
}

fn sum(one: Option<&Value>, other: Option<&Value>) -> Value {
    match (one.and_then(Value::int), other.and_then(Value::int)) {
        (None, None) => one.cloned().unwrap_or_default(),
        (one, other) => Value::Int(one.unwrap_or(0).saturating_add(other.unwrap_or(0))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_written_and_read_without_loss() {
        let cells = [("B2", Value::Int(-3)), ("A1", Value::Text("县总".into())), ("C3", Value::Blank)];
        let cells = cells.map(|(at, value)| (at.parse().unwrap(), value)).into();
        let values = Values { sheets: vec![Sheet { cells, lines: vec![Line { key: "000001".into(), values: vec![Value::Int(7)] }] }] };
        let text = String::from_utf8(values.canonical()).unwrap();
        assert_eq!(
            text, r#"{"sheets":[{"cells":{"A1":"县总","B2":-3,"C3":null},"lines":[{"key":"000001","values":[7]}]}]}"#,
            "cells in the order of their rows"
        );
        assert_eq!(serde_json::from_str::<Values>(&text).unwrap(), values, "and back");
    }
}
