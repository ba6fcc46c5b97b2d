//! A cross table of frozen returns (透视表): unions, periods and numbers, two of them down and across.

use serde::{Deserialize, Serialize};

use super::super::compute::period;
use super::super::fill::reporting;
use super::super::statement::Return;
use super::super::task_file::{TaskOf, asked};
use super::frozen::Frozen;
use super::number::{TaskNumber, numbers_at};
use super::series::periods;
use crate::calendar::Period;
use crate::error::{Error, Result};
use crate::record::{Id, Wire};
use crate::report::task::Kind;
use crate::store::Db;
use crate::units::Unit;

/// What lies along an edge of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Axis {
    /// The union and those below it.
    Units,
    /// Periods of one kind.
    Periods,
    /// Numbers of the task.
    Numbers,
}

impl Axis {
    fn word(self) -> &'static str {
        match self {
            Self::Units => "工会",
            Self::Periods => "报告期",
            Self::Numbers => "指标",
        }
    }

    fn total(self) -> &'static str {
        if self == Self::Units { "下级合计" } else { "合计" }
    }
}

/// Which cross table.
#[derive(Debug, Clone, Deserialize, Wire)]
pub struct PivotOf {
    /// The task's word.
    pub task: String,
    /// The union on top.
    pub unit: Id<Unit>,
    /// The last period.
    pub period: String,
    /// How many periods, 1 to 60, where they are along an edge.
    pub many: u32,
    /// The addresses of the numbers; the first alone counts where they are along no edge.
    pub at: Vec<String>,
    /// What goes down.
    pub down: Axis,
    /// What goes across; another than goes down.
    pub across: Axis,
    /// Whether all unions below are listed, not only those directly below.
    #[serde(default)]
    pub all: bool,
}

/// A cross table.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
pub struct Pivot {
    /// What it shows: the task, and what is along no edge.
    pub title: String,
    /// What stands over the first column: 工会, 报告期 or 指标.
    pub corner: String,
    /// The headings of the columns.
    pub heads: Vec<String>,
    /// The lines.
    pub lines: Vec<PivotLine>,
    /// What the columns come to: the lines of unions directly below, or of periods; empty where nothing adds up down.
    pub sums: Vec<PivotCell>,
    /// What that line is called: 下级合计 or 合计.
    pub total: String,
    /// Whether the last column is the sum of those before it.
    pub summed: bool,
}

/// A line of a cross table.
#[derive(Debug, Clone, PartialEq, Serialize, Wire)]
pub struct PivotLine {
    /// Its heading.
    pub label: String,
    /// How deep a union stands below the one on top; 0 for the one on top and for lines that are none.
    pub level: usize,
    /// Its numbers, as many as there are headings.
    pub cells: Vec<PivotCell>,
}

/// A number of a cross table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Wire)]
pub struct PivotCell {
    /// What the return says, in the kind's smallest part; nothing where none was frozen.
    pub value: Option<i64>,
    /// What it is.
    pub kind: Kind,
    /// The return that says it; none for a sum.
    pub id: Option<Id<Return>>,
}

/// Makes a cross table; refuses twice the same along both edges, and numbers that the task does not have.
pub fn pivot(db: &Db<'_>, ask: &PivotOf) -> Result<Pivot> {
    Cube::read(db, ask).map(|cube| cube.cross(ask.down, ask.across))
}

/// All that a cross table may show: unions × periods × numbers.
struct Cube {
    task: String,
    units: Vec<(Unit, usize)>,
    periods: Vec<Period>,
    numbers: Vec<TaskNumber>,
    frozen: Frozen,
}

/// A place in the cube.
#[derive(Clone, Copy, Default)]
struct At {
    unit: usize,
    period: usize,
    number: usize,
}

impl Cube {
    fn read(db: &Db<'_>, ask: &PivotOf) -> Result<Self> {
        if ask.down == ask.across || ask.at.is_empty() {
            return Err(Error::Usage("透视表的行和列要选不同的内容，并至少选一个数".into()));
        }
        let last = period(&ask.period)?;
        let along = |axis| ask.down == axis || ask.across == axis;
        let task = asked(db, &TaskOf { key: ask.task.clone(), version: None }, last)?;
        let at = if along(Axis::Numbers) { &ask.at[..] } else { ask.at.get(..1).unwrap_or_default() };
        let numbers = numbers_at(&task, at)?;
        let periods = periods(last, if along(Axis::Periods) { ask.many.clamp(1, 60) as usize } else { 1 });
        let depth = if !along(Axis::Units) {
            0
        } else if ask.all {
            usize::MAX
        } else {
            1
        };
        let units = reporting(db, ask.unit, last, depth)?;
        let ids: Vec<Id<Unit>> = units.iter().map(|(unit, _)| unit.id).collect();
        let frozen = Frozen::read(db, &ask.task, &ids, &periods, at)?;
        Ok(Self { task: task.name(last), units, periods, numbers, frozen })
    }

