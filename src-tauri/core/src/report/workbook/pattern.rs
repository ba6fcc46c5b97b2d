//! A blank's own words, by which a plain workbook is told and its cells are found.

use std::collections::{BTreeMap, BTreeSet};

use super::facts;
use super::grid::{Grid, core, plain};
use crate::report::task::{Cell, Holds, Place, Table};

/// Rows of single cells are looked for down to here.
const MOST_ROWS: usize = 2_000;

/// One table's blank, and what is to be looked for.
#[derive(Debug)]
pub(super) struct Pattern {
    pub(super) blank: Grid,
    /// The words of the blank that tell it from others, as they are compared.
    words: BTreeSet<String>,
    /// The first column of figures in each row of single cells.
    firsts: BTreeMap<u32, u16>,
}

/// All the words of a found sheet, as they are compared.
#[derive(Debug)]
pub(super) struct Vocabulary {
    exact: BTreeSet<String>,
    bare: BTreeSet<String>,
}

impl Vocabulary {
    pub(super) fn of(grid: &Grid) -> Self {
        let texts = || grid.cells.values().map(super::grid::Held::text);
        Self { exact: texts().map(|text| plain(&text)).collect(), bare: texts().map(|text| core(&text)).collect() }
    }

    fn has(&self, word: &str) -> bool {
        let long = word.chars().count() >= 5;
        self.exact.contains(word) || self.bare.contains(&core(word)) || long && self.exact.iter().any(|text| text.contains(word))
    }
}

impl Pattern {
    pub(super) fn new(table: &Table, blank: Grid) -> Self {
        let data = table.block.as_ref().map_or(0..0, |block| block.first_row..block.first_row + block.reserved);
        let own = |row: u32, column: u16| data.contains(&row) || table.cell(Place::new(column, row)).is_some();
        let texts =
            blank.cells.iter().filter(|((row, column), _)| !own(*row, *column)).filter_map(|((row, column), _)| blank.words(*row, *column));
        let telling = |text: &&str| facts::said(text).is_empty() && text.chars().count() <= 60;
        let words = texts.filter(telling).map(plain).filter(|word| word.chars().count() > 1).collect();
        let mut firsts: BTreeMap<u32, u16> = BTreeMap::new();
        for cell in table.cells.iter().filter(|cell| !matches!(cell.holds, Holds::Fact(_))) {
            let first = firsts.entry(cell.at.row).or_insert(cell.at.column);
            *first = cell.at.column.min(*first);
        }
        Self { blank, words, firsts }
    }

    /// How many of the blank's words a sheet has, and how many there are.
    pub(super) fn fits(&self, vocabulary: &Vocabulary) -> (usize, usize) {
        (self.words.iter().filter(|word| vocabulary.has(word)).count(), self.words.len())
    }

    /// Finds where each single cell of the table lies in a sheet.
    pub(super) fn places(&self, table: &Table, grid: &Grid) -> BTreeMap<Place, (u32, u16)> {
        let rows = self.rows(grid);
        let cells = table.cells.iter().filter(|cell| !matches!(cell.holds, Holds::Fact(_)));
        cells.filter_map(|cell| Some((cell.at, self.place(cell, &rows, grid)?))).collect()
    }

    /// Finds each row of single cells by the words to the left of its figures; gives the row found and how far its words moved.
    fn rows(&self, grid: &Grid) -> BTreeMap<u32, (u32, i32)> {
        let texts: Vec<(u32, Vec<(u16, String)>)> =
            grid.rows().into_iter().take(MOST_ROWS).map(|row| (row, all_words(grid, row))).collect();
        let (mut found, mut used, mut last) = (BTreeMap::new(), BTreeSet::new(), None::<(u32, u32, i32)>);
        for (row, first) in &self.firsts {
            let key = labels(&self.blank, *row, *first);
            let scored = texts.iter().filter(|(at, _)| !used.contains(at)).map(|(at, words)| (score(&key, words), *at));
            let best = scored.clone().map(|(score, _)| score).max().unwrap_or_default();
            let fits: Vec<u32> = scored.filter(|(score, _)| *score == best).map(|(_, at)| at).collect();
            let next = |from: u32| fits.iter().copied().find(|at| *at > from);
            let at = match (&last, key.is_empty()) {
                _ if !key.is_empty() && best.0 == 0 => None,
                (Some((blank, here, _)), true) => Some(here + (row - blank)),
                (None, true) => Some(*row),
                (Some((_, here, _)), false) => next(*here).or(fits.first().copied()),
                (None, false) => fits.first().copied(),
            };
            let Some(at) = at else { continue };
            let moved = shift(&key, texts.iter().find(|(number, _)| *number == at).map(|(_, words)| words.as_slice()).unwrap_or_default());
            let moved = moved.or(last.map(|(_, _, moved)| moved)).unwrap_or(0);
            used.insert(at);
            last = Some((*row, at, moved));
            found.insert(*row, (at, moved));
        }
        found
    }

