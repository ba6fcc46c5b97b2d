//! The first and the last sheet: what the workbook is, and what its numbers mean.

use chrono::DateTime;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::book::Book;
use super::numbers::indicator;
use super::plan::COVER;
use super::style::Style;
use super::write::{FIRST, LEFT, SIGNATURE, letters, shown};

/// The workbook's title: 工会工作月报（2026年10月）.
pub fn title(book: &Book) -> String {
    let name = match book.period.as_bytes() {
        [_, _, _, _, b'-', b'Q', ..] => "季报",
        [_, _, _, _, b'-', b'H', ..] => "半年报",
        [_, _, _, _, b'-', b'U', ..] | [_, _, _, _] => "年报",
        _ => "月报",
    };
    format!("工会工作{name}（{}）", book.period_label)
}

/// Writes the cover: who, when, the main numbers, the signatures.
pub fn cover(sheet: &mut Worksheet, book: &Book, style: &Style) -> Result<(), XlsxError> {
    sheet.set_name("封面")?.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 1).set_print_center_horizontally(true);
    sheet.set_column_width(0, 26)?.set_column_width(1, 26)?.set_column_width(2, 18)?.set_column_width(3, 24)?;
    sheet.set_row_height(1, 40)?.merge_range(1, 0, 1, 3, &title(book), &style.title)?;
    let facts = [
        ("填报单位", book.unit.as_str()),
        ("组织编号", book.code.as_str()),
        ("统计期间", book.period_label.as_str()),
        ("截止日期", book.until.as_str()),
    ];
    let mut row = 3;
    for (label, fact) in facts {
        sheet.write_string_with_format(row, 0, label, &style.bare)?.write_string_with_format(row, 1, fact, &style.bare)?;
        row += 1;
    }
    row = main_numbers(sheet, book, style, row + 1)?;
    sheet.write_string_with_format(row + 1, 0, SIGNATURE, &style.bare)?;
    let made = format!(
        "本表由工会台账 {} 于 {} 生成。合计为公式的可随下级改动重算；标有“去重”的是数值，下级相加不等于合计。",
        env!("CARGO_PKG_VERSION"),
        made_at(book)
    );
    sheet.write_string_with_format(row + 3, 0, made, &style.about)?;
    Ok(())
}

/// The moment of making in the time of Beijing.
fn made_at(book: &Book) -> String {
    let beijing =
        chrono::FixedOffset::east_opt(8 * 3600).and_then(|zone| Some(DateTime::from_timestamp(book.made_at, 0)?.with_timezone(&zone)));
    beijing.map(|time| time.format("%Y-%m-%d %H:%M").to_string()).unwrap_or_default()
}

fn main_numbers(sheet: &mut Worksheet, book: &Book, style: &Style, first: u32) -> Result<u32, XlsxError> {
    for (at, head) in (0..).zip(["表", "指标", "合计", "计量单位"]) {
        sheet.write_string_with_format(first, at, head, &style.head)?;
    }
    let mut row = first + 1;
    for (name, code) in COVER {
        let Some(table) = book.sheets.iter().find(|sheet| sheet.name == *name) else { continue };
        let Some(at) = table.columns.iter().position(|column| column.code == *code && column.part.is_none()) else { continue };
        let Some(column) = table.columns.get(at) else { continue };
        let formula = format!("='{name}'!{}{}", letters(LEFT + at as u16), FIRST + 1);
        let value = Formula::new(formula).set_result(shown(column, table.cell(0, at)).to_string());
        sheet.write_string_with_format(row, 0, *name, &style.text)?;
        sheet.write_string_with_format(row, 1, indicator(code).map_or("", |indicator| indicator.label), &style.text)?;
        sheet.write_formula_with_format(row, 2, value, style.number(column.measure, false))?;
        sheet.write_string_with_format(row, 3, column.measure.label(), &style.level)?;
        row += 1;
    }
    Ok(row)
}

/// Writes the last sheet: what every indicator of the workbook means.
pub fn notes(sheet: &mut Worksheet, book: &Book, style: &Style) -> Result<(), XlsxError> {
    sheet
        .set_name("指标口径")?
        .set_landscape()
        .set_paper_size(9)
        .set_print_fit_to_pages(1, 0)
        .set_repeat_rows(0, 1)?
        .set_freeze_panes(2, 0)?;
    for (at, width) in (0..).zip([16, 26, 30, 10, 8, 12, 90]) {
        sheet.set_column_width(at, width)?;
    }
    sheet.set_row_height(0, 30)?.merge_range(0, 0, 0, 6, "指标口径", &style.title)?;
    for (at, head) in (0..).zip(["表", "指标", "编号", "计量单位", "时间", "合计", "口径"]) {
        sheet.write_string_with_format(1, at, head, &style.head)?;
    }
    let mut row = 2;
    for table in &book.sheets {
        let mut codes: Vec<&str> = Vec::new();
        for column in &table.columns {
            if !codes.contains(&column.code) {
                codes.push(column.code);
            }
        }
        for indicator in codes.into_iter().filter_map(indicator) {
            let sum = if indicator.additive { "可相加" } else { "去重" };
            let words =
                [table.name, indicator.label, indicator.code, indicator.measure.label(), indicator.kind.label(), sum, indicator.definition];
            for (at, word) in (0..).zip(words) {
                sheet.write_string_with_format(row, at, word, &style.text)?;
            }
            row += 1;
        }
    }
    Ok(())
}
