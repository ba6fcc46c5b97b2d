//! A row of a sheet on its way to a record.

use std::collections::HashMap;

use crate::error::Faults;
use crate::record::{Cell, Field, Kind, Value, has_lines, parse};
use crate::sheet::layout::LayoutColumn;
use crate::sheet::normal;
use crate::sheet::read::{CellValue, Row};
use crate::text;

/// A column that a sheet may have for a kind of record.
#[derive(Debug, Clone)]
pub struct Column {
    /// The field's name.
    pub name: &'static str,
    /// The field's label, the heading where no layout says otherwise.
    pub label: &'static str,
    /// Other headings.
    pub aliases: &'static [&'static str],
    /// What it holds.
    pub kind: Kind,
    /// Whether it may not be empty.
    pub required: bool,
    /// Whether what is in it is masked when it is told of.
    pub secret: bool,
    /// Whether its text may have several lines.
    pub lines: bool,
}

impl Column {
    /// The column of a record's field. What is filled in where the sheet says nothing may be lacking: the moment of entry, a no, the
    /// first entry of a code list.
    pub fn of(field: &'static Field) -> Self {
        let Field { name, label, kind, secret, .. } = *field;
        let required = field.required && !matches!(kind, Kind::Entered | Kind::Bool | Kind::Code(_));
        Self { required, secret, lines: has_lines(field.max), ..Self::named(name, label, kind) }
    }

    /// A column of no field's: a key, a count, what happened.
    pub fn named(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self { name, label, aliases: &[], kind, required: false, secret: false, lines: false }
    }

    /// Adds other headings.
    pub fn called(mut self, aliases: &'static [&'static str]) -> Self {
        self.aliases = aliases;
        self
    }
}

/// A row as read: its cells by column, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The row's number in the sheet.
    pub row: u32,
    /// What each column of the intake holds; nothing where the sheet has none.
    pub cells: Vec<Cell>,
    /// Columns whose text stood in the sheet as a number.
    pub numeric: Vec<bool>,
    /// The row behind in its stored form, where a [`super::Tidier`] could give it one.
    pub tidy: Option<Vec<Cell>>,
    /// What is wrong.
    pub faults: Faults,
}

impl Draft {
    /// The text in a column.
    pub fn text(&self, column: usize) -> Option<&str> {
        self.cells.get(column).and_then(Cell::text)
    }

    /// Says whether something stands in a column.
    pub fn has(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|cell| !cell.is_null())
    }
}

/// Turns rows into drafts: remembers the mapping, and what each drop-down's texts stand for.
pub struct Drafter {
    columns: Vec<Column>,
    /// For each column of the sheet (from 0) the one of the intake that it holds.
    holds: Vec<Option<usize>>,
    layout: Vec<Option<LayoutColumn>>,
    known: Vec<HashMap<String, Result<Cell, String>>>,
}

impl Drafter {
    /// Reads the given columns from their places in the sheet; a layout's drop-downs are understood to the letter.
    pub fn new(columns: Vec<Column>, places: &[Option<u16>], layout: impl Fn(&str) -> Option<LayoutColumn>) -> Self {
        let layout = columns.iter().map(|column| layout(column.name)).collect();
        let known = columns.iter().map(|_| HashMap::new()).collect();
        let last = places.iter().flatten().max().copied().unwrap_or(0);
        let holds = (1..=last).map(|place| places.iter().position(|column| *column == Some(place))).collect();
        Self { columns, holds, layout, known }
    }

    /// Reads a row; `None` where no mapped column holds anything.
    pub fn draft(&mut self, row: &Row<'_>) -> Option<Draft> {
        let count = self.columns.len();
        let mut draft = Draft { row: row.number, cells: vec![Cell::Null; count], numeric: vec![false; count], ..Draft::default() };
        let mut any = false;
        for cell in row.cells() {
            // A column of a sheet that somebody spoilt may be none.
            let place = usize::from(cell.column).checked_sub(1);
            if let Some(at) = place.and_then(|place| self.holds.get(place).copied().flatten()) {
                any |= self.read(at, cell.value, &mut draft);
            }
        }
        any.then_some(draft)
    }

    fn read(&mut self, at: usize, value: CellValue<'_>, draft: &mut Draft) -> bool {
        let Some(column) = self.columns.get(at) else { return false };
        let (name, label) = (column.name, column.label);
        match readable(value, column.kind).and_then(|()| self.cell(at, value)) {
            Ok(Cell::Null) => return false,
            Ok(cell) => {
                if let (Some(place), Some(numeric)) = (draft.cells.get_mut(at), draft.numeric.get_mut(at)) {
                    (*place, *numeric) = (cell, matches!(value, CellValue::Number { .. }));
                }
            }
            Err((message, hint)) => draft.faults.error(name, label, message, hint),
        }
        true
    }

    fn cell(&mut self, at: usize, value: CellValue<'_>) -> Result<Cell, (String, String)> {
        let (kind, lines) = self.columns.get(at).map_or((Kind::Text, false), |column| (column.kind, column.lines));
        let again = || "请改正后重新导入".to_owned();
        if kind == Kind::Day {
            return match normal::date(&value) {
                Some(day) => Ok(day.date.to_cell()),
                None if value.text().trim().is_empty() => Ok(Cell::Null),
                None => Err((format!("“{}”不是有效的日期", value.text().trim()), "请写成 2026/01/31 这样的日期".into())),
            };
        }
        let written = value.text();
        let text = if lines { text::lines(&written) } else { text::line(&written) };
        if text.is_empty() {
            return Ok(Cell::Null);
        }
        match kind {
            Kind::Text | Kind::Ref(_) => Ok(Cell::Text(text.into_owned())),
            Kind::Code(_) | Kind::Term(_) | Kind::Terms(_) | Kind::Bool => {
                self.listed(at, kind, &text).map_err(|message| (message, again()))
            }
            _ => parse(kind, &text).map_err(|message| (message, again())),
        }
    }

    /// Few different texts stand in a drop-down's column, so each is looked up once.
    fn listed(&mut self, at: usize, kind: Kind, text: &str) -> Result<Cell, String> {
        if let Some(found) = self.known.get(at).and_then(|known| known.get(text)) {
            return found.clone();
        }
        let code = self.layout.get(at).and_then(Option::as_ref).and_then(|column| column.code(text));
        let found = parse(kind, code.unwrap_or(text));
        if let Some(known) = self.known.get_mut(at).filter(|known| known.len() < 4096) {
            known.insert(text.to_owned(), found.clone());
        }
        found
    }
}

/// Refuses a cell whose content the spreadsheet has lost.
fn readable(value: CellValue<'_>, kind: Kind) -> Result<(), (String, String)> {
    match value {
        CellValue::Error(error) => Err((format!("公式出错（{error}）"), "请在表里改正公式，或粘贴为数值".into())),
        CellValue::Uncomputed => Err(("公式的结果没有保存".into(), "请用 Excel 或 WPS 打开，重新计算并保存".into())),
        CellValue::Garbled => Err(("有无法识别的字符".into(), "请按正确的编码另存（建议 UTF-8）后再导入".into())),
        value if matches!(kind, Kind::Text) && value.digits_lost() => {
            Err(("数字超过 15 位，末几位已被表格软件改成 0，无法恢复".into(), "请把这一列设成“文本”格式，重新填写".into()))
        }
        _ => Ok(()),
    }
}
