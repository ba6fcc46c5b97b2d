//! Which cells of a sheet a task knows, and where they lie once a return has more rows than the blank reserved.

use std::collections::BTreeMap;

use ironcalc_base::expressions::parser::Node;

use super::parse::{Area, Row, Spanned, children};
use crate::report::task::{Kind, Place, Table};

/// What a task knows of one table.
#[derive(Debug, Clone)]
pub(super) struct Extent {
    pub(super) sheet: String,
    /// Single cells, with what they are called and counted in.
    pub(super) cells: BTreeMap<Place, Known>,
    pub(super) block: Option<Rows>,
    right: u16,
    bottom: u32,
}

/// What a cell or column is.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) label: String,
    pub(super) kind: Kind,
}

/// The rows of a block.
#[derive(Debug, Clone)]
pub(super) struct Rows {
    pub(super) first: u32,
    /// The row after the last that the blank reserved.
    pub(super) end: u32,
    /// By column number: its place in a line, and what it is.
    pub(super) columns: BTreeMap<u16, (usize, Known)>,
}

impl Extent {
    /// Reads a table.
    pub(super) fn of(table: &Table) -> Self {
        let known = |label: &String, kind| Known { label: label.clone(), kind };
        let cells: BTreeMap<_, _> = table.cells.iter().map(|cell| (cell.at, known(&cell.label, cell.kind))).collect();
        let block = table.block.as_ref().map(|block| Rows {
            first: block.first_row,
            end: block.first_row.saturating_add(block.reserved.max(1)),
            columns: block
                .columns
                .iter()
                .enumerate()
                .filter_map(|(at, column)| Some((Place::column(&column.at)?, (at, known(&column.label, column.kind)))))
                .collect(),
        });
        let columns = block.iter().flat_map(|block| block.columns.keys().copied());
        let right = cells.keys().map(|at| at.column).chain(columns).max().unwrap_or(1);
        let bottom = cells.keys().map(|at| at.row).chain(block.iter().map(|block| block.end - 1)).max().unwrap_or(1);
        Self { sheet: table.sheet.clone(), cells, block, right, bottom }
    }

    /// An area as people write it, for a formula that stands in row `own`.
    pub(super) fn name(&self, area: Area, own: u32) -> String {
        let corner = |column, row: Row| Place::new(column, row.from(own)).to_string();
        let (first, last) = (corner(area.left, area.top), corner(area.right, area.bottom));
        if first == last { format!("{}!{first}", self.sheet) } else { format!("{}!{first}:{last}", self.sheet) }
    }

    /// Whether a row lies among those that the blank reserved for the block.
    pub(super) fn row_in_block(&self, row: u32) -> bool {
        self.block.as_ref().is_some_and(|block| (block.first..block.end).contains(&row))
    }

    /// Whether the task gives any cell of an area a value.
    pub(super) fn knows(&self, area: Area, own: u32) -> bool {
        self.cells_in(area, own).next().is_some() || self.columns_in(area, own).next().is_some()
    }

    /// The single cells in an area.
    pub(super) fn cells_in(&self, area: Area, own: u32) -> impl Iterator<Item = (Place, &Known)> {
        let (top, bottom) = self.ends(area, own);
        let rows = self.cells.range(Place::new(0, top)..=Place::new(u16::MAX, bottom));
        rows.filter(move |(at, _)| (area.left..=area.right).contains(&at.column)).map(|(at, known)| (*at, known))
    }

    /// The block's columns in an area, by number.
    pub(super) fn columns_in(&self, area: Area, own: u32) -> impl Iterator<Item = (u16, &(usize, Known))> {
        let (top, bottom) = self.ends(area, own);
        let block = self.block.as_ref().filter(|block| top < block.end && bottom >= block.first);
        let columns = block.into_iter().flat_map(move |block| block.columns.range(area.left..=area.right.max(area.left)));
        columns.map(|(column, known)| (*column, known))
    }

    /// The first and the last row of an area as the blank numbers them; a row that goes down with the block stays within it.
    fn ends(&self, area: Area, own: u32) -> (u32, u32) {
        let last = self.block.as_ref().map_or(u32::MAX, |block| block.end - 1);
        let [top, bottom] = [area.top, area.bottom].map(|row| match row {
            Row::At(row) => row,
            Row::Off(_) => row.from(own).min(last),
        });
        (top.min(bottom), top.max(bottom))
    }

    /// How many rows a return with so many lines puts below those that the blank reserved.
    pub(super) fn shift(&self, lines: u32) -> u32 {
        self.block.as_ref().map_or(0, |block| lines.saturating_sub(block.end - block.first))
    }

    /// Where a row of the blank lies then.
    pub(super) fn shifted(&self, row: u32, shift: u32) -> u32 {
        if self.block.as_ref().is_some_and(|block| row >= block.end) { row.saturating_add(shift) } else { row }
    }

    /// Whether an area is another one once the block has grown.
    pub(super) fn moves(&self, area: Area) -> bool {
        let last = self.block.as_ref().map_or(u32::MAX, |block| block.end - 1);
        matches!(area.bottom, Row::At(row) if row >= last)
    }

    /// The area as it lies in a return: below a grown block it moves, over the block's last row it grows, beyond what is known it ends.
    fn placed(&self, area: Area, shift: u32) -> Area {
        let Some(block) = &self.block else { return self.clipped(area, 0) };
        let begins = !matches!(area.top, Row::At(top) if top >= block.end);
        let covers = begins && matches!(area.bottom, Row::At(bottom) if bottom >= block.end - 1);
        let row = |row: Row, grown: bool| match row {
            Row::At(row) if grown => Row::At(row.saturating_add(shift)),
            Row::At(row) => Row::At(self.shifted(row, shift)),
            Row::Off(by) => Row::Off(by),
        };
        self.clipped(Area { top: row(area.top, false), bottom: row(area.bottom, covers), ..area }, shift)
    }

    fn clipped(&self, area: Area, shift: u32) -> Area {
        let end = self.bottom.saturating_add(shift);
        let bottom = if let Row::At(row) = area.bottom { Row::At(row.min(end)) } else { area.bottom };
        Area { bottom, right: area.right.min(self.right).max(area.left), ..area }
    }
}

/// A formula's tree as its cells lie in a return, for the extents and shifts of the sheets.
pub(super) fn placed(node: &Node, extents: &[Extent], shifts: &[u32]) -> Node {
    let mut node = node.clone();
    place(&mut node, extents, shifts);
    node
}

fn place(node: &mut Node, extents: &[Extent], shifts: &[u32]) {
    let Some(mut spanned) = Spanned::of(node) else {
        return children(node).into_iter().for_each(|child| place(child, extents, shifts));
    };
    let area = spanned.area();
    let extent = extents.get(area.sheet % extents.len().max(1));
    if let Some(extent) = extent {
        spanned.set(extent.placed(area, shifts.get(area.sheet).copied().unwrap_or_default()));
    }
}

/// The areas that a settled tree speaks of.
pub(super) fn areas(node: &Node) -> Vec<Area> {
    let mut node = node.clone();
    let mut found = Vec::new();
    gather(&mut node, &mut found);
    found
}

fn gather(node: &mut Node, found: &mut Vec<Area>) {
    match Spanned::of(node).map(|spanned| spanned.area()) {
        Some(area) => found.push(area),
        None => children(node).into_iter().for_each(|child| gather(child, found)),
    }
}