    fn long(&self, axis: Axis) -> usize {
        match axis {
            Axis::Units => self.units.len(),
            Axis::Periods => self.periods.len(),
            Axis::Numbers => self.numbers.len(),
        }
    }

    fn label(&self, axis: Axis, at: usize) -> String {
        match axis {
            Axis::Units => self.units.get(at).map(|(unit, _)| unit.name.clone()),
            Axis::Periods => self.periods.get(at).map(|period| period.label()),
            Axis::Numbers => self.numbers.get(at).map(TaskNumber::named),
        }
        .unwrap_or_default()
    }

    fn level(&self, axis: Axis, at: usize) -> usize {
        if axis == Axis::Units { self.units.get(at).map_or(0, |(_, level)| *level) } else { 0 }
    }

    /// Whether what lies at a place of an axis counts into the sum along it.
    fn counts(&self, axis: Axis, at: usize) -> bool {
        axis != Axis::Units || self.level(axis, at) == 1
    }

    fn kind(&self, number: usize) -> Kind {
        self.numbers.get(number).map_or(Kind::Count, |number| number.kind)
    }

    /// Whether a number adds up along an axis.
    fn adds(&self, along: Axis, number: usize) -> bool {
        match along {
            Axis::Units => self.units.len() > 1 && self.kind(number).adds() && self.kind(number) != Kind::Distinct,
            Axis::Periods => self.periods.len() > 1 && self.numbers.get(number).is_some_and(|number| number.sums),
            Axis::Numbers => false,
        }
    }

    fn cell(&self, at: At) -> PivotCell {
        let unit = self.units.get(at.unit).map(|(unit, _)| unit.id);
        let said = unit.zip(self.periods.get(at.period)).and_then(|(unit, period)| self.frozen.of(unit, *period));
        let value = said.and_then(|said| said.values.get(at.number).copied().flatten());
        PivotCell { value, kind: self.kind(at.number), id: said.map(|said| said.id) }
    }

    /// What cells along an axis come to; nothing where they do not add up or none says anything.
    fn total<'c>(&self, along: Axis, number: usize, cells: impl Iterator<Item = &'c PivotCell>) -> PivotCell {
        let counted = cells.enumerate().filter(|(at, _)| self.counts(along, *at)).filter_map(|(_, cell)| cell.value);
        let value = if self.adds(along, number) { counted.reduce(i64::saturating_add) } else { None };
        PivotCell { value, kind: self.kind(number), id: None }
    }

    fn cross(&self, down: Axis, across: Axis) -> Pivot {
        let (rows, columns) = (self.long(down), self.long(across));
        let place = |row, column| At::default().on(down, row).on(across, column);
        let line = |row| {
            let mut cells: Vec<PivotCell> = (0..columns).map(|column| self.cell(place(row, column))).collect();
            cells.push(self.total(across, place(row, 0).number, cells.iter()));
            PivotLine { label: self.label(down, row), level: self.level(down, row), cells }
        };
        let mut lines: Vec<PivotLine> = (0..rows).map(line).collect();
        let column = |column| self.total(down, place(0, column).number, lines.iter().filter_map(|line| line.cells.get(column)));
        let mut sums: Vec<PivotCell> = (0..columns).map(column).collect();
        sums.push(self.total(across, 0, sums.iter()));
        let mut heads: Vec<String> = (0..columns).map(|column| self.label(across, column)).collect();
        let summed = (0..rows).any(|row| self.adds(across, place(row, 0).number));
        if summed {
            heads.push(across.total().into());
        } else {
            sums.truncate(columns);
            lines.iter_mut().for_each(|line| line.cells.truncate(columns));
        }
        if !(0..columns).any(|column| self.adds(down, place(0, column).number)) {
            sums.clear();
        }
        Pivot { title: self.title(down, across), corner: down.word().into(), heads, lines, sums, total: down.total().into(), summed }
    }

    fn title(&self, down: Axis, across: Axis) -> String {
        let mut title = self.task.clone();
        for axis in [Axis::Units, Axis::Periods, Axis::Numbers].into_iter().filter(|axis| *axis != down && *axis != across) {
            let last = if axis == Axis::Periods { self.long(axis) - 1 } else { 0 };
            title = format!("{title}　{}", self.label(axis, last));
        }
        title
    }
}

impl At {
    fn on(self, axis: Axis, at: usize) -> Self {
        match axis {
            Axis::Units => Self { unit: at, ..self },
            Axis::Periods => Self { period: at, ..self },
            Axis::Numbers => Self { number: at, ..self },
        }
    }
}
