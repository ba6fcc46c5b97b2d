//! Cells and columns that hold a formula.

use ironcalc_base::expressions::parser::Node;
use ironcalc_base::expressions::token::Error;

use super::engine::{At, Engine};
use super::extent::Extent;
use super::parse::{Area, Home, Names, Reader, Row};
use super::stage::{Lines, Stage};
use crate::report::task::{Flaw, Holds, Kind, Place, Task, Value, Values};

/// The formulas that fill cells.
pub(super) struct Computing {
    stage: Stage,
    targets: Vec<Target>,
}

/// A cell or column that a formula fills.
struct Target {
    table: usize,
    fills: Fills,
    kind: Kind,
    formula: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fills {
    Cell(Place),
    /// A block's column by number, and its place in a line.
    Column(u16, usize),
}

/// A formula that gave no value.
pub(super) struct Failure {
    pub(super) at: At,
    pub(super) error: Error,
}

/// A formula as the task writes it.
pub(super) struct Written<'t> {
    pub(super) table: usize,
    fills: Fills,
    kind: Kind,
    text: &'t str,
    home: Home,
    pub(super) place: String,
}

impl Written<'_> {
    /// Whether what it fills lies in an area.
    pub(super) fn within(&self, area: Area, own: u32, extents: &[Extent]) -> bool {
        let Some(extent) = extents.get(self.table).filter(|_| area.sheet == self.table) else { return false };
        match self.fills {
            Fills::Cell(place) => extent.cells_in(area, own).any(|(at, _)| at == place),
            Fills::Column(column, _) => extent.columns_in(area, own).any(|(at, _)| at == column),
        }
    }

    /// The row that it is written for.
    pub(super) fn row(&self) -> u32 {
        self.home.row
    }
}

/// Every formula of a task.
pub(super) fn written(task: &Task) -> Vec<Written<'_>> {
    let mut found = Vec::new();
    for (number, table) in task.tables.iter().enumerate() {
        for cell in &table.cells {
            let Holds::Formula(text) = &cell.holds else { continue };
            let home = Home { table: number, row: cell.at.row, column: cell.at.column, fills: false };
            let place = format!("{}!{}", table.sheet, cell.at);
            found.push(Written { table: number, fills: Fills::Cell(cell.at), kind: cell.kind, text, home, place });
        }
        for (row, at, column) in
            table.block.iter().flat_map(|block| block.columns.iter().enumerate().map(|(at, c)| (block.first_row, at, c)))
        {
            let (Holds::Formula(text), Some(letter)) = (&column.holds, Place::column(&column.at)) else { continue };
            let home = Home { table: number, row, column: letter, fills: true };
            let place = format!("{}!{}列", table.sheet, column.at);
            found.push(Written { table: number, fills: Fills::Column(letter, at), kind: column.kind, text, home, place });
        }
    }
    found
}

impl Computing {
    /// Reads every formula of a task; adds what is wrong with them.
    pub(super) fn of(task: &Task, extents: &[Extent], proof: &mut Engine, flaws: &mut Vec<Flaw>) -> Result<Self, String> {
        let sheets: Vec<_> = extents.iter().map(|extent| extent.sheet.clone()).collect();
        let names = Names::of(sheets.iter().map(|name| (name.clone(), name.clone())).collect());
        let mut reader = Reader::new(sheets, extents);
        let mut made = Self { stage: Stage::new(extents.len(), 0)?, targets: Vec::new() };
        let formulas = written(task);
        let mut edges: Vec<Vec<Area>> = Vec::new();
        for formula in &formulas {
            let areas = match reader.read(formula.text, &names, formula.home) {
                Ok(parsed) if !proof.single(&parsed.node) => Err(vec!["公式给出的不是一个值，而是一串值".to_owned()]),
                Ok(parsed) => {
                    made.add(formula, &parsed.node, &parsed.areas, extents);
                    Ok(parsed.areas)
                }
                Err(what) => Err(what),
            };
            let say = |what: Vec<String>| what.into_iter().map(|what| Flaw { place: formula.place.clone(), what }).collect::<Vec<_>>();
            edges.push(areas.unwrap_or_else(|what| {
                flaws.extend(say(what));
                Vec::new()
            }));
        }
        flaws.extend(super::circle::circles(&formulas, &edges, extents));
        Ok(made)
    }

