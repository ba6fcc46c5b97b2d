//! One value's address in a return: `会员!C6`, or `分单位!C:000102` for the row of a union.

use std::fmt;

use crate::report::task::{Block, Column, Holds, Kind, Place, Task, Value, Values};

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    sheet: usize,
    name: String,
    at: At,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum At {
    Cell(Place),
    Line { column: usize, letters: String, key: String },
}

impl Spot {
    /// Reads an address; none where the task has no such cell.
    pub fn read(task: &Task, text: &str) -> Option<Self> {
        let (name, at) = text.rsplit_once('!')?;
        let sheet = task.tables.iter().position(|table| table.sheet == name)?;
        let table = task.tables.get(sheet)?;
        let at = match at.split_once(':') {
            None => At::Cell(at.parse().ok().filter(|place| table.cell(*place).is_some())?),
            Some((letters, key)) => {
                let column = table.block.as_ref()?.columns.iter().position(|column| column.at == letters)?;
                At::Line { column, letters: letters.to_owned(), key: key.to_owned() }
            }
        };
        Some(Self { sheet, name: name.to_owned(), at })
    }

    /// Every value of the task that somebody types in.
    pub fn typed(task: &Task, values: &Values) -> Vec<Self> {
        let mut spots = Self::all(task, values);
        spots.retain(|spot| spot.holds(task) == Some(&Holds::Typed));
        spots
    }

    /// Every value of the single cells, and of the rows that have a key.
    pub fn all(task: &Task, values: &Values) -> Vec<Self> {
        let mut spots = Vec::new();
        for (sheet, (table, own)) in task.tables.iter().zip(&values.sheets).enumerate() {
            let name = &table.sheet;
            let mut push = |at| spots.push(Self { sheet, name: name.clone(), at });
            table.cells.iter().for_each(|cell| push(At::Cell(cell.at)));
            let columns: &[Column] = table.block.as_ref().map_or(&[], |block: &Block| &block.columns);
            for line in own.lines.iter().filter(|line| !line.key.is_empty()) {
                for (at, column) in columns.iter().enumerate() {
                    push(At::Line { column: at, letters: column.at.clone(), key: line.key.clone() });
                }
            }
        }
        spots
    }

    /// What the task says of it: its label, what it holds, its kind.
    pub fn said<'t>(&self, task: &'t Task) -> Option<(&'t str, &'t Holds, Kind)> {
        let table = task.tables.get(self.sheet)?;
        match &self.at {
            At::Cell(place) => table.cell(*place).map(|cell| (cell.label.as_str(), &cell.holds, cell.kind)),
            At::Line { column, .. } => {
                table.block.as_ref()?.columns.get(*column).map(|column| (column.label.as_str(), &column.holds, column.kind))
            }
        }
    }

    fn holds<'t>(&self, task: &'t Task) -> Option<&'t Holds> {
        self.said(task).map(|(_, holds, _)| holds)
    }

    /// The row's key, where it is one of a row.
    pub fn key(&self) -> Option<&str> {
        if let At::Line { key, .. } = &self.at { Some(key) } else { None }
    }

    /// The value there.
    pub fn get<'v>(&self, values: &'v Values) -> Option<&'v Value> {
        let sheet = values.sheets.get(self.sheet)?;
        match &self.at {
            At::Cell(place) => sheet.cells.get(place),
            At::Line { column, key, .. } => sheet.lines.iter().find(|line| line.key == *key)?.values.get(*column),
        }
    }

    /// Puts a value there; a row that is not there takes none.
    pub fn put(&self, values: &mut Values, value: Value) {
        let Some(sheet) = values.sheets.get_mut(self.sheet) else { return };
        match &self.at {
            At::Cell(place) => {
                sheet.cells.insert(*place, value);
            }
            At::Line { column, key, .. } => {
                let line = sheet.lines.iter_mut().find(|line| line.key == *key);
                line.and_then(|line| line.values.get_mut(*column)).into_iter().for_each(|own| *own = value.clone());
            }
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.at {
            At::Cell(place) => write!(out, "{}!{place}", self.name),
            At::Line { letters, key, .. } => write!(out, "{}!{letters}:{key}", self.name),
        }
    }
}
