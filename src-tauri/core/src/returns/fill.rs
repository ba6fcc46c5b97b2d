//! What a task's cells hold for a union and a period, before any formula.

use crate::calendar::{Period, chinese_day};
use crate::error::Result;
use crate::monthly::Numbers;
use crate::record::Id;
use crate::report::task::{Block, Counted, Each, Fact, Holds, Line, Opened, Place, Sheet, Table, Task, Value, Values};
use crate::store::Db;
use crate::units::{Tree, Unit};

/// Which part of the tree a number speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The union with all under it.
    Whole,
    /// What is its own and of none under it (本级).
    Own,
}

/// What is needed to fill in a task for a union.
pub(super) struct Filling<'a> {
    /// The task.
    pub task: &'a Task,
    /// The numbers of the period.
    pub numbers: &'a Numbers,
    /// The union.
    pub unit: &'a Unit,
    /// Which part of the tree its single cells speak of.
    pub reach: Reach,
    /// What the last period's frozen return of the union says.
    pub last: Option<&'a Values>,
    /// The period.
    pub period: Period,
    /// Who fills it in.
    pub clerk: &'a str,
}

/// A row's union.
struct Row {
    place: u32,
    code: String,
    name: String,
    reach: Reach,
}

impl Filling<'_> {
    /// Fills in what is counted and known; typed cells and formulas stay empty.
    pub fn values(&self, db: &Db<'_>) -> Result<Values> {
        let place = self.numbers.place(self.unit.id)?;
        let whole = Row { place, code: self.unit.code.clone(), name: self.unit.name.clone(), reach: self.reach };
        let mut sheets = Vec::with_capacity(self.task.tables.len());
        for (at, table) in self.task.tables.iter().enumerate() {
            let last = self.last.and_then(|last| last.sheets.get(at));
            let cells = table.cells.iter().map(|cell| (cell.at, self.cell(&whole, &cell.holds, last)));
            let lines = table.block.as_ref().map(|block| self.lines(db, block, table, last)).transpose()?.unwrap_or_default();
            sheets.push(Sheet { cells: cells.collect(), lines });
        }
        Ok(Values { sheets })
    }

    fn cell(&self, row: &Row, holds: &Holds, last: Option<&Sheet>) -> Value {
        match holds {
            Holds::Indicator(counted) => Value::Int(self.number(row, counted)),
            Holds::Opening(opened) => {
                let frozen = last.and_then(|last| last.cells.get(&opened.of.parse::<Place>().ok()?)).and_then(Value::int);
                Value::Int(frozen.unwrap_or_else(|| self.number(row, &opened.first)))
            }
            Holds::Fact(fact) => self.fact(row, *fact),
            Holds::Formula(_) | Holds::Typed | Holds::Field(_) | Holds::Number => Value::Blank,
        }
    }

    fn number(&self, row: &Row, counted: &Counted) -> i64 {
        let Some((_, figures)) = self.numbers.family(&counted.code) else { return 0 };
        let cells = figures.layout.cells(&counted.code);
        let slot = match &counted.part {
            Some((key, code)) => cells.part(key, code),
            None => Some(cells.whole),
        };
        slot.map_or(0, |slot| if row.reach == Reach::Own { figures.own(row.place, slot) } else { figures.total(row.place, slot) })
    }

    fn fact(&self, row: &Row, fact: Fact) -> Value {
        Value::Text(match fact {
            Fact::Unit => row.name.clone(),
            Fact::Code => row.code.clone(),
            Fact::Period => self.period.label(),
            Fact::Until => chinese_day(self.period.to()),
            Fact::Head => self.unit.head.clone().unwrap_or_default(),
            Fact::Clerk => self.clerk.to_owned(),
            Fact::Day => return Value::Blank,
        })
    }

    fn lines(&self, db: &Db<'_>, block: &Block, table: &Table, last: Option<&Sheet>) -> Result<Vec<Line>> {
        match &block.each {
            Each::Units => Ok(self.rows(db)?.iter().enumerate().map(|(at, row)| self.line(block, table, row, at, last)).collect()),
            Each::Record(record) => {
                let place = self.numbers.place(self.unit.id)?;
                let own = Row { place, code: self.unit.code.clone(), name: self.unit.name.clone(), reach: Reach::Whole };
                super::roster::lines(db, self.unit.id, record, block, |fact| self.fact(&own, fact))
            }
            Each::Typed => Ok(Vec::new()),
        }
    }

    /// The union's own level and each one directly below, those that have ended by then apart.
    fn rows(&self, db: &Db<'_>) -> Result<Vec<Row>> {
        let tree = &self.numbers.scope.hierarchy;
        let place = self.numbers.place(self.unit.id)?;
        let mut rows = vec![Row { place, code: self.unit.code.clone(), name: "本级".into(), reach: Reach::Own }];
        if self.reach == Reach::Own {
            return Ok(rows);
        }
        for child in tree.children(place) {
            let Some(unit) = tree.id(child).map(|id| db.get(Id::<Unit>::new(id))).transpose()? else { continue };
            let stood =
                unit.closed.is_none_or(|closed| closed > self.period.from()) && unit.opened.is_none_or(|day| day <= self.period.to());
            let speaks = stood || self.numbers.figures.iter().any(|figures| figures.any(child));
            rows.extend(speaks.then_some(Row { place: child, code: unit.code, name: unit.name, reach: Reach::Whole }));
        }
        Ok(rows)
    }

    fn line(&self, block: &Block, table: &Table, row: &Row, at: usize, last: Option<&Sheet>) -> Line {
        let before = last.and_then(|last| last.lines.iter().find(|line| line.key == row.code));
        let value = |holds: &Holds| match holds {
            Holds::Opening(opened) => {
                let frozen = before.and_then(|line| line.values.get(column(table, opened)?)).and_then(Value::int);
                Value::Int(frozen.unwrap_or_else(|| self.number(row, &opened.first)))
            }
            Holds::Number => Value::Int(i64::try_from(at + 1).unwrap_or_default()),
            holds => self.cell(row, holds, None),
        };
        Line { key: row.code.clone(), values: block.columns.iter().map(|column| value(&column.holds)).collect() }
    }
}

/// Whether a union was there for at least a day of a period.
pub(super) fn stood(unit: &Unit, period: Period) -> bool {
    unit.closed.is_none_or(|closed| closed > period.from()) && unit.opened.is_none_or(|opened| opened <= period.to())
}

/// A union and those below it that had to report for the period, each with how deep it stands below.
pub(super) fn reporting(db: &Db<'_>, top: Id<Unit>, of: Period, depth: usize) -> Result<Vec<(Unit, usize)>> {
    let tree = Tree::on(db, of.to())?;
    let mut found = Vec::new();
    for (unit, level) in tree.under(top, depth) {
        let unit: Unit = db.get(unit)?;
        if level == 0 || stood(&unit, of) {
            found.push((unit, level));
        }
    }
    Ok(found)
}

/// The place among a block's columns of the one that an opening figure is taken from.
fn column(table: &Table, opened: &Opened) -> Option<usize> {
    table.block.as_ref()?.columns.iter().position(|column| column.at == opened.of)
}