    fn add(&mut self, formula: &Written<'_>, node: &Node, areas: &[Area], extents: &[Extent]) {
        areas.iter().for_each(|area| self.stage.want(extents, *area, formula.home.row));
        let kept = self.stage.keep(formula.table, node, areas, extents);
        let target = |formula_number| Target { table: formula.table, fills: formula.fills, kind: formula.kind, formula: formula_number };
        self.targets.extend(kept.map(target));
    }

    /// Fills a return's cells and columns that hold a formula; gives those whose formula came to nothing.
    pub(super) fn run(&mut self, extents: &[Extent], values: &mut Values) -> Vec<Failure> {
        if self.targets.is_empty() {
            return Vec::new();
        }
        self.load(extents, values);
        let mut cells: Vec<(At, usize)> = Vec::new();
        for (number, target) in self.targets.iter().enumerate() {
            cells.extend(self.cells(extents, target, values).into_iter().map(|at| (at, number)));
        }
        for (at, number) in &cells {
            let formula = self.targets.get(*number).map(|target| target.formula);
            formula.into_iter().for_each(|formula| self.stage.run(*at, formula));
        }
        self.stage.evaluate();
        cells.into_iter().filter_map(|(at, number)| self.take(extents, at, number, values)).collect()
    }

    fn load(&mut self, extents: &[Extent], values: &Values) {
        self.stage.begin();
        let mut resized = false;
        for (sheet, values) in values.sheets.iter().enumerate().take(extents.len()) {
            let lines: Lines<'_> = values.lines.iter().map(Some).collect();
            resized |= self.stage.load(extents, sheet, Some(values), &lines);
        }
        if resized {
            self.stage.settle(extents);
        }
    }

    /// The cells that a target fills in a return.
    fn cells(&self, extents: &[Extent], target: &Target, values: &Values) -> Vec<At> {
        let sheet = target.table;
        let (Some(extent), Some(own)) = (extents.get(sheet), values.sheets.get(sheet)) else { return Vec::new() };
        match target.fills {
            Fills::Cell(place) => {
                let row = self.stage.row(extents, sheet, Row::At(place.row), 0);
                vec![At { sheet, row, column: place.column }]
            }
            Fills::Column(column, _) => {
                let first = extent.block.as_ref().map_or(0, |block| block.first);
                own.lines.iter().zip(first..).map(|(_, row)| At { sheet, row, column }).collect()
            }
        }
    }

    /// Takes one result over into the values.
    fn take(&self, extents: &[Extent], at: At, number: usize, values: &mut Values) -> Option<Failure> {
        let target = self.targets.get(number)?;
        let sheet = values.sheets.get_mut(target.table)?;
        let (value, error) = match self.stage.read(at).value(target.kind) {
            Ok(value) => (value, None),
            Err(error) => (Value::Blank, Some(error)),
        };
        match target.fills {
            Fills::Cell(place) => drop(sheet.cells.insert(place, value)),
            Fills::Column(_, index) => {
                let first = extents.get(target.table)?.block.as_ref()?.first;
                let line = sheet.lines.get_mut(usize::try_from(at.row.checked_sub(first)?).ok()?)?;
                if line.values.len() <= index {
                    line.values.resize(index + 1, Value::Blank);
                }
                *line.values.get_mut(index)? = value;
            }
        }
        error.map(|error| Failure { at, error })
    }

    /// Which cells came to nothing although a formula fills them, and why.
    pub(super) fn failures(&mut self, extents: &[Extent], values: &Values) -> Vec<Failure> {
        if !self.targets.iter().any(|target| blank(target, values)) {
            return Vec::new();
        }
        self.run(extents, &mut values.clone())
    }
}

/// Whether any cell that a target fills is empty.
fn blank(target: &Target, values: &Values) -> bool {
    let Some(sheet) = values.sheets.get(target.table) else { return false };
    let none = |value: Option<&Value>| matches!(value, None | Some(Value::Blank));
    match target.fills {
        Fills::Cell(place) => none(sheet.cells.get(&place)),
        Fills::Column(_, index) => sheet.lines.iter().any(|line| none(line.values.get(index))),
    }
}
