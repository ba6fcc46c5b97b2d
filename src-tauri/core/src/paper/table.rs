//! A table over as many pages as it needs, its head on each.

use std::borrow::Cow;

use super::fonts::Face;
use super::lines::{Align, Line, Style, broken};
use super::pages::{Ink, Paper, mm};
use crate::error::Result;

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// What stands over it.
    pub head: Cow<'static, str>,
    /// How broad it is, in points; the columns without a breadth share what is left.
    pub breadth: Option<f32>,
    /// Where its words stand.
    pub align: Align,
}

impl Column {
    /// A column so many millimetres broad, its words in the middle.
    pub const fn fixed(head: &'static str, millimetres: f32) -> Self {
        Self { head: Cow::Borrowed(head), breadth: Some(mm(millimetres)), align: Align::Middle }
    }

    /// A column that takes its share of what is left, its words from the left.
    pub const fn open(head: &'static str) -> Self {
        Self { head: Cow::Borrowed(head), breadth: None, align: Align::Left }
    }
}

/// A table to be written.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, a word for each column.
    pub rows: Vec<Vec<String>>,
    /// The size of its letters, in points.
    pub size: f32,
    /// The least height of a row, in points.
    pub least: f32,
}

/// A row in lines, column by column.
struct Set {
    cells: Vec<Vec<Line>>,
    height: f32,
}

const PAD: f32 = mm(1.2);
const THIN: f32 = 0.6;

impl Paper {
    /// Writes a table from edge to edge; a row stays on one page unless it is longer than one.
    pub fn table(&mut self, table: &Table) -> Result<()> {
        let breadths = table.breadths(self.setup().breadth());
        let heads: Vec<String> = table.columns.iter().map(|column| column.head.clone().into_owned()).collect();
        let head_style = Style { leading: LEADING, ..Style::new(Face::Hei, table.size) }.at(Align::Middle);
        let styles: Vec<Style> =
            table.columns.iter().map(|column| Style { leading: LEADING, ..Style::new(Face::Song, table.size) }.at(column.align)).collect();
        let head_styles = vec![head_style; styles.len()];
        let head = self.set(&heads, &head_styles, &breadths, table.least)?;
        let mut begun = false;
        for row in &table.rows {
            let set = self.set(row, &styles, &breadths, table.least)?;
            for part in self.cut(set, &head, table) {
                let need = part.height + if begun { 0.0 } else { head.height };
                if self.room() < need {
                    self.turn()?;
                    begun = false;
                }
                if !begun {
                    self.row(&head, &head_styles, &breadths, true);
                    begun = true;
                }
                self.row(&part, &styles, &breadths, false);
            }
        }
        Ok(())
    }

    fn set(&mut self, words: &[String], styles: &[Style], breadths: &[f32], least: f32) -> Result<Set> {
        let mut cells = Vec::new();
        let mut height = least;
        for ((word, style), breadth) in words.iter().zip(styles).zip(breadths) {
            let lines = broken(&mut self.fonts, word, style, breadth - 2.0 * PAD)?;
            height = height.max(lines.len() as f32 * style.pitch() + 2.0 * PAD);
            cells.push(lines);
        }
        Ok(Set { cells, height })
    }

    /// A row that no page holds, in parts that each hold on one.
    fn cut(&self, row: Set, head: &Set, table: &Table) -> Vec<Set> {
        let setup = self.setup();
        let (free, pitch) = (setup.height - setup.top - setup.bottom - head.height - mm(8.0), table.size * LEADING);
        let lines = row.cells.iter().map(Vec::len).max().unwrap_or(0);
        let most = (((free - 2.0 * PAD) / pitch) as usize).max(1);
        if lines <= most {
            return vec![row];
        }
        let part = |from: usize| {
            let cells = row.cells.iter().map(|cell| cell.iter().skip(from).take(most).cloned().collect()).collect();
            Set { cells, height: (lines - from).min(most) as f32 * pitch + 2.0 * PAD }
        };
        (0..lines).step_by(most).map(part).collect()
    }

    fn row(&mut self, row: &Set, styles: &[Style], breadths: &[f32], first: bool) {
        let (left, top) = (self.setup().side, self.y());
        let (right, foot) = (left + breadths.iter().sum::<f32>(), top + row.height);
        if first {
            self.ink(Ink::Rule { from: (left, top), to: (right, top), weight: THIN });
        }
        self.ink(Ink::Rule { from: (left, foot), to: (right, foot), weight: THIN });
        self.ink(Ink::Rule { from: (left, top), to: (left, foot), weight: THIN });
        let mut x = left;
        for ((cell, style), breadth) in row.cells.iter().zip(styles).zip(breadths) {
            let free = row.height - cell.len() as f32 * style.pitch();
            for (at, line) in cell.iter().enumerate() {
                let y = top + free / 2.0 + at as f32 * style.pitch();
                self.line(line.clone(), style, x + PAD, y, breadth - 2.0 * PAD);
            }
            x += breadth;
            self.ink(Ink::Rule { from: (x, top), to: (x, foot), weight: THIN });
        }
        self.space(row.height);
    }
}

const LEADING: f32 = 1.25;

impl Table {
    fn breadths(&self, whole: f32) -> Vec<f32> {
        let fixed: f32 = self.columns.iter().filter_map(|column| column.breadth).sum();
        let open = self.columns.iter().filter(|column| column.breadth.is_none()).count().max(1);
        let share = ((whole - fixed) / open as f32).max(mm(10.0));
        self.columns.iter().map(|column| column.breadth.unwrap_or(share)).collect()
    }
}
