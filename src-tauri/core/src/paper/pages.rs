//! A paper as it is written: from top to bottom, page after page.

use chrono::NaiveDateTime;

use super::fonts::{Face, Fonts};
use super::lines::{Align, Line, Style, broken};
use super::pdf;
use crate::error::Result;

/// Gives millimetres as points.
pub const fn mm(length: f32) -> f32 {
    length * 72.0 / 25.4
}

/// How pages look, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setup {
    /// How broad the page is.
    pub width: f32,
    /// How high.
    pub height: f32,
    /// What stays free left and right.
    pub side: f32,
    /// What stays free above.
    pub top: f32,
    /// What stays free below; the page's number stands in it.
    pub bottom: f32,
    /// Whether a double frame stands around each page.
    pub framed: bool,
    /// Whether a single page is numbered as well.
    pub numbered: bool,
}

impl Setup {
    /// A4 upright.
    pub const A4: Self =
        Self { width: mm(210.0), height: mm(297.0), side: mm(18.0), top: mm(20.0), bottom: mm(20.0), framed: false, numbered: true };

    /// How broad what is written may be.
    pub fn breadth(&self) -> f32 {
        self.width - 2.0 * self.side
    }
}

/// What lies on a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Ink {
    /// A line of text: its left end, its foot, its size, and what is added between letters, all in points.
    Text { x: f32, y: f32, size: f32, gap: f32, line: Line },
    /// A straight line.
    Rule { from: (f32, f32), to: (f32, f32), weight: f32 },
    /// A rectangle's outline: left, top, breadth, height.
    Box { at: (f32, f32), size: (f32, f32), weight: f32 },
    /// A filled rectangle: left, top, breadth, height, and how light it is, from 0 black to 255 white.
    Fill { at: (f32, f32), size: (f32, f32), shade: u8 },
}

/// A page.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub setup: Setup,
    pub ink: Vec<Ink>,
    /// Which part of the paper it belongs to.
    part: usize,
}

/// A paper that was finished.
#[derive(Debug)]
pub struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// How many different letters no font here can draw; an empty box stands for them.
    pub undrawn: usize,
}

/// A paper that is being written.
pub struct Paper {
    pub(super) fonts: Fonts,
    setup: Setup,
    leaves: Vec<Leaf>,
    again: String,
    parts: usize,
    y: f32,
}

const NUMBER: Style = Style::new(Face::Song, 9.0);

impl Paper {
    /// Begins a paper; its first page begins with [`Paper::part`].
    pub fn new(fonts: Fonts) -> Self {
        Self { fonts, setup: Setup::A4, leaves: Vec::new(), again: String::new(), parts: 0, y: 0.0 }
    }

    /// Begins a part on a page of its own; its pages are counted by themselves, and all but its first bear `again` on top.
    pub fn part(&mut self, setup: Setup, again: impl Into<String>) {
        self.parts += 1;
        self.setup = setup;
        self.again = again.into();
        self.leaf();
    }

    fn leaf(&mut self) {
        let setup = self.setup;
        self.leaves.push(Leaf { setup, ink: Vec::new(), part: self.parts });
        self.y = setup.top;
        if setup.framed {
            self.frame(mm(11.0), 2.0);
            self.frame(mm(12.6), 0.6);
        }
    }

    fn frame(&mut self, off: f32, weight: f32) {
        let Setup { width, height, .. } = self.setup;
        self.ink(Ink::Box { at: (off, off), size: (width - 2.0 * off, height - 2.0 * off), weight });
    }

    /// Takes a new page, and says again on top what the part is.
    pub(super) fn turn(&mut self) -> Result<()> {
        self.leaf();
        let again = self.again.clone();
        if again.is_empty() {
            return Ok(());
        }
        self.write(&again, &Style::new(Face::Song, 10.0))?;
        self.space(mm(1.5));
        Ok(())
    }

