//! What a drawn form says and where: derived from a table's cells, their labels and their places.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::Cells;
use crate::report::task::{Cell, Fact, Holds, Kind, Place, Table, Task};
use crate::sheet::{Area, CellRef};

/// How a text of the form looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Number,
    Title,
    Line(Side),
    Heading,
    Label,
    Middle,
    Note,
    Aside,
}

/// Where a text stands in its area.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

/// One text of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) area: Area,
    pub(super) text: String,
    pub(super) style: Style,
}

/// A form to be drawn.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) pieces: Vec<Piece>,
    /// The rows of headings, for repeating on each page.
    pub(super) heading: Option<(u32, u32)>,
    pub(super) columns: u16,
    /// The columns' widths, in those of a Latin letter.
    pub(super) widths: Vec<f64>,
    /// Single cells that take all of their row to this column.
    pub(super) wide: BTreeMap<Place, u16>,
    taken: BTreeSet<(u32, u16)>,
}

/// The width that a form has at least, so that its line and title have room.
const NARROW: f64 = 84.0;

/// How wide a text is, in the widths of a Latin letter.
pub(super) fn letters(text: &str) -> f64 {
    text.chars().map(|letter| if letter.is_ascii() { 1.0 } else { 2.0 }).sum()
}

impl Plan {
    pub(super) fn of(task: &Task, table: &Table) -> Self {
        let mut plan = Self { columns: width(table), ..Self::default() };
        plan.taken.extend(table.cells.iter().map(|cell| (cell.at.row, cell.at.column)));
        plan.reserve(table);
        for (area, text) in &table.draw.headings {
            Area::parse(area).into_iter().for_each(|area| plan.put(area, text, Style::Heading));
        }
        let grid = Cells::of(table);
        let top = plan.top(table, &grid);
        plan.heads(table, &grid, top);
        plan.labels(table, &grid);
        plan.dashes(table, &grid);
        plan.widths = plan.measured(table, &grid);
        plan.facts(table, &grid);
        plan.above(task, table, top);
        plan.below(table);
        plan
    }

    /// Keeps the rows of the block free.
    fn reserve(&mut self, table: &Table) {
        if let Some(block) = &table.block {
            let columns = || block.columns.iter().filter_map(|column| Place::column(&column.at));
            let rows = block.first_row..block.first_row + block.reserved.max(1);
            self.taken.extend(rows.flat_map(|row| columns().map(move |column| (row, column))));
        }
    }

    fn put(&mut self, area: Area, text: &str, style: Style) {
        let places = |area: Area| {
            (area.first.row..=area.last.row).flat_map(move |row| (area.first.column..=area.last.column).map(move |column| (row, column)))
        };
        let sound = area.first.row > 0 && !text.is_empty() && places(area).all(|place| !self.taken.contains(&place));
        if sound {
            self.taken.extend(places(area));
            self.columns = self.columns.max(area.last.column);
            self.pieces.push(Piece { area, text: text.to_owned(), style });
        }
    }

    fn cell(&mut self, column: u16, row: u32, text: &str, style: Style) {
        self.put(area(column, row, column, row), text, style);
    }

    /// The first row of headings; 0 where there is no room for any.
    fn top(&self, table: &Table, grid: &Cells<'_>) -> u32 {
        let own = table.draw.headings.iter().filter_map(|(area, _)| Area::parse(area)).map(|area| area.first.row);
        let block = table.block.as_ref().map(|block| block.header_row);
        own.chain(block).chain(grid.first_row().map(|row| row.saturating_sub(1))).min().unwrap_or(1)
    }

