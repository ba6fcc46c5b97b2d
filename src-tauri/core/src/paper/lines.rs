//! Text in lines: where Chinese may be broken, and how wide it comes.

use super::fonts::{Face, Fonts, Glyph};
use crate::error::Result;

/// Where a line stands in its breadth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// From the left.
    Left,
    /// In the middle.
    Middle,
    /// To the right.
    Right,
    /// From edge to edge, the last line from the left.
    Both,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// The kind of type.
    pub face: Face,
    /// The size of the letters, in points.
    pub size: f32,
    /// From line to line, in em.
    pub leading: f32,
    /// Where the lines stand.
    pub align: Align,
    /// How far the first line stands in, in em.
    pub indent: f32,
    /// What is added after each letter, in em.
    pub spread: f32,
}

impl Style {
    /// Text from the left.
    pub const fn new(face: Face, size: f32) -> Self {
        Self { face, size, leading: 1.5, align: Align::Left, indent: 0.0, spread: 0.0 }
    }

    /// The same elsewhere in its breadth.
    pub const fn at(self, align: Align) -> Self {
        Self { align, ..self }
    }

    /// From line to line, in points.
    pub fn pitch(&self) -> f32 {
        self.size * self.leading
    }
}

/// A letter in its place among others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Letter {
    pub sign: char,
    pub glyph: Glyph,
}

/// One line, ready to be drawn.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Line {
    pub letters: Vec<Letter>,
    /// How far it stands in, in em.
    pub indent: f32,
    /// Its own breadth with what stands in, in em.
    pub width: f32,
    /// Whether the paragraph ends with it.
    pub last: bool,
}

/// Breaks a text into lines no broader than `breadth` points; a new line of the text begins a paragraph.
pub(super) fn broken(fonts: &mut Fonts, text: &str, style: &Style, breadth: f32) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let letters = set(fonts, paragraph, style)?;
        lines.extend(packed(&letters, style, breadth / style.size));
    }
    Ok(lines)
}

fn set(fonts: &mut Fonts, text: &str, style: &Style) -> Result<Vec<Letter>> {
    let shown = text.trim_end().chars().map(|sign| if sign == '\t' { ' ' } else { sign }).filter(|sign| !unseen(*sign));
    let mut letters = Vec::new();
    for sign in shown {
        let glyph = fonts.glyph(style.face, sign)?;
        letters.push(Letter { sign, glyph: Glyph { advance: glyph.advance + style.spread, ..glyph } });
    }
    Ok(letters)
}

/// Signs that have no form of their own: controls, joiners, and the selectors of a form.
fn unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}')
}

fn packed(letters: &[Letter], style: &Style, breadth: f32) -> Vec<Line> {
    let mut lines = vec![Line { indent: style.indent, width: style.indent, ..Line::default() }];
    for atom in atoms(letters) {
        let wide = width(&atom);
        // What fits no line is broken anywhere.
        let whole = wide <= breadth;
        let pieces: Vec<&[Letter]> = if whole { vec![&atom] } else { atom.chunks(1).collect() };
        for piece in pieces {
            put(&mut lines, piece, breadth);
        }
    }
    if let Some(last) = lines.last_mut() {
        last.last = true;
    }
    lines.iter_mut().for_each(trim);
    lines
}

fn put(lines: &mut Vec<Line>, piece: &[Letter], breadth: f32) {
    let seen: f32 = width(without_spaces(piece));
    if lines.last().is_none_or(|line| !line.letters.is_empty() && line.width + seen > breadth + 0.001) {
        lines.push(Line::default());
    }
    if let Some(line) = lines.last_mut() {
        line.letters.extend_from_slice(piece);
        line.width += width(piece);
    }
}

fn trim(line: &mut Line) {
    let kept = without_spaces(&line.letters).len();
    line.width -= line.letters.get(kept..).map_or(0.0, width);
    line.letters.truncate(kept);
}

fn without_spaces(letters: &[Letter]) -> &[Letter] {
    let kept = letters.iter().rposition(|letter| letter.sign != ' ').map_or(0, |at| at + 1);
    letters.get(..kept).unwrap_or_default()
}

fn width(letters: &[Letter]) -> f32 {
    letters.iter().map(|letter| letter.glyph.advance).sum()
}

/// The smallest parts that a line may end after.
fn atoms(letters: &[Letter]) -> Vec<Vec<Letter>> {
    let mut atoms: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        match atoms.last_mut() {
            Some(atom) if atom.last().is_some_and(|before| !breaks(before.sign, letter.sign)) => atom.push(*letter),
            _ => atoms.push(vec![*letter]),
        }
    }
    atoms
}

/// Signs that no line begins with.
const CLOSING: &str = "，。、；：！？）》」』】〕〉”’％‰℃·…—～,.;:!?)]}%";
/// Signs that no line ends with.
const OPENING: &str = "（《「『【〔〈“‘￥№([{";

fn breaks(before: char, after: char) -> bool {
    if after == ' ' || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    before == ' ' || !(of_a_word(before) && of_a_word(after))
}

/// Letters and figures of the West, with what stands among them: they stay together.
fn of_a_word(sign: char) -> bool {
    sign.is_ascii_graphic() || (sign.is_alphabetic() && sign < '\u{1100}')
}
