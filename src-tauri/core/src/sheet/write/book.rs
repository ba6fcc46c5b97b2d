//! Our own exports: a small blank is made first, then filled the one way there is.
//!
//! The blank holds the title, the heading, one reserved row with each column's style, drop-downs, frozen panes, filter
//! and print settings. A sheet that is full goes on in a further sheet of the same kind.

use std::io::{Cursor, Seek, Write};

use chrono::{Datelike, NaiveDateTime, Timelike};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use crate::Result;
use crate::error::{Error, Refusal};
use crate::sheet::package::Package;
use crate::sheet::place::column_name;

use super::blank::LARGEST_PART;
use super::cell::DayForm;
use super::grid::RowWriter;
use super::stream::{Limits, Stream};

/// A workbook of our own.
#[derive(Debug, Clone)]
pub struct Book<'a> {
    /// The name on the tab; what a tab cannot show is replaced.
    pub sheet: &'a str,
    /// A title above the heading, over all columns.
    pub title: Option<&'a str>,
    /// The columns from left to right; at least one.
    pub columns: &'a [BookColumn<'a>],
    /// When the file is made, for its properties.
    pub made: NaiveDateTime,
    /// What stands at the foot of each page beside its number: who made it, and when; may be empty.
    pub mark: &'a str,
    /// Whether cells go without their places. That saves a third of a very large file; spreadsheets count them, but
    /// simple readers may not, so it is for files that stay in the house.
    pub bulk: bool,
}

/// A column of our own workbook.
#[derive(Debug, Clone, Default)]
pub struct BookColumn<'a> {
    /// Its heading.
    pub label: &'a str,
    /// Its width in characters.
    pub width: f64,
    /// What its cells hold.
    pub kind: BookKind,
    /// What may be chosen in it, if it is a list.
    pub choices: &'a [&'a str],
}

/// What a column's cells hold: decides their number format.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BookKind {
    /// Text, digits included: nothing is recalculated or cut.
    #[default]
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers with so many decimal places, in groups of three.
    Decimal(u8),
    /// Real dates, shown as `yyyy-mm-dd`.
    Day,
}

/// What was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Rows of data in all sheets.
    pub rows: u64,
    /// How many sheets they took.
    pub sheets: u32,
}

/// The sheet that holds lists too long for a cell's own list.
const CHOICES: &str = "选项";
/// A list in a cell's own validation may have so many characters (Excel's limit).
const LONGEST_LIST: usize = 255;

