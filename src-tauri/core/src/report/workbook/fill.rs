//! A blank filled with a return's values, all of its sheets.

use std::io::Cursor;

use super::facts;
use super::grid::{Grid, Held};
use crate::error::Result;
use crate::report::task::{Block, Fact, Holds, Kind, Line, Place, Sheet, Table, Task, Value, Values};
use crate::sheet::CellRef;
use crate::sheet::write::{self, DayForm, FillPlan, Out, RowWriter, SheetPick};

/// Fills a task's blank with values. Facts go where the task says, and behind the words of the form that ask for them (填报单位：).
///
/// Formulas of the blank stay, with the task's value beside them. Refuses a blank that lacks a sheet, the reserved rows or the
/// note that the task speaks of.
pub fn fill(task: &Task, blank: &[u8], values: &Values, facts: &dyn Fn(Fact) -> String) -> Result<Vec<u8>> {
    let (grids, _) = Grid::all(blank, "空白表")?;
    let nothing = Sheet::default();
    let mut book = blank.to_vec();
    for at in order(task) {
        let Some(table) = task.tables.get(at) else { continue };
        let sheet = values.sheets.get(at).unwrap_or(&nothing);
        let mut cells = singles(table, sheet, facts);
        cells.extend(grids.iter().filter(|grid| grid.name == table.sheet).flat_map(|grid| words(table, grid, facts)));
        book = filled(&book, table, sheet, &cells)?;
    }
    Ok(book)
}

/// The tables in an order in which none is filled before one that its formulas speak of: a sheet that changes makes the results
/// of formulas stale that refer to it.
fn order(task: &Task) -> Vec<usize> {
    let mut left: Vec<usize> = (0..task.tables.len()).collect();
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let free =
            |at: &usize| task.tables.get(*at).is_some_and(|table| left.iter().all(|other| other == at || !mentions(task, table, *other)));
        let next = left.iter().position(free).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

fn mentions(task: &Task, table: &Table, other: usize) -> bool {
    let Some(name) = task.tables.get(other).map(|other| &other.sheet) else { return false };
    let columns = table.block.iter().flat_map(|block| &block.columns).map(|column| &column.holds);
    let mut formulas = table.cells.iter().map(|cell| &cell.holds).chain(columns);
    formulas.any(|holds| matches!(holds, Holds::Formula(text) if text.contains(&format!("{name}!")) || text.contains(&format!("{name}'!"))))
}

/// What is written into a cell, with its text kept.
enum Owned {
    Text(String),
    Number(f64),
    Result(f64),
    ResultText(String),
    Empty,
}

impl Owned {
    fn of(value: &Value, kind: Kind, formula: bool) -> Self {
        match (value, kind, formula) {
            (Value::Blank, ..) => Self::Empty,
            (Value::Text(text), _, true) => Self::ResultText(text.clone()),
            (Value::Text(text), _, false) => Self::Text(text.clone()),
            (Value::Int(number), Kind::Text, _) => Self::Text(number.to_string()),
            (Value::Int(number), _, true) => Self::Result(kind.shown(*number)),
            (Value::Int(number), _, false) => Self::Number(kind.shown(*number)),
        }
    }

    fn out(&self) -> Out<'_> {
        match self {
            Self::Text(text) => Out::Text(text),
            Self::Number(number) => Out::Number(*number),
            Self::Result(number) => Out::Result(*number),
            Self::ResultText(text) => Out::ResultText(text),
            Self::Empty => Out::Empty,
        }
    }
}

fn singles(table: &Table, sheet: &Sheet, facts: &dyn Fn(Fact) -> String) -> Vec<(CellRef, Owned)> {
    let cells = table.cells.iter().filter_map(|cell| {
        let value = sheet.cells.get(&cell.at).unwrap_or(&Value::Blank);
        let out = match (&cell.holds, value) {
            (Holds::Fact(fact), Value::Blank) => Owned::Text(facts(*fact)),
            // A formula without a known value stays as the blank has it.
            (Holds::Formula(_), Value::Blank) => return None,
            (holds, value) => Owned::of(value, cell.kind, matches!(holds, Holds::Formula(_))),
        };
        Some((CellRef::new(cell.at.column, cell.at.row), out))
    });
    cells.collect()
}

/// The words of the form that ask for a fact, with the fact behind them.
fn words(table: &Table, grid: &Grid, facts: &dyn Fn(Fact) -> String) -> Vec<(CellRef, Owned)> {
    let given: Vec<Fact> =
        table.cells.iter().filter_map(|cell| if let Holds::Fact(fact) = cell.holds { Some(fact) } else { None }).collect();
    let wanted = |fact: Fact| if given.contains(&fact) { String::new() } else { facts(fact) };
    let free = |row: u32, column: u16| {
        let data = table.block.as_ref().is_some_and(|block| (block.header_row..block.first_row + block.reserved).contains(&row));
        !data && table.cell(Place::new(column, row)).is_none()
    };
    let texts = grid.cells.iter().filter_map(|((row, column), held)| match held {
        Held::Text(text) if free(*row, *column) => Some((CellRef::new(*column, *row), Owned::Text(facts::completed(text, &wanted)?))),
        _ => None,
    });
    texts.collect()
}

fn filled(book: &[u8], table: &Table, sheet: &Sheet, cells: &[(CellRef, Owned)]) -> Result<Vec<u8>> {
    let cells: Vec<(CellRef, Out<'_>)> = cells.iter().map(|(place, owned)| (*place, owned.out())).collect();
    let place =
        table.block.as_ref().map(|block| write::Table { first_row: block.first_row, reserved: block.reserved, note_row: block.note_row });
    let plan = FillPlan { sheet: SheetPick::Name(&table.sheet), table: place, cells: &cells, day: DayForm::default(), days: &[] };
    let mut out = Cursor::new(Vec::with_capacity(book.len() + book.len() / 4));
    let mut lines = (1..).zip(&sheet.lines);
    let columns = table.block.as_ref().map(ordered).unwrap_or_default();
    write::fill(Cursor::new(book), &mut out, &plan, |row| {
        let Some((number, line)) = lines.next() else { return Ok(false) };
        table.block.as_ref().map_or(Ok(()), |block| put(row, block, &columns, line, number))?;
        Ok(true)
    })?;
    Ok(out.into_inner())
}

/// The block's columns from left to right: their numbers, and their places in a line.
fn ordered(block: &Block) -> Vec<(u16, usize)> {
    let places = block.columns.iter().enumerate();
    let mut columns: Vec<(u16, usize)> = places.filter_map(|(at, column)| Some((Place::column(&column.at)?, at))).collect();
    columns.sort_unstable();
    columns
}

fn put(row: &mut RowWriter<'_>, block: &Block, columns: &[(u16, usize)], line: &Line, number: i64) -> Result<()> {
    for (column, at) in columns {
        let Some(known) = block.columns.get(*at) else { continue };
        let value = line.values.get(*at).unwrap_or(&Value::Blank);
        let spelling = match value {
            Value::Text(code) => known.values.iter().find(|(own, _)| own == code).map(|(_, spelling)| spelling),
            Value::Int(_) | Value::Blank => None,
        };
        match (&known.holds, spelling, value) {
            (_, Some(spelling), _) => row.put(*column, Out::Text(spelling))?,
            (Holds::Number, None, Value::Blank) => row.put(*column, Out::Int(number))?,
            (Holds::Formula(_), None, Value::Blank) => {}
            (holds, None, value) => row.put(*column, Owned::of(value, known.kind, matches!(holds, Holds::Formula(_))).out())?,
        }
    }
    Ok(())
}
