//! A cross table as a workbook.

use std::path::PathBuf;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};
use serde::Deserialize;

use super::pivot::{Pivot, PivotCell, PivotOf, pivot};
use crate::error::{Error, Refusal, Result};
use crate::record::Wire;
use crate::report::task::Kind;
use crate::sheet::write::bytes_to_file;
use crate::store::Db;

/// A cross table to write.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct PivotFile {
    /// Which.
    #[serde(flatten)]
    pub of: PivotOf,
    /// Where the workbook goes; an older file of the name is replaced.
    pub path: PathBuf,
}

/// Writes a cross table as a workbook, its numbers as numbers.
pub fn write_pivot(db: &Db<'_>, ask: &PivotFile) -> Result<PathBuf> {
    let table = pivot(db, &ask.of)?;
    let made = ExcelDateTime::from_timestamp(db.now().at);
    let bytes = made
        .and_then(|made| book(&table, &made))
        .map_err(|fault| Error::Sheet(Refusal::new(format!("透视表没有写出：{fault}。"), "请减少单位、报告期或指标后重试。")))?;
    bytes_to_file(&ask.path, &bytes).map(|()| ask.path.clone())
}

/// The row of the headings, from 0; the title stands above it.
const HEADS: u32 = 1;

fn book(table: &Pivot, made: &ExcelDateTime) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_title(&table.title).set_creation_datetime(made));
    let sheet = book.add_worksheet().set_name("透视表")?;
    let last = u16::try_from(table.heads.len()).unwrap_or(u16::MAX);
    let title = base().set_font_size(14).set_bold().set_align(FormatAlign::Center);
    sheet.merge_range(0, 0, 0, last.max(1), &table.title, &title)?;
    let head = framed().set_bold().set_text_wrap().set_align(FormatAlign::Center);
    sheet.write_string_with_format(HEADS, 0, &table.corner, &head)?;
    for (column, label) in (1..).zip(&table.heads) {
        sheet.write_string_with_format(HEADS, column, label, &head)?;
    }
    for (row, line) in (HEADS + 1..).zip(&table.lines) {
        let label = framed().set_indent(u8::try_from(line.level.min(10)).unwrap_or(0));
        sheet.write_string_with_format(row, 0, &line.label, &label)?;
        cells(sheet, row, &line.cells, false)?;
    }
    if !table.sums.is_empty() {
        let row = HEADS + 1 + u32::try_from(table.lines.len()).unwrap_or_default();
        sheet.write_string_with_format(row, 0, &table.total, &framed().set_bold())?;
        cells(sheet, row, &table.sums, true)?;
    }
    sheet.set_column_width(0, 30)?.set_column_range_width(1, last.max(1), 14)?;
    sheet.set_freeze_panes(HEADS + 1, 1)?;
    sheet.set_paper_size(9).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(HEADS, HEADS)?;
    book.save_to_buffer()
}

fn base() -> Format {
    Format::new().set_font_name("宋体").set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn framed() -> Format {
    base().set_border(FormatBorder::Thin)
}

fn cells(sheet: &mut Worksheet, row: u32, cells: &[PivotCell], bold: bool) -> Result<(), XlsxError> {
    for (column, cell) in (1..).zip(cells) {
        let format = match cell.kind {
            Kind::Minutes => "#,##0.0",
            Kind::Money | Kind::Rate => "#,##0.00",
            Kind::Count | Kind::Distinct | Kind::Text => "#,##0",
        };
        let format = framed().set_num_format(format).set_align(FormatAlign::Right);
        let format = if bold { format.set_bold() } else { format };
        match cell.value {
            Some(value) => sheet.write_number_with_format(row, column, cell.kind.shown(value), &format)?,
            None => sheet.write_blank(row, column, &format)?,
        };
    }
    Ok(())
}
