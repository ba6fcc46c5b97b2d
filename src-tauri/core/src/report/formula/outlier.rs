//! Values that are unlike those of the periods before.
//!
//! The rule is DHIS2's "modified Z-score" (docs.dhis2.org, Data quality, Outlier detection): a value's distance from the median,
//! measured in median absolute deviations scaled to a normal distribution, with its default bound of 3.5 that goes back to
//! Iglewicz and Hoaglin (1993).

use super::outcome::digits;
use super::{Broken, Spot, Whose};
use crate::report::task::{Holds, Kind, Line, Place, Sheet, Table, Task, Value, Values, Weight};

/// How many past values it takes to say what is usual.
const ENOUGH: usize = 5;
/// How many scaled deviations from the median are still usual.
const BOUND: f64 = 3.5;
/// What makes a median absolute deviation comparable with a standard deviation.
const SCALE: f64 = 1.4826;
/// By how much a value differs at least, in the unit that people see.
const LEAST: f64 = 5.0;

/// Hints at every number that lies outside of what was usual in at least five past periods; rows are found again by their key.
pub fn outliers(now: &Values, past: &[&Values], task: &Task) -> Vec<Broken> {
    let tables = task.tables.iter().zip(&now.sheets).enumerate();
    tables
        .flat_map(|(at, (table, sheet))| {
            let past: Vec<_> = past.iter().filter_map(|values| values.sheets.get(at)).collect();
            let mut found = cells(table, sheet, &past);
            found.extend(rows(table, sheet, &past));
            found
        })
        .collect()
}

fn cells(table: &Table, sheet: &Sheet, past: &[&Sheet]) -> Vec<Broken> {
    let cells = table.cells.iter().filter(|cell| cell.kind != Kind::Text);
    cells
        .filter_map(|cell| {
            let before = past.iter().filter_map(|sheet| sheet.cells.get(&cell.at)).filter_map(Value::int);
            let spot = spot(table, cell.at, None, &cell.label);
            unusual(sheet.cells.get(&cell.at)?.int()?, before.collect(), cell.kind, spot, "")
        })
        .collect()
}

fn rows(table: &Table, sheet: &Sheet, past: &[&Sheet]) -> Vec<Broken> {
    let Some(block) = &table.block else { return Vec::new() };
    let title = super::title(table);
    let mut found = Vec::new();
    for ((at, line), row) in sheet.lines.iter().enumerate().zip(block.first_row..).filter(|((_, line), _)| !line.key.is_empty()) {
        let same = past.iter().filter_map(|sheet| same(sheet, line, at)).collect::<Vec<_>>();
        let name = title.and_then(|title| line.values.get(title)).map_or_else(String::new, |name| name.show(Kind::Text));
        for (index, column) in
            block.columns.iter().enumerate().filter(|(_, column)| column.kind != Kind::Text && column.holds != Holds::Number)
        {
            let (Some(value), Some(letter)) = (line.values.get(index).and_then(Value::int), Place::column(&column.at)) else { continue };
            let before = same.iter().filter_map(|line| line.values.get(index)).filter_map(Value::int).collect();
            let spot = spot(table, Place::new(letter, row), Some(at), &column.label);
            found.extend(unusual(value, before, column.kind, spot, &name));
        }
    }
    found
}

/// The line with the same key, first looked for in the same row.
fn same<'v>(sheet: &&'v Sheet, line: &Line, at: usize) -> Option<&'v Line> {
    let here = sheet.lines.get(at).filter(|other| other.key == line.key);
    here.or_else(|| sheet.lines.iter().find(|other| other.key == line.key))
}

fn spot(table: &Table, at: Place, line: Option<usize>, label: &str) -> Spot {
    Spot { of: Whose::Now, sheet: table.sheet.clone(), at, line, label: label.to_owned(), value: String::new() }
}

fn unusual(value: i64, before: Vec<i64>, kind: Kind, spot: Spot, row: &str) -> Option<Broken> {
    let before: Vec<f64> = before.into_iter().map(|value| kind.shown(value)).collect();
    let (low, high) = usual(&before)?;
    let (shown, middle) = (kind.shown(value), median(&before));
    if (low..=high).contains(&shown) || (shown - middle).abs() < LEAST {
        return None;
    }
    let written = Value::Int(value).show(kind);
    let range = if high - low < 0.01 {
        format!("都是 {}", digits(middle, 2))
    } else {
        format!("在 {} 到 {} 之间", digits(low, 2), digits(high, 2))
    };
    let owner = if row.is_empty() { String::new() } else { format!("“{row}”的") };
    Some(Broken {
        check: "outlier".into(),
        weight: Weight::Hint,
        message: format!("{owner}{}（{}!{}）是 {written}，前 {} 期通常{range}。", spot.label, spot.sheet, spot.at, before.len()),
        hint: "请核对是否录错；确有其事的，不必改动。".into(),
        line: spot.line,
        places: vec![Spot { value: written.clone(), ..spot }],
        left: written,
        op: String::new(),
        right: range,
        formula: String::new(),
    })
}

/// From where to where values are usual; none where there are too few to say. What was never below nought is not usual below it.
fn usual(before: &[f64]) -> Option<(f64, f64)> {
    if before.len() < ENOUGH {
        return None;
    }
    let middle = median(before);
    let off: Vec<_> = before.iter().map(|value| (value - middle).abs()).collect();
    let reach = BOUND * SCALE * median(&off);
    let floor = if before.iter().all(|value| *value >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    Some(((middle - reach).max(floor), middle + reach))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = |place: usize| sorted.get(place).copied().unwrap_or_default();
    let half = sorted.len() / 2;
    if sorted.len() % 2 == 1 { at(half) } else { f64::midpoint(at(half.saturating_sub(1)), at(half)) }
}