/// Writes a workbook of our own; `rows` writes one row at each call and says whether it did.
///
/// Rows are streamed: one thread writes XML, another deflates it.
pub fn write_book<W: Write + Seek + Send>(
    out: W,
    book: &Book<'_>,
    rows: impl FnMut(&mut RowWriter<'_>) -> Result<bool>,
) -> Result<Written> {
    write_limited(out, book, Limits::default(), rows)
}

pub(super) fn write_limited<W: Write + Seek + Send>(
    out: W,
    book: &Book<'_>,
    limits: Limits,
    mut rows: impl FnMut(&mut RowWriter<'_>) -> Result<bool>,
) -> Result<Written> {
    let pattern = package(blank(book, 2)?)?;
    let days: Vec<(u16, DayForm)> =
        (1..).zip(book.columns).filter(|(_, column)| column.kind == BookKind::Day).map(|(number, _)| (number, DayForm::Real)).collect();
    let stream = Stream { first_row: heading_row(book) + 2, limits, refs: !book.bulk, days: &days };
    stream.write(pattern, out, &mut rows, |sheets| package(blank(book, sheets)?))
}

/// The heading's row, from 0.
fn heading_row(book: &Book<'_>) -> u32 {
    u32::from(book.title.is_some())
}

fn package(bytes: Vec<u8>) -> Result<Package<Cursor<Vec<u8>>>> {
    Package::open(Cursor::new(bytes)).map_err(|fault| fault.of_name("导出模板"))
}

/// Makes the blank with so many sheets for data, each with a heading and one reserved row.
fn blank(book: &Book<'_>, sheets: u32) -> Result<Vec<u8>> {
    make(book, sheets)
        .map_err(|fault| Error::Sheet(Refusal::new(format!("导出的表格版式有误：{fault}。"), "请检查导出的栏目和选项后重试。")))
}

fn make(book: &Book<'_>, sheets: u32) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let (date, time) = (book.made.date(), book.made.time());
    let made = ExcelDateTime::from_ymd(u16::try_from(date.year()).unwrap_or(1980), date.month() as u8, date.day() as u8)?;
    let made = made.and_hms(time.hour() as u16, time.minute() as u8, f64::from(time.second()))?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for number in 1..=sheets {
        draw(workbook.add_worksheet().set_name(tab(book.sheet, number))?, book)?;
    }
    let long: Vec<_> = (0..).zip(book.columns).filter(|(_, column)| is_long(column)).collect();
    if !long.is_empty() {
        let page = workbook.add_worksheet().set_name(CHOICES)?.set_hidden(true);
        for (number, column) in long {
            for (row, choice) in (0..).zip(column.choices) {
                page.write_string(row, number, *choice)?;
            }
        }
    }
    workbook.save_to_buffer()
}

fn draw(page: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
    let heading = heading_row(book);
    let last = u16::try_from(book.columns.len().saturating_sub(1)).unwrap_or(u16::MAX);
    if let Some(title) = book.title {
        let style = Format::new().set_bold().set_font_size(16).set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        page.set_row_height(0, 32)?;
        match last {
            0 => page.write_string_with_format(0, 0, title, &style)?,
            last => page.merge_range(0, 0, 0, last, title, &style)?,
        };
    }
    let bold = Format::new()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    for (number, column) in (0..).zip(book.columns) {
        page.write_string_with_format(heading, number, column.label, &bold)?;
        page.write_blank(heading + 1, number, &style(column.kind))?;
        if column.width > 0.0 {
            page.set_column_width(number, column.width)?;
        }
        if !column.choices.is_empty() {
            page.add_data_validation(heading + 1, number, heading + 1, number, &list(number, column)?)?;
        }
    }
    page.set_freeze_panes(heading + 1, 0)?;
    page.autofilter(heading, 0, heading + 1, last)?;
    page.set_repeat_rows(heading, heading)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0).set_footer(foot(book.mark));
    Ok(())
}

/// The page's number, and what stands beside it; a sign that spreadsheets read as an order is doubled.
fn foot(mark: &str) -> String {
    let mark = if mark.is_empty() { String::new() } else { format!("&L&8{}", mark.replace('&', "&&")) };
    format!("{mark}&C第 &P 页，共 &N 页")
}

fn style(kind: BookKind) -> Format {
    let format = Format::new().set_border(FormatBorder::Thin);
    match kind {
        BookKind::Text => format.set_num_format("@"),
        BookKind::Whole => format.set_num_format("0"),
        BookKind::Decimal(0) => format.set_num_format("#,##0"),
        BookKind::Decimal(places) => format.set_num_format(format!("#,##0.{}", "0".repeat(usize::from(places)))),
        BookKind::Day => format.set_num_format("yyyy-mm-dd"),
    }
}

/// A comma inside a choice would end it, so such lists are long ones too.
fn is_long(column: &BookColumn<'_>) -> bool {
    let characters = column.choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum::<usize>();
    characters > LONGEST_LIST || column.choices.iter().any(|choice| choice.contains([',', '"']))
}

fn list(number: u16, column: &BookColumn<'_>) -> Result<DataValidation, XlsxError> {
    if is_long(column) {
        let letters = column_name(number + 1);
        let source = format!("={CHOICES}!${letters}$1:${letters}${}", column.choices.len());
        return Ok(DataValidation::new().allow_list_formula(Formula::new(source)));
    }
    DataValidation::new().allow_list_strings(column.choices)
}

/// The name of a tab: at most 31 characters, none of `[]:*?/\`, no quote at its ends.
fn tab(name: &str, number: u32) -> String {
    let suffix = if number > 1 { format!("（{number}）") } else { String::new() };
    let plain: String =
        name.chars().map(|character| if character.is_control() || "[]:*?/\\'".contains(character) { '_' } else { character }).collect();
    let room = 31 - suffix.chars().count();
    let mut width = 0;
    let fits = |character: &char| {
        width += character.len_utf16();
        width <= room
    };
    let short: String = plain.chars().take_while(fits).collect();
    let short = if short.trim().is_empty() || short == CHOICES { "表".to_owned() } else { short };
    format!("{short}{suffix}")
}

/// The largest part of our own blank.
pub(super) const LARGEST: u64 = LARGEST_PART;

#[cfg(test)]
mod tests;
