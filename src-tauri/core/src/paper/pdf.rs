//! Pages as a PDF file.

use chrono::{Datelike as _, NaiveDateTime, Timelike as _};
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{DateTime, Metadata};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

use super::fonts::Fonts;
use super::lines::Letter;
use super::pages::{Ink, Leaf};
use crate::error::{Error, Result};

/// Writes pages as a PDF; only the letters that are used go in.
pub(super) fn written(fonts: &Fonts, leaves: &[Leaf], title: &str, made: NaiveDateTime) -> Result<Vec<u8>> {
    let mut document = Document::new_with(SerializeSettings { enable_tagging: false, ..SerializeSettings::default() });
    document.set_metadata(about(title, made));
    for leaf in leaves {
        let size = PageSettings::from_wh(leaf.setup.width, leaf.setup.height);
        let mut page = document.start_page_with(size.ok_or_else(|| Error::Bug("a page without a size".into()))?);
        let mut surface = page.surface();
        leaf.ink.iter().for_each(|ink| draw(&mut surface, fonts, ink));
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|fault| Error::Bug(format!("PDF: {fault:?}")))
}

fn about(title: &str, made: NaiveDateTime) -> Metadata {
    let part = |number: u32| u8::try_from(number).unwrap_or_default();
    let date = DateTime::new(u16::try_from(made.year()).unwrap_or_default())
        .month(part(made.month()))
        .day(part(made.day()))
        .hour(part(made.hour()))
        .minute(part(made.minute()))
        .second(part(made.second()));
    Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()).creator("工会台账".to_owned()).creation_date(date)
}

fn draw(surface: &mut Surface<'_>, fonts: &Fonts, ink: &Ink) {
    match ink {
        Ink::Text { x, y, size, gap, line } => text(surface, fonts, (*x, *y), *size, *gap, &line.letters),
        Ink::Rule { from, to, weight } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            stroke(surface, path, *weight);
        }
        Ink::Box { at, size, weight } => {
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
                path.push_rect(rect);
            }
            stroke(surface, path, *weight);
        }
        Ink::Fill { at, size, shade } => fill(surface, *at, *size, *shade),
    }
}

fn fill(surface: &mut Surface<'_>, at: (f32, f32), size: (f32, f32), shade: u8) {
    let mut path = PathBuilder::new();
    // A bar of no length has no rectangle.
    if let Some(rect) = Rect::from_xywh(at.0, at.1, size.0, size.1) {
        path.push_rect(rect);
    }
    let Some(path) = path.finish() else { return };
    surface.set_fill(Some(Fill { paint: rgb::Color::new(shade, shade, shade).into(), ..Fill::default() }));
    surface.draw_path(&path);
    surface.set_fill(None);
}

fn stroke(surface: &mut Surface<'_>, path: PathBuilder, weight: f32) {
    let Some(path) = path.finish() else { return };
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width: weight, paint: rgb::Color::black().into(), ..Stroke::default() }));
    surface.draw_path(&path);
    surface.set_stroke(None);
}

/// Draws letters in runs of one font each.
fn text(surface: &mut Surface<'_>, fonts: &Fonts, at: (f32, f32), size: f32, gap: f32, letters: &[Letter]) {
    surface.set_fill(Some(Fill { paint: rgb::Color::black().into(), ..Fill::default() }));
    let mut x = at.0;
    for run in letters.chunk_by(|a, b| a.glyph.font == b.glyph.font) {
        let mut words = String::new();
        let mut glyphs = Vec::new();
        for letter in run {
            let from = words.len();
            words.push(letter.sign);
            let advance = letter.glyph.advance + gap / size;
            glyphs.push(KrillaGlyph::new(GlyphId::new(letter.glyph.id), advance, 0.0, 0.0, 0.0, from..words.len(), None));
        }
        if let Some(font) = run.first().and_then(|letter| fonts.font(letter.glyph.font)) {
            surface.draw_glyphs(Point::from_xy(x, at.1), &glyphs, font.clone(), &words, size, false);
        }
        x += glyphs.iter().map(|glyph| glyph.x_advance * size).sum::<f32>();
    }
}
