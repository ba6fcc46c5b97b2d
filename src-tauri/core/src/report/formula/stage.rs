//! Values laid out for the engine: only what some formula speaks of, row by row as the return has it.

use std::collections::{BTreeMap, HashMap};

use ironcalc_base::expressions::parser::Node;
use ironcalc_base::expressions::token::Error;

use super::engine::{At, Engine};
use super::extent::{Extent, placed};
use super::outcome::Outcome;
use super::parse::{Area, Row};
use crate::report::task::{Kind, Line, Place, Sheet};

/// The rows of a block in the order in which they are laid out; none where this return has no such row.
pub(super) type Lines<'v> = Vec<Option<&'v Line>>;

/// An engine with its formulas, and how much room the values last put there took.
pub(super) struct Stage {
    engine: Engine,
    wanted: Vec<Wanted>,
    lines: Vec<Option<u32>>,
    shifts: Vec<u32>,
    kept: Vec<Kept>,
}

/// What has to be put into a sheet.
#[derive(Default, Clone)]
struct Wanted {
    cells: BTreeMap<Place, Kind>,
    columns: BTreeMap<u16, (usize, Kind)>,
}

struct Kept {
    sheet: usize,
    number: usize,
    node: Node,
    moves: bool,
}

impl Stage {
    /// A stage for so many sheets of values, and so many more that only hold formulas.
    pub(super) fn new(sheets: usize, more: usize) -> Result<Self, String> {
        let engine = Engine::new(sheets + more)?;
        Ok(Self { engine, wanted: vec![Wanted::default(); sheets], lines: vec![None; sheets], shifts: vec![0; sheets], kept: Vec::new() })
    }

    /// Notes that a formula in row `own` speaks of an area.
    pub(super) fn want(&mut self, extents: &[Extent], area: Area, own: u32) {
        let Some(extent) = extents.get(area.sheet % extents.len().max(1)) else { return };
        let Some(wanted) = self.wanted.get_mut(area.sheet) else { return };
        wanted.cells.extend(extent.cells_in(area, own).map(|(at, known)| (at, known.kind)));
        wanted.columns.extend(extent.columns_in(area, own).map(|(column, (at, known))| (column, (*at, known.kind))));
    }

    /// Keeps a formula for a sheet; gives its number among all.
    pub(super) fn keep(&mut self, sheet: usize, node: &Node, areas: &[Area], extents: &[Extent]) -> Option<usize> {
        let number = self.engine.keep(sheet, node.clone())?;
        let moves = areas.iter().any(|area| extents.get(area.sheet % extents.len().max(1)).is_some_and(|extent| extent.moves(*area)));
        self.kept.push(Kept { sheet, number, node: node.clone(), moves });
        // What is clipped at the sheet's end must be so from the start.
        self.engine.replace(sheet, number, placed(node, extents, &self.shifts));
        Some(self.kept.len() - 1)
    }

    /// Whether anything of a sheet is spoken of.
    pub(super) fn wants(&self, sheet: usize) -> bool {
        self.wanted.get(sheet).is_some_and(|wanted| !wanted.cells.is_empty() || !wanted.columns.is_empty())
    }

    /// Begins a return.
    pub(super) fn begin(&mut self) {
        self.engine.refresh();
    }

    /// Puts a sheet's values; says whether it has another number of rows than the one before.
    pub(super) fn load(&mut self, extents: &[Extent], sheet: usize, values: Option<&Sheet>, lines: &Lines<'_>) -> bool {
        let Some(extent) = extents.get(sheet % extents.len().max(1)) else { return false };
        let count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        let resized = self.lines.get(sheet).is_some_and(|before| *before != Some(count));
        if resized {
            self.engine.clear(sheet);
            self.lines.get_mut(sheet).into_iter().for_each(|lines| *lines = Some(count));
            self.shifts.get_mut(sheet).into_iter().for_each(|shift| *shift = extent.shift(count));
        }
        let shift = self.shift(sheet);
        let Some(wanted) = self.wanted.get(sheet) else { return resized };
        for (place, kind) in &wanted.cells {
            let value = values.and_then(|values| values.cells.get(place));
            self.engine.put(At { sheet, row: extent.shifted(place.row, shift), column: place.column }, *kind, value);
        }
        let Some(block) = extent.block.as_ref().filter(|_| !wanted.columns.is_empty()) else { return resized };
        for (line, row) in lines.iter().zip(block.first..) {
            for (column, (index, kind)) in &wanted.columns {
                self.engine.put(At { sheet, row, column: *column }, *kind, line.and_then(|line| line.values.get(*index)));
            }
        }
        resized
    }

