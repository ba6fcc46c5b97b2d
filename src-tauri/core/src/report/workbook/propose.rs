//! An office's own blank as a grid to point at, with guesses at what its cells are for.

use std::collections::BTreeSet;

use serde::Serialize;

use super::facts;
use crate::error::Result;
use crate::record::Wire;
use crate::report::task::{Fact, Kind, Place};
use crate::sheet::look::{SheetLook, corner, look};
use crate::sheet::{Area, CellRef, normal};

/// One sheet of a blank, and what it seems to be for.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BlankProposal")]
pub struct Proposal {
    /// The sheet's name.
    pub sheet: String,
    /// Its likely title; empty where none is seen.
    pub title: String,
    /// How many rows the grid has.
    pub rows: u32,
    /// How many columns.
    pub columns: u32,
    /// The cells that hold something or are framed, row by row.
    pub grid: Vec<GridCell>,
    /// The merged areas: `A1:F1`.
    pub merges: Vec<String>,
    /// The width of each column, in characters.
    pub widths: Vec<f64>,
    /// The likely single cells.
    pub cells: Vec<CellGuess>,
    /// The likely rows of one kind.
    pub block: Option<BlockGuess>,
}

/// A cell of the grid.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BlankCell")]
pub struct GridCell {
    /// Where it lies.
    pub at: Place,
    /// What it says.
    pub text: String,
    /// Its formula, where it has one.
    pub formula: Option<String>,
    /// Whether a line is drawn around it.
    pub framed: bool,
}

/// A cell that is likely to be filled.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BlankCellGuess")]
pub struct CellGuess {
    /// Where it lies.
    pub at: Place,
    /// What it is called: its row's heading, then its column's.
    pub label: String,
    /// Its formula, where it has one.
    pub formula: Option<String>,
    /// What of the return itself it asks for, where it does.
    pub fact: Option<Fact>,
    /// What it is likely to be counted in.
    pub kind: Kind,
}

/// Rows of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BlankBlockGuess")]
pub struct BlockGuess {
    /// The row of the headings, the last one where there are several.
    pub header_row: u32,
    /// The first row for data.
    pub first_row: u32,
    /// How many rows are reserved.
    pub reserved: u32,
    /// The row of the note below, where there is one.
    pub note_row: Option<u32>,
    /// The columns.
    pub columns: Vec<ColumnGuess>,
}

/// A column of rows of one kind.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
#[serde(rename = "BlankColumnGuess")]
pub struct ColumnGuess {
    /// Its letter.
    pub at: String,
    /// Its heading, a group's before its own.
    pub label: String,
    /// What it is likely to be counted in.
    pub kind: Kind,
}

/// The most rows and columns that are shown.
const MOST: (u32, u16) = (500, 100);

/// Shows a blank: each visible sheet as a grid, and what its cells seem to be for. Refuses what is no .xlsx workbook.
pub fn propose(blank: &[u8]) -> Result<Vec<Proposal>> {
    let looks = look(blank, "空白表")?;
    Ok(looks.iter().filter(|look| !look.hidden).map(|look| Sheet::of(look).proposal()).collect())
}

struct Sheet<'a> {
    look: &'a SheetLook,
    rows: u32,
    columns: u16,
}

impl<'a> Sheet<'a> {
    fn of(look: &'a SheetLook) -> Self {
        let used = look.cells.iter().filter(|(_, cell)| cell.framed || !cell.text.trim().is_empty() || cell.formula.is_some());
        let (rows, columns) = used.fold((0, 0), |(rows, columns), ((row, column), _)| (row.max(&rows).to_owned(), *column.max(&columns)));
        Self { look, rows: rows.min(MOST.0), columns: columns.min(MOST.1) }
    }

    fn proposal(&self) -> Proposal {
        let block = self.block();
        let inside = |(row, column): (u32, u16)| row <= self.rows && column <= self.columns;
        let shown = self
            .look
            .cells
            .iter()
            .filter(|(place, cell)| inside(**place) && (cell.framed || !cell.text.is_empty() || cell.formula.is_some()));
        let grid = shown.map(|((row, column), cell)| GridCell {
            at: Place::new(*column, *row),
            text: cell.text.clone(),
            formula: cell.formula.clone(),
            framed: cell.framed,
        });
        Proposal {
            sheet: self.look.name.clone(),
            title: self.title(),
            rows: self.rows,
            columns: u32::from(self.columns),
            grid: grid.collect(),
            merges: self.look.merges.iter().filter(|area| inside((area.first.row, area.first.column))).map(Area::to_string).collect(),
            widths: (1..=self.columns).map(|column| self.width(column)).collect(),
            cells: self.cells(block.as_ref()),
            block,
        }
    }