    /// Column headings: the block's own, and those of the cells above their first row.
    fn heads(&mut self, table: &Table, grid: &Cells<'_>, top: u32) {
        if let Some(block) = &table.block {
            for column in &block.columns {
                let number = Place::column(&column.at).unwrap_or(0);
                let from = (top..block.header_row).rev().take_while(|row| number > 0 && !self.taken.contains(&(*row, number))).last();
                self.put(area(number, from.unwrap_or(block.header_row), number, block.header_row), &column.label, Style::Heading);
            }
            self.heading = Some((top.max(1), block.header_row));
        }
        let below = |row: u32| table.block.as_ref().is_some_and(|block| row >= block.header_row);
        let Some(row) = grid.first_row().filter(|row| *row > 1).map(|row| row - 1).filter(|row| !below(*row)) else { return };
        let many = grid.columns.len() > 1;
        for column in grid.columns.clone() {
            let text = if many { grid.head(column) } else { "本期数".into() };
            let from = (top..=row).rev().take_while(|row| !self.taken.contains(&(*row, column))).last();
            from.into_iter().for_each(|from| self.put(area(column, from, column, row), &text, Style::Heading));
        }
        let left = self.left(grid);
        for (from, to, text) in [(left.from, left.label, "指标名称"), (left.unit, left.unit, "计量单位"), (left.line, left.line, "行次")]
        {
            if from > 0 && from <= to {
                let begin = (top..=row).rev().take_while(|row| (from..=to).all(|column| !self.taken.contains(&(*row, column)))).last();
                begin.into_iter().for_each(|begin| self.put(area(from, begin, to, row), text, Style::Heading));
            }
        }
        self.heading = self.heading.or(Some((top.max(1), row)));
    }

    /// Which columns to the left of the figures hold what; 0 for none.
    fn left(&self, grid: &Cells<'_>) -> Left {
        let room = grid.columns.first().map_or(0, |first| first - 1);
        let grouped = |column: &u16| grid.rows.keys().any(|row| self.headed(*row, *column));
        let groups = (1..=room).take_while(grouped).count() as u16;
        match room - groups {
            0 => Left::default(),
            1 => Left { from: groups + 1, label: room, unit: 0, line: 0 },
            2 => Left { from: groups + 1, label: room - 1, unit: room, line: 0 },
            _ => Left { from: groups + 1, label: room - 2, unit: room - 1, line: room },
        }
    }

    fn headed(&self, row: u32, column: u16) -> bool {
        self.pieces.iter().any(|piece| piece.style == Style::Heading && piece.area.holds(CellRef::new(column, row)))
    }

    /// Row headings, units and line numbers to the left of the figures.
    fn labels(&mut self, table: &Table, grid: &Cells<'_>) {
        let left = self.left(grid);
        for (number, (row, cells)) in (1..).zip(&grid.rows) {
            if table.block.as_ref().is_some_and(|block| *row >= block.first_row) {
                let first = cells.first().map_or(1, |cell| cell.at.column);
                if first > 1 {
                    self.put(area(1, *row, first - 1, *row), &grid.label(*row), Style::Label);
                }
                continue;
            }
            let begin = (1..left.from).find(|column| !self.headed(*row, *column)).unwrap_or(left.from);
            let label = grid.label(*row);
            let many = cells.iter().any(|cell| cell.kind != Kind::Distinct);
            let label = if many || label.contains("去重") { label } else { format!("{label}（去重）") };
            if left.label > 0 {
                let free = (begin..=left.label).find(|column| !self.taken.contains(&(*row, *column)));
                free.into_iter().for_each(|from| self.put(area(from, *row, left.label, *row), &label, Style::Label));
            }
            if left.unit > 0 {
                self.cell(left.unit, *row, &unit(table, *row, cells), Style::Middle);
            }
            if left.line > 0 {
                self.cell(left.line, *row, &number.to_string(), Style::Middle);
            }
        }
    }

    /// Places of the grid that hold nothing are struck out; a text alone in its row has all of the row to the right.
    fn dashes(&mut self, table: &Table, grid: &Cells<'_>) {
        let (Some(from), Some(to)) = (grid.columns.first(), grid.columns.last()) else { return };
        let above = |row: u32| table.block.as_ref().is_none_or(|block| row < block.header_row);
        for (row, cells) in grid.rows.iter().filter(|(row, _)| above(**row)) {
            if let [only] = cells.as_slice()
                && only.kind == Kind::Text
                && (only.at.column + 1..=*to).all(|column| !self.taken.contains(&(*row, column)))
            {
                self.wide.insert(only.at, *to);
                self.taken.extend((only.at.column..=*to).map(|column| (*row, column)));
            }
            (*from..=*to).for_each(|column| self.cell(column, *row, "—", Style::Middle));
        }
    }

