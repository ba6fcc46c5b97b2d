//! Values read back at the very places where they were written, and compared with those that were sealed.

use serde::{Deserialize, Serialize};

use super::Forms;
use super::grid::{Grid, Held, plain};
use crate::error::{Error, Refusal, Result};
use crate::record::Wire;
use crate::report::task::{Block, Column, Fact, Holds, Kind, Line, Place, Sheet, Table, Task, Value, Values};

/// A cell whose value is not the one that was sealed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename = "ReportChanged")]
pub struct Changed {
    /// The sheet.
    pub sheet: String,
    /// Where in the file: `C6`.
    pub at: String,
    /// What the cell is called; in a block with its row.
    pub label: String,
    /// What was sealed, as people read it.
    pub sealed: String,
    /// What stands there now.
    pub found: String,
}

/// Reads a filled blank of a task, as [`Forms::read`] does.
pub fn read(task: &Task, workbook: &[u8]) -> Result<Values> {
    Forms::of(std::slice::from_ref(task))?.read(0, workbook)
}

/// Reads a table from its sheet.
pub(super) fn sheet_of(table: &Table, grids: &[Grid], blank: &Grid) -> Result<Sheet> {
    let missing = || {
        let message = format!("报表文件里没有工作表“{}”。", table.sheet);
        Error::Sheet(Refusal::new(message, "请使用任务下发的空白表，不要改工作表的名称；或按普通表格识别。"))
    };
    let grid = grids.iter().find(|grid| grid.name == table.sheet).ok_or_else(missing)?;
    Ok(sheet(table, grid, blank))
}

fn sheet(table: &Table, grid: &Grid, blank: &Grid) -> Sheet {
    let count = table.block.as_ref().map(|block| count(block, grid, blank));
    let cells = table
        .cells
        .iter()
        .map(|cell| (cell.at, exact(grid.cells.get(&(moved(table, count, cell.at.row), cell.at.column)), cell.kind, &[])));
    let lines = table.block.iter().flat_map(|block| (0..count.unwrap_or(0)).map(move |at| line(block, grid, block.first_row + at)));
    Sheet { cells: cells.collect(), lines: lines.collect() }
}

/// Where a row of the blank lies when the block has so many rows.
fn moved(table: &Table, count: Option<u32>, row: u32) -> u32 {
    match (&table.block, count) {
        (Some(block), Some(count)) if row >= block.first_row + block.reserved => row - block.reserved + count.max(1),
        _ => row,
    }
}

/// How many rows of data there are: told by where the first words below them stand, else by where the sheet ends.
fn count(block: &Block, grid: &Grid, blank: &Grid) -> u32 {
    let end = block.first_row + block.reserved;
    let below = blank.cells.range((end, 0)..).find(|(_, held)| matches!(held, Held::Text(text) if !text.trim().is_empty()));
    // What a signature line says behind its first label is filled in.
    let head = |text: &str| text.split([':', '：']).next().map(plain).unwrap_or_default();
    let told = below.map(|(place, held)| (*place, head(&held.text()))).and_then(|((row, column), text)| {
        let same = |held: &Held| plain(&held.text()).starts_with(&text);
        let found = grid.cells.iter().rev().find(|((at, own), held)| *own == column && *at > block.first_row && same(held));
        found.map(|((at, _), _)| (at + block.reserved).saturating_sub(row))
    });
    let last = grid.last_row();
    let ends = || match blank.last_row() {
        below if below >= end => (last + block.reserved).saturating_sub(below),
        _ => (last + 1).saturating_sub(block.first_row),
    };
    let count = told.unwrap_or_else(ends);
    // With no rows at all one reserved row stays, empty.
    let empty = count == 1 && line(block, grid, block.first_row).values.iter().all(|value| *value == Value::Blank);
    if empty { 0 } else { count }
}

fn line(block: &Block, grid: &Grid, row: u32) -> Line {
    let value = |column: &Column| {
        let held = Place::column(&column.at).and_then(|number| grid.cells.get(&(row, number)));
        exact(held, column.kind, &column.values)
    };
    let values: Vec<Value> = block.columns.iter().map(value).collect();
    Line { key: key(block, &values), values }
}

