//! From a formula's text to the engine's tree, with every cell that it speaks of.

use std::collections::HashMap;

use ironcalc_base::expressions::parser::{Node, Parser, new_parser_english};
use ironcalc_base::expressions::types::CellReferenceRC;

use super::extent::Extent;
use super::words::plain;

/// The sheets that a formula may name, each with its full name.
#[derive(Debug, Clone, Default)]
pub(super) struct Names(Vec<(String, String)>);

impl Names {
    /// Names in pairs: as it may be written, and in full.
    pub(super) fn of(mut names: Vec<(String, String)>) -> Self {
        names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
        Self(names)
    }

    /// The full name of what a text begins with, if that is a sheet and a `!`, and what follows.
    pub(super) fn lead<'n, 't>(&'n self, text: &'t str) -> Option<(&'n str, &'t str)> {
        self.0.iter().find_map(|(name, full)| Some((full.as_str(), text.strip_prefix(name.as_str())?.strip_prefix(['!', '！'])?)))
    }

    /// The full name of a sheet.
    pub(super) fn full(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, full)| full.as_str())
    }
}

/// A row that a formula speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Row {
    /// Always the same, as the task's blank numbers it.
    At(u32),
    /// So many below the row that the formula stands in.
    Off(i32),
}

impl Row {
    /// The row for a formula that stands in `own`.
    pub(super) fn from(self, own: u32) -> u32 {
        match self {
            Self::At(row) => row,
            Self::Off(by) => own.saturating_add_signed(by),
        }
    }
}

/// Cells that a formula speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) sheet: usize,
    pub(super) left: u16,
    pub(super) right: u16,
    pub(super) top: Row,
    pub(super) bottom: Row,
}

/// Where a formula stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Home {
    /// The table that bare addresses mean.
    pub(super) table: usize,
    pub(super) row: u32,
    pub(super) column: u16,
    /// Whether it goes down with the rows of the table's block.
    pub(super) fills: bool,
}

/// A formula that was understood.
#[derive(Debug, Clone)]
pub(super) struct Parsed {
    pub(super) node: Node,
    pub(super) areas: Vec<Area>,
}

/// Reads formulas over a task's sheets.
pub(super) struct Reader<'e> {
    parser: Parser<'static>,
    extents: &'e [Extent],
}

impl<'e> Reader<'e> {
    /// A reader over sheets by their full names; each table's extent comes round once for each kind of return.
    pub(super) fn new(sheets: Vec<String>, extents: &'e [Extent]) -> Self {
        Self { parser: new_parser_english(sheets, Vec::new(), HashMap::new()), extents }
    }

    /// Reads one formula; what is wrong with it as half sentences.
    pub(super) fn read(&mut self, formula: &str, names: &Names, home: Home) -> Result<Parsed, Vec<String>> {
        let text = plain(formula, names).map_err(|what| vec![what.to_owned()])?;
        let sheet = self.extents.get(home.table).map(|extent| extent.sheet.clone()).unwrap_or_default();
        let context = CellReferenceRC { sheet, row: i32::try_from(home.row).unwrap_or(1), column: i32::from(home.column) };
        // Within brackets the parser also refuses what is left over behind a whole formula.
        let mut node = self.parser.parse(&format!("({text})"), &context);
        let mut found = Found { extents: self.extents, home, areas: Vec::new(), flaws: Vec::new() };
        found.walk(&mut node);
        if found.flaws.is_empty() { Ok(Parsed { node, areas: found.areas }) } else { Err(found.flaws) }
    }
}

struct Found<'e> {
    extents: &'e [Extent],
    home: Home,
    areas: Vec<Area>,
    flaws: Vec<String>,
}

impl Found<'_> {
    fn walk(&mut self, node: &mut Node) {
        if let Some(what) = refused(node) {
            self.flaws.push(what);
        } else if let Some(mut spanned) = Spanned::of(node) {
            let area = spanned.settle(self.home);
            self.known(area);
            self.areas.push(area);
        } else {
            children(node).into_iter().for_each(|child| self.walk(child));
        }
    }

    fn known(&mut self, area: Area) {
        let Some(extent) = self.extents.get(area.sheet % self.extents.len().max(1)) else { return };
        if [area.top, area.bottom].into_iter().any(|row| matches!(row, Row::Off(_)) && !extent.row_in_block(row.from(self.home.row))) {
            self.flaws.push(format!("引用的 {} 往下填时会错位，行号前请加“$”", extent.name(area, self.home.row)));
        } else if !extent.knows(area, self.home.row) {
            self.flaws.push(format!("引用的 {} 在这项任务里没有内容", extent.name(area, self.home.row)));
        }
    }
}

/// What a formula of a task may not hold.
fn refused(node: &Node) -> Option<String> {
    /// What answers differently every time, or reaches cells that nobody can name beforehand.
    const NEVER: [&str; 11] =
        ["Now", "Today", "Rand", "Randarray", "Randbetween", "Indirect", "Offset", "Hyperlink", "Let", "Cell", "Info"];
    let unknown = |name: &str| Some(format!("看不懂“{name}”"));
    match node {
        Node::ParseErrorKind { formula, .. } => {
            strange(formula).map_or_else(|| Some("公式写得不完整，请检查括号、逗号和引号".into()), |word| unknown(&word))
        }
        Node::WrongReferenceKind { sheet_name, .. } | Node::WrongRangeKind { sheet_name, .. } => {
            Some(format!("没有名为“{}”的工作表", sheet_name.as_deref().unwrap_or_default()))
        }
        Node::NamedFunctionKind { name, .. } => Some(format!("没有函数“{name}”")),
        Node::NamedVariableKind { name, .. } | Node::TableNameKind(name) => unknown(name),
        Node::DefinedNameKind((name, ..)) => unknown(name),
        Node::ErrorKind(error) => unknown(&error.to_string()),
        Node::OpRangeKind { .. } | Node::SpillRangeOperator { .. } => Some("范围请写作 C5:C9".into()),
        Node::LambdaDefKind { .. } | Node::LambdaCallKind { .. } => Some("公式里不能用 LAMBDA".into()),
        Node::FunctionKind { kind, .. } => {
            let name = format!("{kind:?}");
            NEVER.contains(&name.as_str()).then(|| format!("公式里不能用 {}", name.to_uppercase()))
        }
        _ => None,
    }
}

