//! The workbook as an xlsx file.

use std::fmt::Write as _;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, FormatAlign, Formula, Workbook, Worksheet, XlsxError};

use super::book::{Book, Column, Line, LineKind, Sheet};
use super::cover::{cover, notes};
use super::style::Style;
use crate::error::{Error, Refusal, Result};
use crate::store::write_whole;

/// The row of the first line, counted from 0: title, about, heading, label and measure stand above it.
pub const FIRST: u32 = 5;
/// The columns before the numbers: level and label.
pub const LEFT: u16 = 2;
/// So many numbers fit on the width of a page.
const A_PAGE: u16 = 18;

/// What stands under every sheet.
pub const SIGNATURE: &str =
    "单位负责人（签字）：　　　　　　　　填表人：　　　　　　　　填报日期：　　　　年　　月　　日　　　　（单位盖章）";

/// Writes the workbook to a file, whole or not at all.
pub fn write(book: &Book, path: &Path) -> Result<()> {
    write_whole(path, &bytes(book)?)
}

/// Gives the workbook's bytes.
pub fn bytes(book: &Book) -> Result<Vec<u8>> {
    make(book).and_then(|mut workbook| workbook.save_to_buffer()).map_err(failed)
}

fn failed(source: XlsxError) -> Error {
    Error::Sheet(Refusal::new(format!("报表没有生成：{source}。"), "请检查磁盘空间后重试；单位太多的，请减少展开的级数。"))
}

fn make(book: &Book) -> Result<Workbook, XlsxError> {
    let (mut workbook, style) = (Workbook::new(), Style::new());
    workbook.set_properties(&properties(book)?);
    cover(workbook.add_worksheet(), book, &style)?;
    for sheet in &book.sheets {
        let worksheet = workbook.add_worksheet_with_constant_memory()?;
        worksheet.set_name(sheet.name)?;
        Table { book, sheet, style: &style }.write(worksheet)?;
    }
    notes(workbook.add_worksheet(), book, &style)?;
    Ok(workbook)
}

fn properties(book: &Book) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_timestamp(book.made_at)?;
    Ok(DocProperties::new().set_title(super::cover::title(book)).set_company(&book.unit).set_creation_datetime(&made))
}

/// One sheet with the book that it is of.
struct Table<'b> {
    book: &'b Book,
    sheet: &'b Sheet,
    style: &'b Style,
}