    /// Finds a cell in its row by the headings above it.
    fn place(&self, cell: &Cell, rows: &BTreeMap<u32, (u32, i32)>, grid: &Grid) -> Option<(u32, u16)> {
        let (row, moved) = rows.get(&cell.at.row)?;
        let by_shift = u16::try_from(i32::from(cell.at.column) + moved).ok()?;
        let chain = self.headings(cell.at);
        let scored = (1..=grid.last_column().max(by_shift)).map(|column| {
            let above: BTreeMap<String, u32> = (1..*row).filter_map(|at| Some((plain(grid.words(at, column)?), at))).collect();
            let known = chain.iter().filter_map(|heading| above.get(heading));
            let nearest = known.clone().max().copied().unwrap_or(0);
            (known.count(), nearest, -(i32::from(column) - i32::from(by_shift)).abs(), column)
        });
        let best = scored.max().filter(|(count, ..)| *count > 0).map(|(.., column)| column);
        Some((*row, best.unwrap_or(by_shift)))
    }

    /// The headings above a cell, from the nearest up; what reaches over the words on the left is a title and no heading.
    fn headings(&self, at: Place) -> Vec<String> {
        let first = self.firsts.get(&at.row).copied().unwrap_or(at.column);
        let mut chain: Vec<String> = Vec::new();
        for row in (1..at.row).rev() {
            let title = self.blank.area(row, at.column).is_some_and(|area| area.first.column < first && first > 1);
            let figure = self.firsts.get(&row).is_some_and(|from| at.column >= *from);
            let words = self.blank.words(row, at.column).filter(|words| !title && facts::said(words).is_empty() && !figure);
            match words.map(plain) {
                Some(words) if chain.last() != Some(&words) => chain.push(words),
                Some(_) => {}
                None if chain.is_empty() => {}
                None => break,
            }
        }
        chain
    }

    /// What the row of a single cell is called in the blank.
    pub(super) fn label(&self, row: u32) -> Option<String> {
        labels(&self.blank, row, *self.firsts.get(&row)?).pop().map(|(_, word)| word)
    }
}

/// The words of a row left of a column, from the left; a merged area once.
fn labels(grid: &Grid, row: u32, first: u16) -> Vec<(u16, String)> {
    let mut words = all_words(grid, row);
    words.retain(|(column, word)| *column < first && !is_unit(word));
    words
}

fn all_words(grid: &Grid, row: u32) -> Vec<(u16, String)> {
    let mut words: Vec<(u16, String)> = Vec::new();
    let below = grid.merges.iter().filter(|area| area.first.row < row && row <= area.last.row).map(|area| area.first.column);
    let columns: BTreeSet<u16> = grid.row(row).map(|(column, _)| column).chain(below).collect();
    for column in columns {
        if let Some(text) = grid.words(row, column).map(plain).filter(|text| !text.is_empty()) {
            words.push((column, text));
        }
    }
    words
}

/// Words that stand between a row's name and its figures and name nothing.
fn is_unit(word: &str) -> bool {
    word == "-"
        || word == "—"
        || word.chars().all(|letter| letter.is_ascii_digit())
        || ["人", "人次", "个", "家", "场", "次", "元", "万元", "小时", "件", "户", "%", "名", "支", "处", "张"].contains(&word)
}

/// How well a row's words fit: whether its own name is there, exactly or nearly, and how many of its groups'.
fn score(key: &[(u16, String)], words: &[(u16, String)]) -> (u8, usize) {
    let Some((_, name)) = key.last() else { return (0, 0) };
    let exact = words.iter().any(|(_, word)| word == name);
    let near = || words.iter().any(|(_, word)| core(word) == core(name));
    let rank = if exact { 2 } else { u8::from(near()) };
    let groups = key.iter().filter(|(_, part)| words.iter().any(|(_, word)| word == part)).count();
    (rank, if rank == 0 { 0 } else { groups })
}

/// How many columns a row's name moved to the right.
fn shift(key: &[(u16, String)], words: &[(u16, String)]) -> Option<i32> {
    let (from, name) = key.last()?;
    let (to, _) = words.iter().find(|(_, word)| word == name).or_else(|| words.iter().find(|(_, word)| core(word) == core(name)))?;
    Some(i32::from(*to) - i32::from(*from))
}
