//! A blank drawn from a task's tables, in the look of an official form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Formula, Workbook, Worksheet, XlsxError,
};

use super::cells::Cells;
use super::plan::{Piece, Plan, Side, Style, letters};
use crate::error::{Error, Refusal, Result};
use crate::report::task::{Block, Column, Holds, Kind, Place, Table, Task};
use crate::sheet::place::column_name;
use crate::sheet::write::filled;

/// The name of the sheet that holds lists too long for a cell's own.
const CHOICES: &str = "选项";
/// The font of official forms that every Chinese PC has.
const FONT: &str = "宋体";
/// About how many characters an upright A4 page takes across.
const UPRIGHT: f64 = 100.0;

/// Gives a task's blank: the one in its package, or one drawn from its tables. Refuses a blank that is no base64, and tables
/// that no sheet can hold.
pub fn blank(task: &Task) -> Result<Vec<u8>> {
    match &task.blank {
        Some(text) => {
            let solid: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            STANDARD.decode(solid).map_err(|_| {
                Error::Sheet(Refusal::new(
                    format!("任务“{}”里的空白表已损坏，无法读出。", task.title),
                    "请向下发任务的上级工会重新索取任务文件。",
                ))
            })
        }
        None => book(task).map_err(|fault| {
            let message = format!("任务“{}”的空白表画不出来：{fault}。", task.title);
            Error::Sheet(Refusal::new(message, "请检查任务里工作表的名称和格子的位置。"))
        }),
    }
}

fn book(task: &Task) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // The same task gives the same bytes, whenever it is drawn.
    let made = ExcelDateTime::from_ymd(2020, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(&task.title).set_creation_datetime(&made));
    let mut lists = Lists::default();
    for table in &task.tables {
        let page = book.add_worksheet().set_name(&table.sheet)?;
        let plan = Plan::of(task, table);
        plan.pieces.iter().try_for_each(|piece| put(page, piece))?;
        cells(page, task, table, &plan)?;
        if let Some(block) = &table.block {
            rows(page, task, block, &mut lists)?;
        }
        setup(page, &plan)?;
    }
    lists.write(&mut book)?;
    book.save_to_buffer()
}

fn base() -> Format {
    Format::new().set_font_name(FONT).set_font_size(11).set_align(FormatAlign::VerticalCenter)
}

fn look(style: Style) -> Format {
    let side = |side| match side {
        Side::Left => FormatAlign::Left,
        Side::Centre => FormatAlign::Center,
        Side::Right => FormatAlign::Right,
    };
    let framed = || base().set_border(FormatBorder::Thin).set_text_wrap();
    match style {
        Style::Number => base().set_align(FormatAlign::Right),
        Style::Title => base().set_font_size(18).set_bold().set_align(FormatAlign::Center),
        Style::Line(at) => base().set_align(side(at)),
        Style::Heading => framed().set_bold().set_align(FormatAlign::Center),
        Style::Label => framed().set_align(FormatAlign::Left).set_indent(1),
        Style::Middle => framed().set_align(FormatAlign::Center),
        Style::Note => base().set_font_size(10).set_text_wrap().set_align(FormatAlign::Left).set_align(FormatAlign::Top),
        Style::Aside => base().set_align(FormatAlign::Left),
    }
}

fn put(page: &mut Worksheet, piece: &Piece) -> Result<(), XlsxError> {
    let (first, last, format) = (piece.area.first, piece.area.last, look(piece.style));
    if first == last {
        page.write_string_with_format(first.row - 1, first.column - 1, &piece.text, &format)?;
    } else {
        page.merge_range(first.row - 1, first.column - 1, last.row - 1, last.column - 1, &piece.text, &format)?;
    }
    let lines = piece.text.lines().map(|line| 1.0 + (letters(line) / 84.0).floor()).sum::<f64>();
    let height = match piece.style {
        Style::Title => 36.0,
        Style::Heading | Style::Line(_) | Style::Aside => 24.0,
        Style::Note => 15.0 * lines + 4.0,
        Style::Label | Style::Middle | Style::Number => 22.0,
    };
    if first.row == last.row {
        page.set_row_height(first.row - 1, height)?;
    }
    Ok(())
}

fn value_format(kind: Kind) -> Format {
    let format = base().set_border(FormatBorder::Thin);
    match kind {
        Kind::Count | Kind::Distinct => format.set_num_format("#,##0").set_align(FormatAlign::Right).set_indent(1),
        Kind::Minutes => format.set_num_format("#,##0.0").set_align(FormatAlign::Right).set_indent(1),
        Kind::Money | Kind::Rate => format.set_num_format("#,##0.00").set_align(FormatAlign::Right).set_indent(1),
        Kind::Text => format.set_num_format("@").set_text_wrap().set_align(FormatAlign::Left),
    }
}