impl Table<'_> {
    fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        self.set_up(sheet)?;
        self.head(sheet)?;
        for (at, line) in self.book.lines.iter().enumerate() {
            self.line(sheet, at, line)?;
        }
        let last = FIRST + self.book.lines.len() as u32;
        sheet.write_string_with_format(last + 1, 1, SIGNATURE, &self.style.about)?;
        Ok(())
    }

    fn last_column(&self) -> u16 {
        LEFT + self.sheet.columns.len() as u16 - 1
    }

    /// How many pages lie side by side, so that what is printed can be read.
    fn pages(&self) -> u16 {
        (self.sheet.columns.len() as u16).div_ceil(A_PAGE).max(1)
    }

    fn set_up(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        sheet.set_landscape().set_paper_size(9).set_print_fit_to_pages(self.pages(), 0).set_print_center_horizontally(true);
        sheet.set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3).set_footer("&C第 &P 页　共 &N 页");
        sheet.set_repeat_rows(0, FIRST - 1)?.set_repeat_columns(0, LEFT - 1)?.set_freeze_panes(FIRST, LEFT)?;
        sheet.set_column_width(0, 5)?.set_column_width(1, 30)?;
        for (at, column) in (LEFT..).zip(&self.sheet.columns) {
            sheet.set_column_width(at, width(column))?;
        }
        sheet.group_symbols_above(true);
        for (first, last) in self.book.lines.iter().filter(|line| line.level > 0 && line.level < 8).filter_map(|line| line.block) {
            sheet.group_rows(row(first), row(last))?;
        }
        Ok(())
    }

    fn head(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (book, style) = (self.book, self.style);
        sheet.set_row_height(0, 30)?.set_row_height(FIRST - 2, 42)?;
        let title = format!("{}：{}", super::cover::title(book), self.sheet.name);
        // A title in the middle of several pages would be cut where one of them ends.
        match self.pages() {
            1 => sheet.merge_range(0, 0, 0, self.last_column(), &title, &style.title)?,
            _ => sheet.write_string_with_format(0, 0, title, &style.title.clone().set_align(FormatAlign::Left))?,
        };
        let about = format!("填报单位：{}　　　　统计期间：{}（截至 {}）", book.unit, book.period_label, book.until);
        sheet.write_string_with_format(1, 0, about, &style.about)?;
        self.headings(sheet)?;
        sheet.merge_range(2, 0, 4, 0, "级次", &style.head)?;
        sheet.merge_range(2, 1, 4, 1, "单位", &style.head)?;
        for (at, column) in (LEFT..).zip(&self.sheet.columns) {
            let label = if column.additive { column.label.clone() } else { format!("{}（去重）", column.label) };
            sheet.write_string_with_format(3, at, label, &style.head)?;
        }
        for (at, column) in (LEFT..).zip(&self.sheet.columns) {
            sheet.write_string_with_format(4, at, column.measure.label(), &style.head)?;
        }
        Ok(())
    }

    fn headings(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let mut first = LEFT;
        for run in self.sheet.columns.chunk_by(|left, right| left.heading == right.heading) {
            let (last, heading) = (first + run.len() as u16 - 1, run.first().map_or("", |column| &column.heading));
            if first == last {
                sheet.write_string_with_format(2, first, heading, &self.style.head)?;
            } else {
                sheet.merge_range(2, first, 2, last, heading, &self.style.head)?;
            }
            first = last + 1;
        }
        Ok(())
    }

    fn line(&self, sheet: &mut Worksheet, at: usize, line: &Line) -> Result<(), XlsxError> {
        let (row, style) = (row(at), self.style);
        let sum = line.kind == LineKind::Total;
        match sum {
            true => sheet.write_blank(row, 0, style.label(line.kind, 0))?,
            false => sheet.write_number_with_format(row, 0, line.level as u32, &style.level)?,
        };
        sheet.write_string_with_format(row, 1, &line.label, style.label(line.kind, line.level))?;
        for (index, column) in self.sheet.columns.iter().enumerate() {
            let (place, value) = (LEFT + index as u16, shown(column, self.sheet.cell(at, index)));
            let format = style.number(column.measure, sum);
            match self.formula(line, at, index, column) {
                Some(formula) => {
                    let formula = Formula::new(formula).set_result(value.to_string());
                    sheet.write_formula_with_format(row, place, formula, format)?
                }
                None => sheet.write_number_with_format(row, place, value, format)?,
            };
        }
        Ok(())
    }

    /// A row with others under it is the sum of those one level deeper; any other row of a sum of columns is that sum.
    fn formula(&self, line: &Line, at: usize, index: usize, column: &Column) -> Option<String> {
        if !column.additive {
            return None;
        }
        let Some((first, last)) = line.block else { return across(at, column) };
        let (letters, first, last) = (letters(LEFT + index as u16), row(first) + 1, row(last) + 1);
        let below = self.book.lines.get(line.block?.0..=line.block?.1)?;
        if below.iter().all(|below| below.level == line.level + 1) {
            return Some(format!("=SUM({letters}{first}:{letters}{last})"));
        }
        Some(format!("=SUMIF($A{first}:$A{last},{},{letters}{first}:{letters}{last})", line.level + 1))
    }
}

fn across(at: usize, column: &Column) -> Option<String> {
    let mut formula = String::from("=");
    for (sign, other) in &column.across {
        let sign = if *sign < 0 { "-" } else { "+" };
        // Writing to a String cannot fail.
        let _ = write!(
            formula,
            "{}{}{}",
            if formula.len() == 1 && sign == "+" { "" } else { sign },
            letters(LEFT + *other as u16),
            row(at) + 1
        );
    }
    (formula.len() > 1).then_some(formula)
}

/// The worksheet row of a line, counted from 0.
pub fn row(line: usize) -> u32 {
    FIRST + line as u32
}

/// A number in what its column shows: hours, yuan, else the number itself.
pub fn shown(column: &Column, value: i64) -> f64 {
    value as f64 / column.measure.divisor() as f64
}

/// The letters of a column counted from 0.
pub fn letters(column: u16) -> String {
    rust_xlsxwriter::column_number_to_name(column)
}

fn width(column: &Column) -> f64 {
    let letters = column.label.chars().count() as f64;
    let least = if column.measure.divisor() == 1 { 8.0 } else { 11.0 };
    (letters * 1.1 + 2.0).clamp(least, 13.0)
}