    pub(super) fn ink(&mut self, ink: Ink) {
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.ink.push(ink);
        }
    }

    /// Where the next line begins, in points from the top.
    pub(super) fn y(&self) -> f32 {
        self.y
    }

    /// How the pages look.
    pub fn setup(&self) -> Setup {
        self.setup
    }

    /// What is left of the page, in points.
    pub fn room(&self) -> f32 {
        self.setup.height - self.setup.bottom - self.y
    }

    /// Leaves a space.
    pub fn space(&mut self, points: f32) {
        self.y += points;
    }

    /// Takes a new page where less than so many points are left.
    pub fn keep(&mut self, points: f32) -> Result<()> {
        if self.room() < points { self.turn() } else { Ok(()) }
    }

    /// Writes a text from edge to edge of the page.
    pub fn write(&mut self, text: &str, style: &Style) -> Result<()> {
        self.write_in(text, style, 0.0, self.setup.breadth())
    }

    /// Writes a text `left` points from the edge, `breadth` points broad.
    pub fn write_in(&mut self, text: &str, style: &Style, left: f32, breadth: f32) -> Result<()> {
        for line in broken(&mut self.fonts, text, style, breadth)? {
            self.keep(style.pitch())?;
            let (x, y) = (self.setup.side + left, self.y);
            self.line(line, style, x, y, breadth);
            self.y += style.pitch();
        }
        Ok(())
    }

    /// Writes texts side by side, each in an equal share of the breadth.
    pub fn write_beside(&mut self, texts: &[&str], style: &Style) -> Result<()> {
        let share = self.setup.breadth() / texts.len().max(1) as f32;
        let mut columns = Vec::new();
        for text in texts {
            columns.push(broken(&mut self.fonts, text, style, share - style.size)?);
        }
        let most = columns.iter().map(Vec::len).max().unwrap_or(0) as f32 * style.pitch();
        self.keep(most)?;
        for (at, column) in columns.into_iter().enumerate() {
            for (row, line) in column.into_iter().enumerate() {
                let (x, y) = (self.setup.side + at as f32 * share, self.y + row as f32 * style.pitch());
                self.line(line, style, x, y, share - style.size);
            }
        }
        self.space(most);
        Ok(())
    }

    /// Draws a line in a place of its own: left and top of its row, in points.
    pub(super) fn line(&mut self, line: Line, style: &Style, left: f32, top: f32, breadth: f32) {
        let free = (breadth - line.width * style.size).max(0.0);
        let gaps = line.letters.len().saturating_sub(1);
        // A line that lacks much is a short one, and stays so.
        let spread = style.align == Align::Both && !line.last && gaps > 0 && free < 2.0 * style.size;
        let gap = if spread { free / gaps as f32 } else { 0.0 };
        let x = match style.align {
            Align::Left | Align::Both => left + line.indent * style.size,
            Align::Middle => left + free / 2.0,
            Align::Right => left + free,
        };
        // The foot of Chinese type lies 0.86 em below its head, its body in the middle of the row.
        let y = top + (style.pitch() - style.size) / 2.0 + style.size * 0.86;
        self.ink(Ink::Text { x, y, size: style.size, gap, line });
    }

    /// Numbers the pages and gives the file; `title` is what a reader shows, `made` what the clock shows.
    pub fn finish(mut self, title: &str, made: NaiveDateTime) -> Result<Made> {
        let numbers: Vec<Option<Ink>> = (0..self.leaves.len()).map(|at| self.number(at)).collect::<Result<_>>()?;
        for (leaf, number) in self.leaves.iter_mut().zip(numbers) {
            leaf.ink.extend(number);
        }
        let bytes = pdf::written(&self.fonts, &self.leaves, title, made)?;
        Ok(Made { bytes, pages: self.leaves.len(), undrawn: self.fonts.undrawn() })
    }

    fn number(&mut self, at: usize) -> Result<Option<Ink>> {
        let Some(leaf) = self.leaves.get(at) else { return Ok(None) };
        let (setup, part) = (leaf.setup, leaf.part);
        let first = self.leaves.iter().position(|leaf| leaf.part == part).unwrap_or(at);
        let all = self.leaves.iter().filter(|leaf| leaf.part == part).count();
        if all < 2 && !setup.numbered {
            return Ok(None);
        }
        let text = format!("第 {} 页 共 {all} 页", at - first + 1);
        let line = broken(&mut self.fonts, &text, &NUMBER, setup.breadth())?.into_iter().next().unwrap_or_default();
        let x = (setup.width - line.width * NUMBER.size) / 2.0;
        Ok(Some(Ink::Text { x, y: setup.height - setup.bottom + mm(4.0) + NUMBER.size, size: NUMBER.size, gap: 0.0, line }))
    }
}