    /// The columns' widths: as what stands in them alone needs, and the first one more where the form is narrow.
    fn measured(&self, table: &Table, grid: &Cells<'_>) -> Vec<f64> {
        let label = self.left(grid).label;
        let width = |column: u16| {
            let alone = self.pieces.iter().filter(|piece| piece.area.first.column == column && piece.area.last.column == column);
            let needs = alone.map(|piece| match piece.style {
                Style::Heading => (letters(&piece.text) + 2.0).min(16.0),
                Style::Label | Style::Line(_) | Style::Middle => letters(&piece.text) + 3.0,
                Style::Number | Style::Title | Style::Note | Style::Aside => 0.0,
            });
            let block = table.block.iter().flat_map(|block| &block.columns).find(|known| Place::column(&known.at) == Some(column));
            let least = match block {
                Some(known) if known.holds == Holds::Number => 6.0,
                Some(known) if known.kind == Kind::Text => 16.0,
                Some(_) => 11.0,
                None if grid.columns.contains(&column) => 13.0,
                None if column == label => 28.0,
                None => 7.0,
            };
            needs.fold(least, f64::max).min(46.0)
        };
        let mut widths: Vec<f64> = (1..=self.columns).map(width).collect();
        let more = (NARROW - widths.iter().sum::<f64>()).max(0.0);
        let first = grid.columns.first().map_or(0, |first| usize::from(first - 1));
        let shared = widths.len().saturating_sub(first).max(1) as f64;
        widths.iter_mut().skip(first).for_each(|width| *width += more / shared);
        widths
    }

    /// The last column that lies within a part of the form's width.
    fn reaches(&self, part: f64) -> u16 {
        let all: f64 = self.widths.iter().sum();
        let mut sum = 0.0;
        let within = self.widths.iter().take_while(|width| {
            sum += **width;
            sum <= all * part + 6.0
        });
        u16::try_from(within.count()).unwrap_or(1)
    }

    /// What a fact is called, to the left of its cell.
    fn facts(&mut self, table: &Table, grid: &Cells<'_>) {
        for cell in table.cells.iter().filter(|cell| cell.at.column > 1 && !grid.holds(cell)) {
            self.cell(
                cell.at.column - 1,
                cell.at.row,
                &format!("{}：", cell.label.trim_end_matches(['：', ':'])),
                Style::Line(Side::Right),
            );
        }
    }

    /// The form's number, its title, and the line that says whose it is, of which period, counted in what.
    fn above(&mut self, task: &Task, table: &Table, top: u32) {
        let last = self.columns;
        let line = top.saturating_sub(1);
        let title = if table.draw.title.is_empty() { title(task) } else { table.draw.title.clone() };
        let numbered = !table.draw.number.is_empty() && line > 2;
        if numbered {
            self.put(area(1, 1, last, 1), &table.draw.number, Style::Number);
        }
        let row = if numbered { 2 } else { 1 };
        if row < top {
            self.put(area(1, row, last, row), &title, Style::Title);
        }
        let free = |plan: &Self| (1..=last).all(|column| !plan.taken.contains(&(line, column)));
        if line > row && free(self) {
            self.line(table, line);
        }
    }

    fn line(&mut self, table: &Table, row: u32) {
        let known = |fact: Fact| table.cells.iter().any(|cell| cell.holds == Holds::Fact(fact));
        let unit = if known(Fact::Unit) { "" } else { "填报单位：" };
        let period = if known(Fact::Period) || known(Fact::Until) { "" } else { "报告期：" };
        let counted = unit_of_all(table);
        let counted = if counted.is_empty() { String::new() } else { format!("计量单位：{counted}") };
        let last = self.columns;
        match last {
            1 => self.cell(1, row, &[unit, period, &counted].join("　　　　　　"), Style::Line(Side::Left)),
            2 => {
                self.cell(1, row, unit, Style::Line(Side::Left));
                self.cell(2, row, &format!("{period}　　　　{counted}"), Style::Line(Side::Right));
            }
            _ => {
                let first = self.reaches(0.45).clamp(1, last - 2);
                let second = self.reaches(0.75).clamp(first + 1, last - 1);
                self.put(area(1, row, first, row), unit, Style::Line(Side::Left));
                self.put(area(first + 1, row, second, row), period, Style::Line(Side::Centre));
                self.put(area(second + 1, row, last, row), &counted, Style::Line(Side::Right));
            }
        }
    }

