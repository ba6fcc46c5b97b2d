//! The sheets of a workbook held in memory, with merged areas seen through.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::Result;
use crate::sheet::place::Area;
use crate::sheet::read::{Caps, CellValue, ReadOptions, open_bytes};
use crate::sheet::{CellRef, normal};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Held {
    Text(String),
    /// A number, and how it would be typed.
    Number(f64, String),
    /// A day or a time, as it would be typed.
    Moment(String),
    Bool(bool),
    /// The error that a formula ended in.
    Error(String),
    /// A formula whose result was not saved.
    Uncomputed,
}

impl Held {
    fn of(value: &CellValue<'_>) -> Option<Self> {
        Some(match *value {
            CellValue::Text("") => return None,
            CellValue::Text(text) => Self::Text(text.to_owned()),
            CellValue::Number { value: number, .. } => Self::Number(number, value.text().into_owned()),
            CellValue::Date(_) | CellValue::Time(_) => Self::Moment(value.text().into_owned()),
            CellValue::Bool(truth) => Self::Bool(truth),
            CellValue::Error(error) => Self::Error(error.to_owned()),
            CellValue::Uncomputed => Self::Uncomputed,
            CellValue::Garbled => Self::Error("乱码".into()),
        })
    }

    /// As a person would type it.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(_, text) | Self::Moment(text) | Self::Error(text) => text.clone(),
            Self::Bool(truth) => if *truth { "TRUE" } else { "FALSE" }.into(),
            Self::Uncomputed => String::new(),
        }
    }
}

/// One sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Grid {
    pub(super) name: String,
    pub(super) hidden: bool,
    pub(super) cells: BTreeMap<(u32, u16), Held>,
    pub(super) merges: Vec<Area>,
}

/// The most that is held of one sheet of a return.
const CAPS: Caps = Caps { container: 64 << 20, sheet: 256 << 20, part: 64 << 20, strings: 64 << 20, cells: 2_000_000 };

impl Grid {
    /// Reads all sheets of a workbook, and what is to be said of it.
    pub(super) fn all(bytes: &[u8], name: &str) -> Result<(Vec<Self>, Vec<String>)> {
        let mut source = open_bytes(bytes.to_vec(), name, &ReadOptions { encoding: None, caps: CAPS })?;
        let tabs = source.sheets().to_vec();
        let mut grids = Vec::with_capacity(tabs.len());
        for (at, tab) in tabs.into_iter().enumerate() {
            let mut cells = BTreeMap::new();
            source.rows(at, |row| {
                cells.extend(row.cells().filter_map(|cell| Some(((row.number, cell.column), Held::of(&cell.value)?))));
                Ok(ControlFlow::Continue(()))
            })?;
            grids.push(Self { name: tab.name, hidden: tab.hidden, cells, merges: source.merges(at)? });
        }
        Ok((grids, source.notes().into_iter().map(str::to_owned).collect()))
    }

    /// What stands in a cell, or in the merged area that it is of.
    pub(super) fn at(&self, row: u32, column: u16) -> Option<&Held> {
        let corner = self.corner(row, column);
        self.cells.get(&(corner.row, corner.column))
    }

    /// The merged area that a cell lies in.
    pub(super) fn area(&self, row: u32, column: u16) -> Option<&Area> {
        self.merges.iter().find(|area| area.holds(CellRef::new(column, row)))
    }

    /// The cell that says what a cell shows: itself, or the corner of its merged area.
    pub(super) fn corner(&self, row: u32, column: u16) -> CellRef {
        self.area(row, column).map_or(CellRef::new(column, row), |area| area.first)
    }

    /// The text that a cell shows; a number is none.
    pub(super) fn words(&self, row: u32, column: u16) -> Option<&str> {
        match self.at(row, column)? {
            Held::Text(text) if !text.trim().is_empty() => Some(text),
            _ => None,
        }
    }

    /// The last row that holds something.
    pub(super) fn last_row(&self) -> u32 {
        self.cells.iter().rev().find(|(_, held)| !held.text().trim().is_empty()).map_or(0, |((row, _), _)| *row)
    }

    /// The last column that holds something.
    pub(super) fn last_column(&self) -> u16 {
        self.cells.keys().map(|(_, column)| *column).max().unwrap_or(0)
    }

    /// The cells of a row that hold something, each merged area once.
    pub(super) fn row(&self, row: u32) -> impl Iterator<Item = (u16, &Held)> {
        self.cells.range((row, 0)..(row + 1, 0)).map(|((_, column), held)| (*column, held))
    }

    /// The numbers of the rows that hold something.
    pub(super) fn rows(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|(row, _)| *row).collect();
        rows.dedup();
        rows
    }
}

/// A label in the form in which labels are compared.
pub(super) fn plain(text: &str) -> String {
    normal::header(text)
}

/// A label without brackets, without what counts it (一、 1. （一）) and without 其中.
pub(super) fn core(text: &str) -> String {
    let bare = normal::bare_header(text);
    let bare = bare.strip_prefix("其中").unwrap_or(&bare).trim_start_matches([':', ',', '，']);
    let counted = bare.trim_start_matches(|letter: char| letter.is_ascii_digit() || "一二三四五六七八九十".contains(letter));
    let core = counted.strip_prefix(['、', '.', '．', ')']).filter(|_| counted.len() < bare.len()).unwrap_or(bare);
    core.trim_matches(['、', ':', '_']).to_owned()
}