    /// Moves the formulas to where their cells now lie.
    pub(super) fn settle(&mut self, extents: &[Extent]) {
        for kept in self.kept.iter().filter(|kept| kept.moves) {
            self.engine.replace(kept.sheet, kept.number, placed(&kept.node, extents, &self.shifts));
        }
    }

    /// Empties a sheet that only holds formulas.
    pub(super) fn clear(&mut self, sheet: usize) {
        self.engine.clear(sheet);
    }

    /// Puts a formula into a cell.
    pub(super) fn run(&mut self, at: At, formula: usize) {
        let number = self.kept.get(formula).map(|kept| kept.number);
        number.into_iter().for_each(|number| self.engine.run(at, number));
    }

    /// Puts an error into a cell.
    pub(super) fn fail(&mut self, at: At, error: Error) {
        self.engine.fail(at, error);
    }

    /// Runs all formulas.
    pub(super) fn evaluate(&mut self) {
        self.engine.evaluate();
    }

    /// What stands in a cell.
    pub(super) fn read(&self, at: At) -> Outcome {
        self.engine.read(at)
    }

    fn shift(&self, sheet: usize) -> u32 {
        self.shifts.get(sheet).copied().unwrap_or_default()
    }

    /// Where a row of a sheet lies now, for a formula in row `own`.
    pub(super) fn row(&self, extents: &[Extent], sheet: usize, row: Row, own: u32) -> u32 {
        let Row::At(at) = row else { return row.from(own) };
        extents.get(sheet % extents.len().max(1)).map_or(at, |extent| extent.shifted(at, self.shift(sheet)))
    }
}

/// Another return's rows in the order of this one's: by key, rows without one in their order; what this one lacks comes last.
pub(super) fn beside<'v>(now: &[Line], other: &'v [Line]) -> Lines<'v> {
    let mut keyed: HashMap<&str, usize> = HashMap::new();
    for (at, line) in other.iter().enumerate().rev().filter(|(_, line)| !line.key.is_empty()) {
        keyed.insert(&line.key, at);
    }
    let mut plain = other.iter().enumerate().filter(|(_, line)| line.key.is_empty()).map(|(at, _)| at);
    let mut used = vec![false; other.len()];
    let mut laid: Lines<'v> = Vec::with_capacity(now.len().max(other.len()));
    for line in now {
        let found = if line.key.is_empty() { plain.next() } else { keyed.remove(line.key.as_str()) };
        found.and_then(|at| used.get_mut(at)).into_iter().for_each(|used| *used = true);
        laid.push(found.and_then(|at| other.get(at)));
    }
    laid.extend(other.iter().zip(used).filter(|(_, used)| !used).map(|(line, _)| Some(line)));
    laid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_returns_rows_come_in_the_order_of_this_one() {
        let line = |key: &str| Line { key: key.into(), values: Vec::new() };
        let now = ["2", "", "3", "1"].map(line);
        let other = ["1", "2", "", "9", ""].map(line);
        let laid = beside(&now, &other);
        let at = |laid: Option<&Line>| laid.map(|laid| other.iter().position(|line| std::ptr::eq(line, laid)).unwrap());
        let order: Vec<_> = laid.into_iter().map(at).collect();
        assert_eq!(order, [Some(1), Some(2), None, Some(0), Some(3), Some(4)], "by key, then in order, then the rest");
    }
}