/// What a row is of: its union's code, where a column has it.
pub(super) fn key(block: &Block, values: &[Value]) -> String {
    let code = block.columns.iter().position(|column| column.holds == Holds::Fact(Fact::Code));
    match code.and_then(|at| values.get(at)) {
        Some(Value::Text(code)) => code.trim().to_owned(),
        Some(Value::Int(code)) => code.to_string(),
        Some(Value::Blank) | None => String::new(),
    }
}

fn exact(held: Option<&Held>, kind: Kind, spellings: &[(String, String)]) -> Value {
    match held {
        None | Some(Held::Uncomputed) => Value::Blank,
        Some(Held::Number(number, written)) => kind.stored(*number).map_or_else(|| Value::Text(written.clone()), Value::Int),
        Some(held) => {
            let text = held.text();
            let code = spellings.iter().find(|(_, spelling)| *spelling == text).map(|(code, _)| code.clone());
            if text.is_empty() { Value::Blank } else { Value::Text(code.unwrap_or(text)) }
        }
    }
}

/// Says which cells differ from what was sealed. A formula whose result another program did not save is no change.
pub fn changed(task: &Task, sealed: &Values, found: &Values) -> Vec<Changed> {
    let nothing = Sheet::default();
    let mut changes = Vec::new();
    for (at, table) in task.tables.iter().enumerate() {
        let sheets = (sealed.sheets.get(at).unwrap_or(&nothing), found.sheets.get(at).unwrap_or(&nothing));
        let lines = u32::try_from(sheets.1.lines.len()).ok();
        for cell in &table.cells {
            let values = (sheets.0.cells.get(&cell.at), sheets.1.cells.get(&cell.at));
            let place = Place::new(cell.at.column, moved(table, lines, cell.at.row));
            changes.extend(differs(&table.sheet, place, &cell.label, (&cell.holds, cell.kind), values));
        }
        table.block.iter().for_each(|block| changes.extend(rows(&table.sheet, block, sheets)));
    }
    changes
}

fn rows(name: &str, block: &Block, (sealed, found): (&Sheet, &Sheet)) -> Vec<Changed> {
    let count = sealed.lines.len().max(found.lines.len());
    let mut changes = Vec::new();
    for at in 0..count {
        let lines = (sealed.lines.get(at), found.lines.get(at));
        for (number, column) in block.columns.iter().enumerate() {
            let row = block.first_row.saturating_add(u32::try_from(at).unwrap_or(u32::MAX));
            let place = Place::new(Place::column(&column.at).unwrap_or(1), row);
            let value = |line: Option<&Line>| line.and_then(|line| line.values.get(number)).cloned();
            let values = (value(lines.0), value(lines.1));
            let label = format!("第 {row} 行“{}”", column.label);
            changes.extend(differs(name, place, &label, (&column.holds, column.kind), (values.0.as_ref(), values.1.as_ref())));
        }
    }
    changes
}

fn differs(
    sheet: &str,
    at: Place,
    label: &str,
    (holds, kind): (&Holds, Kind),
    (sealed, found): (Option<&Value>, Option<&Value>),
) -> Option<Changed> {
    let (sealed, found) = (sealed.unwrap_or(&Value::Blank), found.unwrap_or(&Value::Blank));
    let unsaved = matches!(holds, Holds::Formula(_)) && *found == Value::Blank;
    // What the blank or the facts give where the return says nothing was never sealed.
    let given = *sealed == Value::Blank && matches!(holds, Holds::Fact(_) | Holds::Number | Holds::Formula(_));
    // A text such as a code that a spreadsheet made a number of shows the same.
    let same = sealed == found || (kind == Kind::Text && sealed.show(kind) == found.show(kind));
    (!same && !unsaved && !given).then(|| Changed {
        sheet: sheet.to_owned(),
        at: at.to_string(),
        label: label.to_owned(),
        sealed: sealed.show(kind),
        found: found.show(kind),
    })
}