fn cells(page: &mut Worksheet, task: &Task, table: &Table, plan: &Plan) -> Result<(), XlsxError> {
    for cell in &table.cells {
        let (row, column) = (cell.at.row - 1, cell.at.column - 1);
        match &cell.holds {
            Holds::Fact(_) => page.write_blank(row, column, &base().set_num_format("@").set_border_bottom(FormatBorder::Thin))?,
            Holds::Formula(text) if computes(task, text, cell.kind) => {
                page.write_formula_with_format(row, column, formula(text), &value_format(cell.kind))?
            }
            _ => match plan.wide.get(&cell.at).filter(|last| **last > cell.at.column) {
                Some(last) => page.merge_range(row, column, row, last - 1, "", &value_format(cell.kind))?,
                None => page.write_blank(row, column, &value_format(cell.kind))?,
            },
        };
    }
    let grid = Cells::of(table);
    grid.rows.keys().try_for_each(|row| page.set_row_height(row - 1, 22).map(drop))
}

fn rows(page: &mut Worksheet, task: &Task, block: &Block, lists: &mut Lists) -> Result<(), XlsxError> {
    let last = block.first_row + block.reserved.max(1) - 1;
    for column in &block.columns {
        let Some(number) = Place::column(&column.at).map(|number| number - 1) else { continue };
        let format = value_format(column.kind);
        let format = if column.holds == Holds::Number { format.set_num_format("0").set_align(FormatAlign::Center) } else { format };
        for row in block.first_row..=last {
            match &column.holds {
                Holds::Formula(text) if computes(task, text, column.kind) => {
                    let text = filled(text, i64::from(row - block.first_row), 0);
                    page.write_formula_with_format(row - 1, number, formula(&text), &format)?
                }
                _ => page.write_blank(row - 1, number, &format)?,
            };
        }
        if !column.values.is_empty() {
            page.add_data_validation(block.first_row - 1, number, last - 1, number, &lists.of(column)?)?;
        }
    }
    (block.first_row..=last).try_for_each(|row| page.set_row_height(row - 1, 20).map(drop))
}

fn formula(text: &str) -> Formula {
    Formula::new(text).set_result("")
}

/// Says whether a spreadsheet can compute a formula itself: totals of distinct people it cannot, nor what refers to other returns.
fn computes(task: &Task, text: &str, kind: Kind) -> bool {
    let mut foreign = text.split('!').rev().skip(1).map(|before| {
        let name = before.strip_suffix('\'').map_or_else(
            || before.rsplit(|letter: char| !letter.is_alphanumeric() && letter != '_' && letter != '.').next().unwrap_or_default(),
            |quoted| quoted.rsplit('\'').next().unwrap_or_default(),
        );
        task.table(name).is_none()
    });
    kind != Kind::Distinct && !foreign.any(|foreign| foreign)
}

/// Drop-down lists that are too long for a cell's own, a column each on a hidden sheet.
#[derive(Default)]
struct Lists {
    columns: Vec<Vec<String>>,
}

impl Lists {
    fn of(&mut self, column: &Column) -> Result<DataValidation, XlsxError> {
        let mut spellings: Vec<String> = Vec::new();
        column.values.iter().filter(|(_, word)| !word.is_empty()).for_each(|(_, word)| {
            if !spellings.contains(word) {
                spellings.push(word.clone());
            }
        });
        let length = spellings.iter().map(|word| word.encode_utf16().count() + 1).sum::<usize>();
        if length <= 255 && !spellings.iter().any(|word| word.contains([',', '"'])) {
            return DataValidation::new().allow_list_strings(&spellings);
        }
        let count = spellings.len();
        self.columns.push(spellings);
        let letters = column_name(u16::try_from(self.columns.len()).unwrap_or(u16::MAX));
        Ok(DataValidation::new().allow_list_formula(Formula::new(format!("={CHOICES}!${letters}$1:${letters}${count}"))))
    }

    fn write(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        if self.columns.is_empty() {
            return Ok(());
        }
        let page = book.add_worksheet().set_name(CHOICES)?.set_hidden(true);
        for (number, words) in (0..).zip(&self.columns) {
            for (row, word) in (0..).zip(words) {
                page.write_string(row, number, word)?;
            }
        }
        Ok(())
    }
}

fn setup(page: &mut Worksheet, plan: &Plan) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(&plan.widths) {
        page.set_column_width(column, *width)?;
    }
    if let Some((top, last)) = plan.heading {
        page.set_repeat_rows(top - 1, last - 1)?;
        page.set_freeze_panes(last, 0)?;
    }
    page.set_paper_size(9).set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    page.set_margins(0.6, 0.6, 0.75, 0.75, 0.3, 0.3).set_footer("&C第 &P 页，共 &N 页").set_screen_gridlines(false);
    if plan.widths.iter().sum::<f64>() > UPRIGHT {
        page.set_landscape();
    }
    Ok(())
}
