//! Charts of bars: upright ones over time, lying ones by rank.

use super::fonts::Face;
use super::lines::{Align, Style, broken};
use super::pages::{Ink, Paper, mm};
use crate::error::Result;

/// One name of a chart with its numbers, in whatever they are counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// What it is of.
    pub name: String,
    /// The number; nothing where it is not known.
    pub value: Option<f64>,
    /// The number as it is written at the bar.
    pub says: String,
    /// What stands faintly beside it, the same number a year before.
    pub beside: Option<f64>,
}

const DARK: u8 = 70;
const FAINT: u8 = 190;
const LABEL: Style = Style { leading: 1.2, ..Style::new(Face::Song, 7.5).at(Align::Middle) };
const TITLE: Style = Style::new(Face::Hei, 10.0).at(Align::Middle);
/// How high the bars of an upright chart may become.
const HEIGHT: f32 = mm(34.0);
/// How high a row of a lying chart is.
const ROW: f32 = mm(6.0);

impl Paper {
    /// Draws upright bars side by side under a title, on one page; `beside` says what the faint ones are, where there are any.
    pub fn bars(&mut self, title: &str, bars: &[Bar], beside: &str) -> Result<()> {
        self.keep(TITLE.pitch() * 2.0 + HEIGHT + mm(16.0))?;
        let two = bars.iter().any(|bar| bar.beside.is_some());
        self.write(title, &TITLE)?;
        if two {
            self.legend(beside)?;
        }
        self.space(mm(4.0));
        let scale = Scale::of(bars, HEIGHT);
        let (left, top) = (self.setup().side, self.y());
        let zero = top + scale.above;
        let slot = self.setup().breadth() / bars.len().max(1) as f32;
        let wide = (slot * if two { 0.34 } else { 0.5 }).min(mm(12.0));
        for (at, bar) in bars.iter().enumerate() {
            let middle = left + (at as f32 + 0.5) * slot;
            let own = if two { middle - wide } else { middle - wide / 2.0 };
            if let Some(value) = bar.beside {
                self.upright(middle, zero, wide, scale.length(value), FAINT);
            }
            if let Some(value) = bar.value {
                let length = scale.length(value);
                self.upright(own, zero, wide, length, DARK);
                // Over both bars of the name, so that no number stands in one.
                let highest = scale.length(bar.beside.unwrap_or(0.0)).max(length);
                let over = if length < 0.0 { zero - length + 1.0 } else { zero - highest - LABEL.pitch() };
                self.label(&bar.says, middle - slot / 2.0, over, slot)?;
            }
            self.label(&bar.name, middle - slot / 2.0, top + scale.above + scale.below + 2.0, slot)?;
        }
        self.ink(Ink::Rule { from: (left, zero), to: (left + self.setup().breadth(), zero), weight: 0.6 });
        self.space(HEIGHT + LABEL.pitch() * 2.0 + mm(3.0));
        Ok(())
    }

    /// Draws lying bars one below the other under a title, each with its name before and its number behind it.
    pub fn ranked_bars(&mut self, title: &str, bars: &[Bar]) -> Result<()> {
        self.keep(TITLE.pitch() + ROW * bars.len() as f32 + mm(2.0))?;
        self.write(title, &TITLE)?;
        self.space(mm(1.0));
        let (side, breadth) = (self.setup().side, self.setup().breadth());
        let (names, longest) = (breadth * 0.36, breadth * 0.48);
        let scale = Scale::of(bars, longest);
        for bar in bars {
            let (y, length) = (self.y(), scale.length(bar.value.unwrap_or(0.0)).max(0.0));
            let name = Style { size: 8.5, ..LABEL.at(Align::Right) };
            self.cut_label(&bar.name, &name, side, y + (ROW - name.pitch()) / 2.0, names)?;
            self.ink(Ink::Fill { at: (side + names + mm(2.0), y + mm(1.0)), size: (length, ROW - mm(2.0)), shade: DARK });
            let behind = side + names + mm(3.0) + length;
            self.cut_label(&bar.says, &name.at(Align::Left), behind, y + (ROW - name.pitch()) / 2.0, breadth - longest - names)?;
            self.space(ROW);
        }
        self.space(mm(2.0));
        Ok(())
    }

    fn upright(&mut self, left: f32, zero: f32, wide: f32, length: f32, shade: u8) {
        let top = if length < 0.0 { zero } else { zero - length };
        self.ink(Ink::Fill { at: (left, top), size: (wide, length.abs()), shade });
    }

    fn legend(&mut self, beside: &str) -> Result<()> {
        let (right, y) = (self.setup().side + self.setup().breadth(), self.y() - TITLE.pitch());
        for (words, shade, off) in [("本期", DARK, mm(38.0)), (beside, FAINT, mm(22.0))] {
            self.ink(Ink::Fill { at: (right - off, y + mm(1.6)), size: (mm(3.0), mm(2.4)), shade });
            self.cut_label(words, &LABEL.at(Align::Left), right - off + mm(4.0), y + mm(1.4), mm(18.0))?;
        }
        Ok(())
    }

    fn label(&mut self, words: &str, left: f32, top: f32, breadth: f32) -> Result<()> {
        for (at, line) in broken(&mut self.fonts, words, &LABEL, breadth)?.into_iter().take(2).enumerate() {
            self.line(line, &LABEL, left, top + at as f32 * LABEL.pitch(), breadth);
        }
        Ok(())
    }

    /// A label of one line; what does not fit is left out.
    fn cut_label(&mut self, words: &str, style: &Style, left: f32, top: f32, breadth: f32) -> Result<()> {
        if let Some(line) = broken(&mut self.fonts, words, style, breadth)?.into_iter().next() {
            self.line(line, style, left, top, breadth);
        }
        Ok(())
    }
}

/// How long a bar is drawn: all of them fit between the least and the greatest number, nought among them.
struct Scale {
    each: f64,
    /// What lies over the line of nought, and below it.
    above: f32,
    below: f32,
}

impl Scale {
    fn of(bars: &[Bar], room: f32) -> Self {
        let all = || bars.iter().flat_map(|bar| [bar.value, bar.beside]).flatten();
        let (most, least) = (all().fold(0.0, f64::max), all().fold(0.0, f64::min));
        let each = if most > least { f64::from(room) / (most - least) } else { 0.0 };
        let above = if most > least { length(most * each) } else { room };
        Self { each, above, below: room - above }
    }

    fn length(&self, value: f64) -> f32 {
        length(value * self.each)
    }
}

#[expect(clippy::cast_possible_truncation, reason = "points on a page")]
fn length(points: f64) -> f32 {
    points as f32
}