    fn width(&self, column: u16) -> f64 {
        let known = self.look.widths.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        known.map_or(8.43, |(.., width)| *width)
    }

    /// What a cell shows; a merged one what its corner says.
    fn text(&self, row: u32, column: u16) -> &str {
        let at = corner(&self.look.merges, CellRef::new(column, row));
        self.look.cells.get(&(at.row, at.column)).map_or("", |cell| cell.text.trim())
    }

    /// A text that is no number.
    fn words(&self, row: u32, column: u16) -> Option<&str> {
        Some(self.text(row, column)).filter(|text| !text.is_empty() && normal::number(text).is_none())
    }

    /// How many columns the merged area of a cell takes.
    fn span(&self, row: u32, column: u16) -> u16 {
        let area = self.look.merges.iter().find(|area| area.holds(CellRef::new(column, row)));
        area.map_or(1, |area| area.last.column - area.first.column + 1)
    }

    /// The widest text of the first rows; an attachment's number is none.
    fn title(&self) -> String {
        let texts = self.look.cells.range(..(6, 0)).filter(|(_, cell)| !cell.text.trim().is_empty());
        let likely = texts.filter(|(_, cell)| !cell.text.trim().starts_with("附") && facts::said(&cell.text).is_empty());
        let rated = likely.map(|((row, column), cell)| {
            let wide = self.span(*row, *column) * 2 > self.columns;
            (wide, cell.text.ends_with(['表', '册', '报']), u32::MAX - row, cell.text.trim())
        });
        let best = rated.max().filter(|(wide, ends, ..)| *wide || *ends);
        best.map(|(.., text)| text.to_owned()).unwrap_or_default()
    }

    /// Whether a cell is there to be filled: framed or with a formula, and without words.
    fn open(&self, row: u32, column: u16) -> bool {
        let at = corner(&self.look.merges, CellRef::new(column, row));
        let cell = self.look.cells.get(&(at.row, at.column));
        let own = at == CellRef::new(column, row);
        own && cell.is_some_and(|cell| cell.formula.is_some() || (cell.framed && (cell.text.trim().is_empty() || cell.text.trim() == "0")))
    }

    /// Rows below a row of headings in which hardly a word stands.
    fn block(&self) -> Option<BlockGuess> {
        let worded = |row: u32| {
            (1..=self.columns)
                .filter(|column| self.words(row, *column).is_some_and(|_| self.span(row, *column) * 2 <= self.columns.max(2)))
                .count()
        };
        let empty = |row: u32, from: u16, to: u16| {
            let open = (from..=to).filter(|column| self.open(row, *column)).count();
            let words = (from..=to).filter(|column| self.words(row, *column).is_some()).count();
            words == 0 && open * 2 > usize::from(to - from)
        };
        let runs = (1..self.rows).filter(|row| worded(*row) >= 3).filter_map(|header| {
            let used: Vec<u16> = (1..=self.columns).filter(|column| self.words(header, *column).is_some()).collect();
            let (from, to) = (*used.first()?, *used.last()?);
            let reserved = (header + 1..=self.rows).take_while(|row| empty(*row, from, to)).count() as u32;
            (reserved >= 2).then_some((reserved, header, from, to))
        });
        let (reserved, header, from, to) = runs.max_by_key(|(reserved, header, ..)| (*reserved, u32::MAX - header))?;
        let first_row = header + 1;
        let below = first_row + reserved;
        let note_row = (below..=self.rows.min(below + 1)).find(|row| self.span(*row, from) > 1 && self.words(*row, from).is_some());
        let columns = (from..=to).filter_map(|column| {
            let label = self.heading(header, column)?;
            let kind = kind_of(&label, true);
            Some(ColumnGuess { at: Place::letters(column), label, kind })
        });
        Some(BlockGuess { header_row: header, first_row, reserved, note_row, columns: columns.collect() })
    }

    /// The heading of a column: the group's that lies over several columns, then its own.
    fn heading(&self, header: u32, column: u16) -> Option<String> {
        let own = self.words(header, column)?;
        let above = header.checked_sub(1).filter(|row| *row > 0).and_then(|row| self.words(row, column));
        let span = header.checked_sub(1).map_or(1, |row| self.span(row, column));
        let group = above.filter(|above| *above != own && span > 1 && span < self.columns && facts::said(above).is_empty());
        Some(group.map_or_else(|| own.to_owned(), |group| format!("{group}{own}")))
    }