    /// The notes, and the line that is signed.
    fn below(&mut self, table: &Table) {
        let last = self.columns;
        let block = table.block.as_ref();
        let data = block.map_or(0, |block| block.first_row + block.reserved.max(1) - 1);
        if let Some(note) = block.and_then(|block| block.note_row) {
            let text = if table.draw.notes.is_empty() {
                "说明：一行填一条，行数不够时可以加行。".into()
            } else {
                table.draw.notes.join("\n")
            };
            self.put(area(1, note, last, note), &text, Style::Note);
        }
        let taken = self.taken.iter().next_back().map_or(0, |(row, _)| *row);
        let mut row = taken.max(data) + 1;
        if block.is_none_or(|block| block.note_row.is_none()) {
            for note in &table.draw.notes {
                self.put(area(1, row, last, row), note, Style::Note);
                row += 1;
            }
        }
        let signed = [Fact::Head, Fact::Clerk, Fact::Day];
        if !table.cells.iter().any(|cell| signed.iter().any(|fact| cell.holds == Holds::Fact(*fact))) {
            self.put(area(1, row, last, row), "单位负责人：　　　　　　　　填表人：　　　　　　　　填报日期：　　　　　　", Style::Aside);
        }
    }
}

/// Which columns to the left of the figures hold the label, the unit and the line's number.
#[derive(Debug, Clone, Copy, Default)]
struct Left {
    from: u16,
    label: u16,
    unit: u16,
    line: u16,
}

pub(super) fn area(from: u16, top: u32, to: u16, bottom: u32) -> Area {
    Area { first: CellRef::new(from, top), last: CellRef::new(to.max(from), bottom.max(top)) }
}

fn width(table: &Table) -> u16 {
    let block = table.block.iter().flat_map(|block| &block.columns).filter_map(|column| Place::column(&column.at));
    table.cells.iter().map(|cell| cell.at.column).chain(block).max().unwrap_or(1)
}

fn title(task: &Task) -> String {
    let word = if let [only] = task.periods.as_slice() { only.label() } else { "报表" };
    if task.title.ends_with(['表', '报']) { task.title.clone() } else { format!("{}{word}", task.title) }
}

/// What a kind is counted in where nothing is said.
fn counted(kind: Kind) -> &'static str {
    match kind {
        Kind::Distinct => "人",
        Kind::Minutes => "小时",
        Kind::Money => "元",
        Kind::Count | Kind::Rate | Kind::Text => "",
    }
}

fn unit(table: &Table, row: u32, cells: &[&Cell]) -> String {
    let own = table.draw.units.iter().find(|(own, _)| *own == row).map(|(_, unit)| unit.clone());
    let kind = cells.iter().find_map(|cell| Some(counted(cell.kind)).filter(|unit| !unit.is_empty()));
    let whole = cells.iter().any(|cell| cell.kind == Kind::Count);
    let all = if whole { Some(table.draw.unit.as_str()).filter(|unit| !unit.is_empty()) } else { None };
    own.unwrap_or_else(|| all.or(kind).unwrap_or("—").to_owned())
}

fn unit_of_all(table: &Table) -> String {
    if !table.draw.unit.is_empty() {
        return table.draw.unit.clone();
    }
    let units: BTreeSet<&str> = table.cells.iter().filter(|cell| cell.kind != Kind::Text).map(|cell| counted(cell.kind)).collect();
    if units.len() == 1 { units.first().map(|unit| (*unit).to_owned()).unwrap_or_default() } else { String::new() }
}
