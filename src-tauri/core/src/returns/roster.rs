//! The rows of a roster: a record's list of a union with all under it.

use crate::error::{Result, refused};
use crate::record::{Cell, Id, Kind, Row as _, show};
use crate::report::task::{Block, Column, Fact, Holds, Line, Value};
use crate::sheet::export::outlet;
use crate::store::Db;
use crate::units::Unit;

/// The most rows that one return takes; more go up as a roster of each union below.
const MOST: usize = 50_000;

/// Reads a record's rows of a union with all under it, a value for each column of the block; `fact` tells what is known of the return.
/// Unions go out as their official form has them: open ones without their branches, others called by their names. Refuses more than
/// 50,000 rows.
pub(super) fn lines(db: &Db<'_>, unit: Id<Unit>, record: &str, block: &Block, fact: impl Fn(Fact) -> Value) -> Result<Vec<Line>> {
    let layout = (record == Unit::NAME).then(|| db.registry().layout("units")).transpose()?;
    let outlet = outlet(db.registry(), record, layout.as_ref())?;
    let columns = outlet.columns();
    let places: Vec<Option<usize>> = block.columns.iter().map(|column| place(&columns, column)).collect();
    let mut lines: Vec<Line> = Vec::new();
    outlet.rows(db, Some(unit.get()), &mut |cells| {
        if lines.len() == MOST {
            return refused(format!("名册超过 {MOST} 行，没有运算。"), "请由下级工会各自报送名册，或用“导出”写出全部名册。");
        }
        let number = i64::try_from(lines.len() + 1).unwrap_or_default();
        let held = |(column, place): (&Column, &Option<usize>)| {
            match column.holds {
                Holds::Number => return Value::Int(number),
                Holds::Fact(known) => return fact(known),
                _ => {}
            }
            let cell = place.and_then(|at| Some((columns.get(at)?.kind, cells.get(at)?)));
            cell.map_or(Value::Blank, |(kind, cell)| value(column, kind, cell))
        };
        lines.push(Line { key: String::new(), values: block.columns.iter().zip(&places).map(held).collect() });
        Ok(())
    })?;
    Ok(lines)
}

fn place(columns: &[crate::sheet::import::Column], column: &Column) -> Option<usize> {
    let Holds::Field(name) = &column.holds else { return None };
    columns.iter().position(|own| own.name == name)
}

/// A column that is counted holds the number; any other the words, in the spelling of the blank's list where it has one.
fn value(column: &Column, kind: Kind, cell: &Cell) -> Value {
    if let (Kind::Int | Kind::Money | Kind::Minutes, Cell::Int(number), true) = (kind, cell, column.kind.divisor() != 0) {
        return Value::Int(*number);
    }
    let shown = show(kind, cell);
    let code = if let Cell::Text(code) = cell { code.as_str() } else { "" };
    let spelling = column.values.iter().find(|(own, _)| own == code || *own == shown).map(|(_, spelling)| spelling.clone());
    match spelling.unwrap_or(shown) {
        text if text.is_empty() => Value::Blank,
        text => Value::Text(text),
    }
}