    fn cells(&self, block: Option<&BlockGuess>) -> Vec<CellGuess> {
        let data = block.map_or(0..0, |block| block.first_row..block.first_row + block.reserved);
        let places = self.look.cells.keys().filter(|(row, column)| *row <= self.rows && *column <= self.columns && !data.contains(row));
        let mut found: Vec<CellGuess> =
            places.filter_map(|(row, column)| self.fact(*row, *column).or_else(|| self.figure(*row, *column))).collect();
        let mut seen = BTreeSet::new();
        found.retain(|guess| seen.insert(guess.at));
        found
    }

    /// An empty cell beside the bare label of a fact: 填报单位.
    fn fact(&self, row: u32, column: u16) -> Option<CellGuess> {
        let empty = self.text(row, column).is_empty() && corner(&self.look.merges, CellRef::new(column, row)) == CellRef::new(column, row);
        let label = column.checked_sub(1).filter(|left| *left > 0 && empty).and_then(|left| self.words(row, left))?;
        let fact = facts::labelled(label)?;
        Some(CellGuess {
            at: Place::new(column, row),
            label: label.trim_end_matches(['：', ':']).to_owned(),
            formula: None,
            fact: Some(fact),
            kind: Kind::Text,
        })
    }

    /// An open cell with words to its left, and those above it.
    fn figure(&self, row: u32, column: u16) -> Option<CellGuess> {
        if !self.open(row, column) {
            return None;
        }
        let left: Vec<(u16, &str)> = (1..column).filter_map(|at| Some((at, self.words(row, at)?))).collect();
        let names = left.iter().filter(|(_, word)| !is_measure(word)).map(|(_, word)| *word);
        let mut groups: Vec<&str> = Vec::new();
        for name in names {
            if groups.last() != Some(&name) {
                groups.push(name);
            }
        }
        let name = groups.join("·");
        if name.is_empty() || facts::labelled(&name).is_some() {
            return None;
        }
        let heads = self.above(row, column, left.last().map_or(0, |(at, _)| *at));
        let several = (1..=self.columns).filter(|at| self.open(row, *at)).count() > 1;
        let label = if several && !heads.is_empty() { format!("{name}·{}", heads.join("")) } else { name };
        let at = corner(&self.look.merges, CellRef::new(column, row));
        let formula = self.look.cells.get(&(at.row, at.column)).and_then(|cell| cell.formula.clone());
        let measure = left.iter().rev().map(|(_, word)| *word).find(|word| is_measure(word)).unwrap_or("");
        let kind = kind_of(&format!("{label}{measure}"), false);
        Some(CellGuess { at: Place::new(column, row), label, formula, fact: None, kind })
    }

    /// The headings above a cell from the uppermost down: the nearest run of words that does not reach over the row's name.
    fn above(&self, row: u32, column: u16, left: u16) -> Vec<&str> {
        let mut heads: Vec<&str> = Vec::new();
        for at in (1..row).rev() {
            let start = corner(&self.look.merges, CellRef::new(column, at)).column;
            match self.words(at, column).filter(|_| start > left) {
                Some(words) if heads.last() != Some(&words) => heads.push(words),
                Some(_) => {}
                None if heads.is_empty() => {}
                None => break,
            }
        }
        heads.reverse();
        heads
    }
}

fn is_measure(word: &str) -> bool {
    let words = ["人", "人次", "个", "家", "场", "次", "元", "万元", "小时", "件", "户", "%", "名", "支", "处", "张", "—", "-"];
    words.contains(&word.trim_matches(['（', '）', '(', ')']))
}

/// The kind that a label speaks of; in a roster what says nothing is a text.
fn kind_of(label: &str, roster: bool) -> Kind {
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["小时", "时长", "工时"]) {
        Kind::Minutes
    } else if has(&["元", "金额", "经费", "工资", "会费", "资金"]) && !has(&["单元"]) {
        Kind::Money
    } else if has(&["率", "%", "比例", "占比"]) {
        Kind::Rate
    } else if !roster || has(&["数", "人次", "场次", "次数", "合计"]) && !has(&["号", "代码"]) {
        Kind::Count
    } else {
        Kind::Text
    }
}
