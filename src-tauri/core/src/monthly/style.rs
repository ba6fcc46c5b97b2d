//! How the workbook's cells look.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

use super::book::LineKind;
use crate::report::Measure;

/// The deepest level that is indented on its own; Excel's outline has no more either.
const DEEPEST: usize = 7;

/// The formats of a workbook, made once.
pub struct Style {
    /// The heading of a sheet.
    pub title: Format,
    /// The line under it.
    pub about: Format,
    /// A heading above columns.
    pub head: Format,
    /// A running text in a box.
    pub text: Format,
    /// A text without a box.
    pub bare: Format,
    /// A level's number in a row.
    pub level: Format,
    labels: Vec<Format>,
    total_label: Format,
    numbers: Vec<Format>,
    sums: Vec<Format>,
}

impl Style {
    /// Makes the formats.
    pub fn new() -> Self {
        let base = Format::new().set_font_name("宋体").set_font_size(10);
        let boxed = base.clone().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter);
        let bold = boxed.clone().set_bold().set_background_color(Color::RGB(0x00F2_F2F2));
        let centred = |format: &Format| format.clone().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        let measures = [number_format(Measure::People), number_format(Measure::Minutes), number_format(Measure::Money)];
        Self {
            title: centred(&base).set_font_name("黑体").set_font_size(18),
            about: base.clone(),
            head: centred(&bold).set_text_wrap(),
            text: boxed.clone().set_text_wrap(),
            bare: base.clone().set_font_size(12),
            level: centred(&boxed),
            labels: (0..=DEEPEST).map(|level| boxed.clone().set_indent(level as u8)).collect(),
            total_label: centred(&bold),
            numbers: measures.iter().map(|format| boxed.clone().set_num_format(*format)).collect(),
            sums: measures.iter().map(|format| bold.clone().set_num_format(*format)).collect(),
        }
    }

    /// The look of a row's label.
    pub fn label(&self, kind: LineKind, level: usize) -> &Format {
        let indented = self.labels.get(level.saturating_sub(1).min(DEEPEST));
        indented.filter(|_| kind != LineKind::Total).unwrap_or(&self.total_label)
    }

    /// The look of a number; sums stand out.
    pub fn number(&self, measure: Measure, sum: bool) -> &Format {
        let at = match measure {
            Measure::Minutes => 1,
            Measure::Money => 2,
            Measure::People | Measure::Times | Measure::Events | Measure::Things => 0,
        };
        let formats = if sum { &self.sums } else { &self.numbers };
        formats.get(at).unwrap_or(&self.text)
    }
}

/// Whole numbers, hours with one decimal, yuan with two; a dash for nothing, so that what is there stands out.
pub fn number_format(measure: Measure) -> &'static str {
    match measure {
        Measure::Minutes => "#,##0.0;-#,##0.0;\"-\"",
        Measure::Money => "#,##0.00;-#,##0.00;\"-\"",
        Measure::People | Measure::Times | Measure::Events | Measure::Things => "#,##0;-#,##0;\"-\"",
    }
}
