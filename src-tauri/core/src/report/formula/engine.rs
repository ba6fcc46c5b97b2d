//! The spreadsheet engine: cells in, formulas run, outcomes out.

use std::collections::HashMap;
use std::sync::Arc;

use ironcalc_base::Model;
use ironcalc_base::expressions::parser::Node;
use ironcalc_base::expressions::parser::static_analysis::StaticResult;
use ironcalc_base::expressions::parser::stringify::{to_english_string, to_rc_format};
use ironcalc_base::expressions::token::Error;
use ironcalc_base::expressions::types::CellReferenceRC;
use ironcalc_base::types::{Cell, FormulaValue, SheetData, Worksheet};

use super::outcome::Outcome;
use super::parse::engine_sheet;
use crate::report::task::{Kind, Value};

/// How many different texts are kept before they are forgotten and read anew.
const TEXTS: usize = 20_000;

/// A workbook in memory.
pub(super) struct Engine {
    model: Model<'static>,
    texts: HashMap<String, i32>,
}

impl Engine {
    /// An empty workbook with so many sheets.
    pub(super) fn new(sheets: usize) -> Result<Self, String> {
        let mut model = Model::new_empty("report", "en", "UTC", "en")?;
        (1..sheets).for_each(|_| drop(model.new_sheet()));
        Ok(Self { model, texts: HashMap::new() })
    }

    /// Whether a formula gives one value and no list of them.
    pub(super) fn single(&mut self, node: &Node) -> bool {
        let context = CellReferenceRC { sheet: engine_sheet(0), row: 1, column: 1 };
        let text = format!("={}", to_english_string(node, &context));
        let set = self.model.update_cell_with_formula(0, 1, 1, text);
        set.is_ok() && self.sheet(0).and_then(|sheet| sheet.cell(1, 1)).is_some_and(|cell| matches!(&*cell, Cell::CellFormula { .. }))
    }

    /// Keeps a formula for a sheet's cells; gives its number there.
    pub(super) fn keep(&mut self, sheet: usize, node: Node) -> Option<usize> {
        let text = to_rc_format(&node);
        self.sheet_mut(sheet)?.shared_formulas.push(text);
        let kept = self.model.parsed_formulas.get_mut(sheet)?;
        kept.push((Arc::new(node), StaticResult::Scalar));
        Some(kept.len() - 1)
    }

    /// Puts another formula in a kept one's place.
    pub(super) fn replace(&mut self, sheet: usize, formula: usize, node: Node) {
        if let Some(kept) = self.model.parsed_formulas.get_mut(sheet).and_then(|kept| kept.get_mut(formula)) {
            kept.0 = Arc::new(node);
        }
    }

    fn sheet(&self, sheet: usize) -> Option<&Worksheet> {
        self.model.workbook.worksheets.get(sheet)
    }

    fn sheet_mut(&mut self, sheet: usize) -> Option<&mut Worksheet> {
        self.model.workbook.worksheets.get_mut(sheet)
    }

    /// Forgets texts when they are many; the caller puts all values anew afterwards.
    pub(super) fn refresh(&mut self) {
        if self.texts.len() > TEXTS {
            self.texts.clear();
            self.model.workbook.shared_strings.clear();
        }
    }

    /// Empties a sheet; its kept formulas stay known.
    pub(super) fn clear(&mut self, sheet: usize) {
        self.sheet_mut(sheet).into_iter().for_each(|sheet| sheet.sheet_data = SheetData::new());
    }

    /// Puts a value into a cell in the unit that people see; nothing empties the cell.
    pub(super) fn put(&mut self, at: At, kind: Kind, value: Option<&Value>) {
        let cell = match value {
            None | Some(Value::Blank) => Cell::EmptyCell { s: 0 },
            Some(Value::Int(stored)) => Cell::new_number(kind.shown(*stored), 0),
            Some(Value::Text(text)) => Cell::new_string(self.text(text), 0),
        };
        self.set(at, cell);
    }

    /// Puts an error into a cell.
    pub(super) fn fail(&mut self, at: At, error: Error) {
        self.set(at, Cell::new_error(error, 0));
    }

    /// Puts a kept formula into a cell.
    pub(super) fn run(&mut self, at: At, formula: usize) {
        self.set(at, Cell::new_formula(i32::try_from(formula).unwrap_or_default(), 0));
    }

    fn set(&mut self, at: At, cell: Cell) {
        let (row, column) = at.signed();
        if let Some(sheet) = self.sheet_mut(at.sheet) {
            sheet.sheet_data.set_cell(row, column, cell);
        }
    }

    fn text(&mut self, text: &str) -> i32 {
        if let Some(known) = self.texts.get(text) {
            return *known;
        }
        let strings = &mut self.model.workbook.shared_strings;
        let at = i32::try_from(strings.len()).unwrap_or(i32::MAX);
        strings.push(text.to_owned());
        self.texts.insert(text.to_owned(), at);
        at
    }

    /// Runs every formula that stands in a cell.
    pub(super) fn evaluate(&mut self) {
        self.model.evaluate();
    }

    /// What stands in a cell.
    pub(super) fn read(&self, at: At) -> Outcome {
        let (row, column) = at.signed();
        let cell = self.sheet(at.sheet).and_then(|sheet| sheet.sheet_data.cell(row, column));
        let Some(cell) = cell else { return Outcome::Blank };
        match &*cell {
            Cell::EmptyCell { .. } => Outcome::Blank,
            Cell::BooleanCell { v, .. } => Outcome::Truth(*v),
            Cell::NumberCell { v, .. } => Outcome::Number(*v),
            Cell::ErrorCell { ei, .. } => Outcome::Error(ei.clone()),
            Cell::SharedString { si, .. } => self.shared(*si),
            Cell::CellFormula { v, .. } => result(v),
            Cell::ArrayFormula { .. } | Cell::SpillCell { .. } => Outcome::Error(Error::VALUE),
        }
    }

    fn shared(&self, text: i32) -> Outcome {
        let text = usize::try_from(text).ok().and_then(|text| self.model.workbook.shared_strings.get(text));
        text.map_or(Outcome::Blank, |text| Outcome::Text(text.clone()))
    }
}

fn result(value: &FormulaValue) -> Outcome {
    match value {
        FormulaValue::Unevaluated => Outcome::Blank,
        FormulaValue::Boolean(truth) => Outcome::Truth(*truth),
        FormulaValue::Number(number) => Outcome::Number(*number),
        FormulaValue::Text(text) => Outcome::Text(text.clone()),
        FormulaValue::Error { ei, .. } => Outcome::Error(ei.clone()),
    }
}

/// A cell of the workbook in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct At {
    pub(super) sheet: usize,
    pub(super) row: u32,
    pub(super) column: u16,
}

impl At {
    fn signed(self) -> (i32, i32) {
        (i32::try_from(self.row).unwrap_or_default(), i32::from(self.column))
    }
}