/// The first word outside of quotes that is no cell, number or function: 合计.
fn strange(formula: &str) -> Option<String> {
    let outside = formula.split(['"', '\'']).step_by(2);
    let words = outside.flat_map(|part| part.split(|sign: char| !sign.is_alphanumeric()));
    words.into_iter().find(|word| word.chars().any(|sign| sign.is_alphabetic() && !sign.is_ascii())).map(str::to_owned)
}

/// The parts of a tree.
pub(super) fn children(node: &mut Node) -> Vec<&mut Node> {
    match node {
        Node::OpConcatenateKind { left, right }
        | Node::OpSumKind { left, right, .. }
        | Node::OpProductKind { left, right, .. }
        | Node::OpPowerKind { left, right }
        | Node::OpRangeKind { left, right }
        | Node::CompareKind { left, right, .. } => vec![left, right],
        Node::FunctionKind { args, .. } | Node::NamedFunctionKind { args, .. } => args.iter_mut().collect(),
        Node::ImplicitIntersection { child, .. } | Node::SpillRangeOperator { child } | Node::UnaryKind { right: child, .. } => vec![child],
        _ => Vec::new(),
    }
}

/// The name that the engine gives the sheet with this number.
pub(super) fn engine_sheet(sheet: usize) -> String {
    format!("Sheet{}", sheet + 1)
}

/// One or two corners of a reference in a tree.
pub(super) struct Spanned<'n> {
    sheet: u32,
    name: &'n mut Option<String>,
    corners: Vec<Corner<'n>>,
}

struct Corner<'n> {
    row: &'n mut i32,
    column: &'n mut i32,
    fixed_row: &'n mut bool,
    fixed_column: &'n mut bool,
}

impl<'n> Spanned<'n> {
    /// The reference that a node is.
    pub(super) fn of(node: &'n mut Node) -> Option<Self> {
        match node {
            Node::ReferenceKind { sheet_name: name, sheet_index, absolute_row: fixed_row, absolute_column: fixed_column, row, column } => {
                Some(Self { sheet: *sheet_index, name, corners: vec![Corner { row, column, fixed_row, fixed_column }] })
            }
            Node::RangeKind {
                sheet_name: name,
                sheet_index,
                absolute_row1,
                absolute_column1,
                row1,
                column1,
                absolute_row2,
                absolute_column2,
                row2,
                column2,
            } => {
                let first = Corner { row: row1, column: column1, fixed_row: absolute_row1, fixed_column: absolute_column1 };
                let second = Corner { row: row2, column: column2, fixed_row: absolute_row2, fixed_column: absolute_column2 };
                Some(Self { sheet: *sheet_index, name, corners: vec![first, second] })
            }
            _ => None,
        }
    }

    /// Makes everything absolute but rows that go down with the formula, and says which cells are meant.
    fn settle(&mut self, home: Home) -> Area {
        *self.name = Some(engine_sheet(self.sheet as usize));
        self.corners.iter_mut().for_each(|corner| corner.settle(home));
        self.area()
    }

    /// Which cells are meant.
    pub(super) fn area(&self) -> Area {
        let at = |corner: &Corner<'_>| (corner.place_row(), u16::try_from(*corner.column).unwrap_or_default());
        let first = self.corners.first().map_or((Row::At(0), 0), at);
        let last = self.corners.last().map_or((Row::At(0), 0), at);
        Area { sheet: self.sheet as usize, left: first.1.min(last.1), right: first.1.max(last.1), top: first.0, bottom: last.0 }.upright()
    }

    /// Puts other fixed rows and columns in place of its own.
    pub(super) fn set(&mut self, area: Area) {
        let Area { top, bottom, left, right, .. } = area;
        let places = [(top, left), (bottom, right)];
        for (corner, (row, column)) in self.corners.iter_mut().zip(places) {
            *corner.column = i32::from(column);
            if let Row::At(row) = row {
                *corner.row = i32::try_from(row).unwrap_or(i32::MAX);
            }
        }
    }
}

impl Area {
    /// The same cells with the upper row first, where both rows are fixed.
    fn upright(self) -> Self {
        match (self.top, self.bottom) {
            (Row::At(top), Row::At(bottom)) if top > bottom => Self { top: self.bottom, bottom: self.top, ..self },
            _ => self,
        }
    }
}

impl Corner<'_> {
    fn settle(&mut self, home: Home) {
        if !*self.fixed_column {
            *self.column += i32::from(home.column);
            *self.fixed_column = true;
        }
        if !*self.fixed_row && !home.fills {
            *self.row = self.row.saturating_add_unsigned(home.row);
            *self.fixed_row = true;
        }
    }

    fn place_row(&self) -> Row {
        if *self.fixed_row { Row::At(u32::try_from(*self.row).unwrap_or_default()) } else { Row::Off(*self.row) }
    }
}
