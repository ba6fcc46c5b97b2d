//! The rows of a block found in a plain workbook: below the headings that name its columns, down to the note or the signatures.

use super::grid::{Grid, Held, core};
use crate::report::task::{Block, Holds, Place, Table};
use crate::sheet::header::{self, HeaderName};
use crate::sheet::read::TextRow;

/// Where a block's rows lie in a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roster {
    /// For each column of the block its place in the sheet.
    pub(super) columns: Vec<Option<u16>>,
    /// The rows of data, from the top.
    pub(super) rows: Vec<u32>,
    /// Rows that were passed over: sums.
    pub(super) sums: Vec<u32>,
}

/// Headings are looked for down to here.
const HEAD: usize = 300;
/// Words that begin the text below a table.
const ENDS: [&str; 13] =
    ["说明", "填表说明", "填报说明", "注", "备注", "单位负责人", "填表人", "填报人", "制表人", "审核人", "负责人", "填报日期", "填表日期"];
/// Words that a row of sums begins with.
const SUMS: [&str; 5] = ["合计", "总计", "小计", "累计", "共计"];

/// Finds a block by its headings; none where fewer than two of them are there.
pub(super) fn find(block: &Block, grid: &Grid) -> Option<Roster> {
    let rows = grid.rows();
    let texts: Vec<TextRow> = rows.iter().take(HEAD).map(|row| texts(grid, *row)).collect();
    let wanted: Vec<HeaderName> = block.columns.iter().map(|column| HeaderName::from([column.label.as_str()])).collect();
    let found = header::find(&texts, &wanted)?;
    let mut roster = Roster { columns: found.columns, rows: Vec::new(), sums: Vec::new() };
    for row in rows.into_iter().filter(|row| *row > found.row) {
        let first = first_words(grid, row);
        if ends(grid, row, &first) {
            break;
        }
        match first {
            Some(words) if SUMS.contains(&core(&words).replace(' ', "").as_str()) => roster.sums.push(row),
            _ if roster.counts(block, grid, row) => roster.rows.push(row),
            _ => {}
        }
    }
    Some(roster)
}

impl Roster {
    /// Says whether a row holds data: more than its own number, and neither the columns' numbers nor the headings again.
    fn counts(&self, block: &Block, grid: &Grid, row: u32) -> bool {
        let known = block.columns.iter().zip(&self.columns).filter_map(|(column, at)| Some((column, grid.at(row, (*at)?)?.text())));
        let known: Vec<_> = known.filter(|(_, text)| !text.trim().is_empty()).collect();
        let telling = known.iter().any(|(column, _)| !matches!(column.holds, Holds::Number | Holds::Formula(_)));
        let again = known.iter().all(|(column, text)| core(text) == core(&column.label));
        telling && !again && !self.numbers(grid, row)
    }

    /// Says whether a row merely numbers the columns (甲 乙 1 2 3), as it may just below the headings.
    fn numbers(&self, grid: &Grid, row: u32) -> bool {
        let cells: Vec<String> = grid.row(row).map(|(_, held)| held.text().trim().to_owned()).collect();
        let letters = cells.iter().take_while(|text| ["甲", "乙", "丙", "丁", "A", "B", "C"].contains(&text.as_str())).count();
        let rest = cells.get(letters..).unwrap_or_default();
        self.rows.is_empty()
            && (letters > 0 || rest.len() > 2)
            && rest.iter().zip(1..).all(|(text, number)| text.trim_matches(['(', ')', '（', '）']) == number.to_string())
    }
}

fn texts(grid: &Grid, row: u32) -> TextRow {
    let cells = grid.row(row).map(|(column, held)| match held {
        Held::Text(text) => (column, text.clone()),
        other => (column, other.text()),
    });
    TextRow { number: row, cells: cells.collect() }
}

fn first_words(grid: &Grid, row: u32) -> Option<String> {
    let texts = grid.row(row).filter_map(|(_, held)| if let Held::Text(text) = held { Some(text) } else { None });
    texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
}

/// Says whether a row is below the table: a note or a signature, or one text across most of the table.
fn ends(grid: &Grid, row: u32, first: &Option<String>) -> bool {
    let Some(words) = first else { return false };
    let word = words.split([':', '：', '.', '、', '（', '(']).next().unwrap_or_default().trim();
    let marked = ENDS.contains(&word.replace(' ', "").as_str()) && (word.len() < words.len() || grid.row(row).count() == 1);
    let wide = grid
        .row(row)
        .next()
        .and_then(|(column, _)| grid.area(row, column))
        .is_some_and(|area| area.last.column - area.first.column + 1 >= grid.last_column().div_ceil(2).max(3));
    marked || (wide && grid.row(row).count() == 1)
}

/// The place in the task's own blank of a block's cell.
pub(super) fn own(table: &Table, column: usize, at: usize) -> Option<Place> {
    let block = table.block.as_ref()?;
    let number = Place::column(&block.columns.get(column)?.at)?;
    Some(Place::new(number, block.first_row.checked_add(u32::try_from(at).ok()?)?))
}
