//! Conditions as SQL with their values, and filters as conditions.

use super::query::{Filter, Op, Query};
use crate::error::{Error, Result};
use crate::record::{Cell, Kind, Table};

/// A condition in SQL and the values of its marks, in order; empty where everything passes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Condition {
    /// The expression.
    pub sql: String,
    /// The values of its `?`.
    pub cells: Vec<Cell>,
}

impl Condition {
    /// Makes a condition.
    pub fn new(sql: impl Into<String>, cells: impl Into<Vec<Cell>>) -> Self {
        Self { sql: sql.into(), cells: cells.into() }
    }

    /// Says whether everything passes.
    pub fn is_empty(&self) -> bool {
        self.sql.is_empty()
    }

    /// Adds a condition that must hold as well.
    pub fn and(mut self, other: Self) -> Self {
        if other.is_empty() {
            return self;
        }
        if !self.is_empty() {
            self.sql += " AND ";
        }
        self.sql += &other.sql;
        self.cells.extend(other.cells);
        self
    }

    /// Joins conditions of which one must hold.
    pub fn any(conditions: Vec<Self>) -> Self {
        let parts: Vec<_> = conditions.iter().map(|part| format!("({})", part.sql)).collect();
        Self::new(format!("({})", parts.join(" OR ")), conditions.into_iter().flat_map(|part| part.cells).collect::<Vec<_>>())
    }

    /// Lets pass what the condition does not hold for, unknown included.
    pub fn not(self) -> Self {
        Self::new(format!("({}) IS NOT TRUE", self.sql), self.cells)
    }

    /// Writes ` WHERE …`, or nothing.
    pub fn clause(&self) -> String {
        if self.is_empty() { String::new() } else { format!(" WHERE {}", self.sql) }
    }
}

/// Writes the filters of a query as one condition on the rows `t`.
pub fn of_filters(query: &Query) -> Result<Condition> {
    query.filters.iter().map(|filter| of_filter(query.table, filter)).try_fold(Condition::default(), |all, one| Ok(all.and(one?)))
}

fn of_filter(table: &Table, filter: &Filter) -> Result<Condition> {
    let kind = if filter.field == "id" && !table.link { Some(Kind::Int) } else { table.field(&filter.field).map(|field| field.kind) };
    let kind = kind.ok_or_else(|| Error::Usage(format!("“{}”没有“{}”这一栏", table.label, filter.field)))?;
    fits(table, filter, kind)?;
    let column = format!("t.{}", filter.field);
    let sql = match filter.op {
        Op::Is => format!("{column} IS ?"),
        Op::IsNot => format!("{column} IS NOT ?"),
        Op::More => format!("{column} > ?"),
        Op::Less => format!("{column} < ?"),
        Op::AtLeast => format!("{column} >= ?"),
        Op::AtMost => format!("{column} <= ?"),
        Op::Between => format!("{column} BETWEEN ? AND ?"),
        Op::Empty => format!("({column} IS NULL OR {column} = '')"),
        Op::NotEmpty => format!("({column} IS NOT NULL AND {column} <> '')"),
        Op::Contains => holds(&column),
        // A constant would take the place of all conditions, and with it the ground on which a partial index was chosen.
        Op::In if filter.values.is_empty() => format!("{column} IN (NULL)"),
        Op::In if matches!(kind, Kind::Terms(_)) => one_of(&filter.values, &holds(&column)),
        Op::In => format!("{column} IN ({})", vec!["?"; filter.values.len()].join(", ")),
    };
    Ok(Condition::new(sql, filter.values.iter().map(|cell| value(filter.op, kind, cell)).collect::<Vec<_>>()))
}

fn holds(column: &str) -> String {
    format!("instr(lower({column}), ?) > 0")
}

fn one_of(values: &[Cell], each: &str) -> String {
    format!("({})", vec![each; values.len()].join(" OR "))
}

/// Several codes are stored between bars, so a code is sought with its bars.
fn value(op: Op, kind: Kind, cell: &Cell) -> Cell {
    match (op, kind, cell) {
        (Op::Contains | Op::In, Kind::Terms(_), Cell::Text(code)) => Cell::Text(format!("|{}|", code.to_ascii_lowercase())),
        (Op::Contains, _, Cell::Text(text)) => Cell::Text(text.to_ascii_lowercase()),
        _ => cell.clone(),
    }
}

fn fits(table: &Table, filter: &Filter, kind: Kind) -> Result<()> {
    let wanted = match filter.op {
        Op::Empty | Op::NotEmpty => 0..=0,
        Op::Between => 2..=2,
        Op::In => 0..=1000,
        _ => 1..=1,
    };
    if !wanted.contains(&filter.values.len()) || (filter.op == Op::Contains && kind.is_number()) {
        return Err(Error::Usage(format!("“{}”的“{}”这样筛选不合格式", table.label, filter.field)));
    }
    Ok(())
}
