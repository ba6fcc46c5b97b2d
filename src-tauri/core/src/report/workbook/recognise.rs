//! A plain workbook, filled by hand in an office without the product, taken for a return: which task, which cells, what numbers.

use std::collections::BTreeMap;

use super::amount::{Taken, take};
use super::draw::blank;
use super::facts;
use super::grid::{Grid, Held, plain};
use super::pattern::{Pattern, Vocabulary};
use super::roster::{self, Roster};
use super::understood::{Recognised, Understood, Unread};
use crate::calendar::Period;
use crate::error::{Error, Refusal, Result};
use crate::report::task::{Block, Column, Fact, Holds, Kind, Line, Place, Sheet, Table, Task, Value, Values};
use crate::text;

/// The tasks whose forms are known, made ready once for many workbooks.
#[derive(Debug)]
pub struct Forms<'a> {
    tasks: &'a [Task],
    patterns: Vec<Vec<Pattern>>,
}

/// The part of a form's words that a workbook must have to be taken for it, in hundredths.
const ENOUGH: usize = 55;

/// Takes a plain workbook for the return of one of the tasks; refuses one that is like none of them.
pub fn recognise(tasks: &[Task], name: &str, bytes: &[u8]) -> Result<Recognised> {
    Forms::of(tasks)?.recognise(name, bytes)
}

impl<'a> Forms<'a> {
    /// Makes the forms of tasks ready.
    pub fn of(tasks: &'a [Task]) -> Result<Self> {
        let patterns = tasks.iter().map(|task| {
            let (grids, _) = Grid::all(&blank(task)?, &task.title)?;
            let own = |table: &Table| grids.iter().find(|grid| grid.name == table.sheet).cloned().unwrap_or_default();
            Ok(task.tables.iter().map(|table| Pattern::new(table, own(table))).collect())
        });
        Ok(Self { tasks, patterns: patterns.collect::<Result<_>>()? })
    }

    /// Reads a filled blank of the task at a place among those that were given. A formula without a saved result is blank. Refuses a
    /// workbook that lacks one of the sheets.
    pub fn read(&self, task: usize, workbook: &[u8]) -> Result<Values> {
        let Some((task, patterns)) = self.tasks.get(task).zip(self.patterns.get(task)) else {
            return Err(Error::Usage(format!("第 {task} 个任务")));
        };
        let (grids, _) = Grid::all(workbook, "报表文件")?;
        let sheets = task.tables.iter().zip(patterns).map(|(table, pattern)| super::read::sheet_of(table, &grids, &pattern.blank));
        Ok(Values { sheets: sheets.collect::<Result<_>>()? })
    }

    /// Takes a plain workbook for the return of one of the tasks; `name` is its file's name, which may tell the period.
    pub fn recognise(&self, name: &str, bytes: &[u8]) -> Result<Recognised> {
        let (mut grids, mut notes) = Grid::all(bytes, name)?;
        grids.retain(|grid| !grid.hidden && !grid.cells.is_empty());
        let vocabularies: Vec<Vocabulary> = grids.iter().map(Vocabulary::of).collect();
        let best = (0..self.tasks.len()).filter_map(|at| self.fit(at, &grids, &vocabularies)).max_by_key(|fit| fit.rank());
        let fit = best.filter(|fit| fit.hits * 100 >= ENOUGH * fit.words).ok_or_else(|| self.stranger(name))?;
        let Some((task, patterns)) = self.tasks.get(fit.task).zip(self.patterns.get(fit.task)) else { return Err(self.stranger(name)) };
        let mut reading = Reading { notes: std::mem::take(&mut notes), ..Reading::default() };
        let mut values = Values::default();
        for ((table, pattern), sheet) in task.tables.iter().zip(patterns).zip(&fit.sheets) {
            let grid = sheet.and_then(|sheet| grids.get(sheet));
            values.sheets.push(reading.table(table, pattern, grid, task.tables.len() > 1));
        }
        let used = |at: &usize| fit.sheets.contains(&Some(*at));
        let spare: Vec<&str> =
            (0..grids.len()).filter(|at| !used(at)).filter_map(|at| grids.get(at)).map(|grid| grid.name.as_str()).collect();
        if !spare.is_empty() {
            reading.notes.push(format!("工作表“{}”不是这份报表的内容，没有读取。", spare.join("”、“")));
        }
        for (table, grid) in task.tables.iter().zip(fit.sheets.iter().map(|at| at.and_then(|at| grids.get(at)))) {
            grid.into_iter().for_each(|grid| reading.around(table, grid, task));
        }
        reading.period_from_names(task, name, &grids);
        let said = |fact: Fact| reading.facts.get(&slot(fact)).cloned();
        let (unit, code) = (said(Fact::Unit), said(Fact::Code));
        Ok(Recognised {
            task: fit.task,
            unit,
            code,
            period: reading.period.map(|period| period.to_string()),
            values,
            understood: reading.understood,
            faults: reading.faults,
            notes: reading.notes,
        })
    }

    fn fit(&self, task: usize, grids: &[Grid], vocabularies: &[Vocabulary]) -> Option<Fit> {
        let (known, patterns) = (self.tasks.get(task)?, self.patterns.get(task)?);
        let mut fit = Fit { task, version: known.version, hits: 0, words: 0, named: 0, sheets: Vec::new() };
        for (table, pattern) in known.tables.iter().zip(patterns) {
            let free = grids.iter().zip(vocabularies).enumerate().filter(|(at, _)| !fit.sheets.contains(&Some(*at)));
            let rated = free.map(|(at, (grid, words))| (pattern.fits(words), grid.name.trim() == table.sheet, at));
            let best = rated.max_by_key(|((hits, _), named, at)| (*hits, *named, usize::MAX - at)).filter(|((hits, _), ..)| *hits > 0);
            fit.words += pattern.fits(&Vocabulary::of(&Grid::default())).1;
            if let Some(((hits, _), named, _)) = best {
                fit.hits += hits;
                fit.named += usize::from(named);
            }
            fit.sheets.push(best.map(|(.., at)| at));
        }
        Some(fit).filter(|fit| fit.words > 0 && fit.hits > 0)
    }

    fn stranger(&self, name: &str) -> Error {
        let titles: Vec<&str> = self.tasks.iter().map(|task| task.title.as_str()).collect();
        Error::Sheet(Refusal::new(
            format!("“{name}”不像任何一份任务的报表。"),
            format!("请确认选对了文件；能识别的有：{}。", titles.join("、")),
        ))
    }
}

/// How well a workbook fits a task, and which sheet each table is.
#[derive(Debug)]
struct Fit {
    task: usize,
    version: u32,
    hits: usize,
    words: usize,
    named: usize,
    sheets: Vec<Option<usize>>,
}

impl Fit {
    /// The part of the words that are there, then how many, then the names of sheets, then the newer task.
    fn rank(&self) -> (usize, usize, usize, u32) {
        (self.hits * 1000 / self.words.max(1), self.hits, self.named, self.version)
    }
}

/// What is gathered while a workbook is read.
#[derive(Default)]
struct Reading {
    facts: BTreeMap<u8, String>,
    period: Option<Period>,
    understood: Vec<Understood>,
    faults: Vec<Unread>,
    notes: Vec<String>,
}

/// A cell that is read: where it stands, where it belongs, what it is called.
struct Spot<'a> {
    sheet: &'a str,
    at: Option<Place>,
    own: Option<Place>,
    label: &'a str,
}

impl Spot<'_> {
    fn words(&self) -> (String, String) {
        let word = |place: Option<Place>| place.map(|place| place.to_string()).unwrap_or_default();
        (word(self.at), word(self.own))
    }
}

impl Reading {
    fn fault(&mut self, spot: &Spot<'_>, text: &str, what: String, hint: String) {
        let (at, own) = spot.words();
        let what = if at.is_empty() { what } else { format!("{at}：{what}。") };
        self.faults.push(Unread { sheet: spot.sheet.to_owned(), at, own, label: spot.label.to_owned(), text: text.to_owned(), what, hint });
    }

    fn understand(&mut self, spot: &Spot<'_>, text: String, value: &Value, note: &str) {
        let (at, own) = spot.words();
        let (sheet, label) = (spot.sheet.to_owned(), spot.label.to_owned());
        self.understood.push(Understood { sheet, at, own, label, text, value: value.clone(), note: note.to_owned() });
    }

    fn table(&mut self, table: &Table, pattern: &Pattern, grid: Option<&Grid>, several: bool) -> Sheet {
        let mut sheet = Sheet { cells: table.cells.iter().map(|cell| (cell.at, Value::Blank)).collect(), lines: Vec::new() };
        let Some(grid) = grid else {
            let spot = Spot { sheet: &table.sheet, at: None, own: None, label: "" };
            self.fault(&spot, "", format!("没有找到工作表“{}”。", table.sheet), "请补上这张表后重新收取，或手工填写。".into());
            return sheet;
        };
        if several && grid.name != table.sheet {
            self.notes.push(format!("工作表“{}”按“{}”读取。", grid.name, table.sheet));
        }
        self.singles(table, pattern, grid, &mut sheet);
        if let Some(block) = &table.block {
            match roster::find(block, grid) {
                Some(roster) => self.roster(table, block, &roster, grid, &mut sheet),
                None => {
                    let spot = Spot { sheet: &grid.name, at: None, own: None, label: "" };
                    self.fault(&spot, "", "没有找到写着各列名称的表头。".into(), "请保留空白表的表头后重新填写。".into());
                }
            }
        }
        sheet
    }

    fn singles(&mut self, table: &Table, pattern: &Pattern, grid: &Grid, sheet: &mut Sheet) {
        let places = pattern.places(table, grid);
        let (mut moved, mut missing) = (Vec::new(), Vec::new());
        for cell in table.cells.iter().filter(|cell| !matches!(cell.holds, Holds::Fact(_))) {
            let Some((row, column)) = places.get(&cell.at) else {
                if !missing.contains(&cell.at.row) && !matches!(cell.holds, Holds::Formula(_)) {
                    missing.push(cell.at.row);
                    let label = pattern.label(cell.at.row).unwrap_or_else(|| cell.label.clone());
                    let spot = Spot { sheet: &grid.name, at: None, own: Some(cell.at), label: &cell.label };
                    self.fault(&spot, "", format!("没有找到“{label}”这一行。"), "请照空白表补上这一行，或手工填写。".into());
                }
                continue;
            };
            if *row != cell.at.row && !moved.contains(row) {
                moved.push(*row);
            }
            let spot = Spot { sheet: &grid.name, at: Some(Place::new(*column, *row)), own: Some(cell.at), label: &cell.label };
            let value = self.value(&spot, grid.at(*row, *column), (&cell.holds, cell.kind), &[], true);
            sheet.cells.insert(cell.at, value);
        }
        if !moved.is_empty() {
            self.notes.push(format!("工作表“{}”有 {} 行不在空白表的位置上，已按行的名称找到。", grid.name, moved.len()));
        }
    }

    fn value(
        &mut self,
        spot: &Spot<'_>,
        held: Option<&Held>,
        (holds, kind): (&Holds, Kind),
        spellings: &[(String, String)],
        all: bool,
    ) -> Value {
        let text = held.map(Held::text).unwrap_or_default();
        match take(held, kind, spellings) {
            Taken::Plain(value) => {
                if all && value != Value::Blank {
                    self.understand(spot, text, &value, "");
                }
                value
            }
            Taken::Read(value, note) => {
                self.understand(spot, text, &value, note);
                value
            }
            // Formulas are computed anew, whatever the file says.
            Taken::Not(..) if matches!(holds, Holds::Formula(_)) => Value::Blank,
            Taken::Not(what, hint) => {
                self.fault(spot, &text, what, hint);
                Value::Blank
            }
        }
    }

    fn roster(&mut self, table: &Table, block: &Block, roster: &Roster, grid: &Grid, sheet: &mut Sheet) {
        for (column, _) in block.columns.iter().zip(&roster.columns).filter(|(_, found)| found.is_none()) {
            if !matches!(column.holds, Holds::Number | Holds::Formula(_)) {
                let spot = Spot { sheet: &grid.name, at: None, own: None, label: &column.label };
                self.fault(&spot, "", format!("表头里没有“{}”这一列。", column.label), "请照空白表补上这一列，或手工填写。".into());
            }
        }
        for (at, row) in roster.rows.iter().enumerate() {
            let cells = block.columns.iter().zip(&roster.columns).enumerate();
            let values: Vec<Value> = cells
                .map(|(number, (column, found))| {
                    let held = found.and_then(|found| grid.at(*row, found));
                    let place = found.map(|found| Place::new(found, *row));
                    let spot = Spot { sheet: &grid.name, at: place, own: roster::own(table, number, at), label: &column.label };
                    self.cell(&spot, held, column, at)
                })
                .collect();
            sheet.lines.push(Line { key: super::read::key(block, &values), values });
        }
        if !roster.sums.is_empty() {
            let rows: Vec<String> = roster.sums.iter().map(u32::to_string).collect();
            self.notes.push(format!("工作表“{}”第 {} 行是合计，没有当作一条。", grid.name, rows.join("、")));
        }
    }

    fn cell(&mut self, spot: &Spot<'_>, held: Option<&Held>, column: &Column, at: usize) -> Value {
        match column.holds {
            Holds::Number => Value::Int(i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1)),
            _ => self.value(spot, held, (&column.holds, column.kind), &column.values, false),
        }
    }

    /// Whose it is and of which period, from the words around the table.
    fn around(&mut self, table: &Table, grid: &Grid, task: &Task) {
        let given = table.cells.iter().filter_map(|cell| if let Holds::Fact(fact) = cell.holds { Some((fact, cell.at)) } else { None });
        for (fact, at) in given {
            let text = grid.at(at.row, at.column).map(Held::text).unwrap_or_default();
            let label = at.column.checked_sub(1).and_then(|left| grid.words(at.row, left));
            if label.is_none_or(|label| facts::said(label).iter().any(|said| said.fact == fact) || facts::labelled(label) == Some(fact)) {
                self.fact(fact, &text, task);
            }
        }
        let texts = grid
            .cells
            .iter()
            .filter_map(|((row, column), held)| if let Held::Text(text) = held { Some((*row, *column, text)) } else { None });
        for (row, column, text) in texts.take(5_000) {
            let said = facts::said(text);
            for part in &said {
                self.fact(part.fact, part.value, task);
            }
            let heading = table.block.iter().flat_map(|block| &block.columns).any(|column| plain(&column.label) == plain(text));
            if heading {
                continue;
            }
            let bare = said.last().filter(|part| part.value.is_empty()).map(|part| part.fact).or_else(|| facts::labelled(text));
            let beside = || {
                let from = grid.area(row, column).map_or(column, |area| area.last.column) + 1;
                let next = grid.row(row).find(|(at, _)| *at >= from).map(|(_, held)| held.text())?;
                let own = !facts::said(&next).is_empty() || facts::labelled(&next).is_some();
                (!own).then_some(next)
            };
            if let Some((fact, next)) = bare.and_then(|fact| Some((fact, beside()?))) {
                self.fact(fact, &next, task);
            }
        }
    }

    /// Keeps a fact the first time it is said.
    fn fact(&mut self, fact: Fact, raw: &str, task: &Task) {
        let plain = text::line(raw).trim_matches(|letter: char| letter.is_whitespace() || letter == '_').to_owned();
        if plain.is_empty() {
            return;
        }
        if matches!(fact, Fact::Period | Fact::Until) && self.period.is_none() {
            self.period = facts::period(&plain, &task.periods);
        }
        self.facts.entry(slot(fact)).or_insert(plain);
    }

    /// The period from titles, the sheets' names and the file's, where no heading line has it; says where they disagree.
    fn period_from_names(&mut self, task: &Task, name: &str, grids: &[Grid]) {
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let titles = || {
            grids
                .iter()
                .flat_map(|grid| grid.cells.range(..(4, 0)))
                .filter_map(|(_, held)| if let Held::Text(text) = held { Some(text.as_str()) } else { None })
                .filter(|text| text.contains('年'))
        };
        let named = facts::period(stem, &task.periods);
        let tabs = || grids.iter().find_map(|grid| facts::period(&grid.name, &task.periods));
        let inside = self.period.or_else(|| titles().find_map(|title| facts::period(title, &task.periods))).or_else(tabs);
        if let (Some(inside), Some(named)) = (inside, named)
            && inside != named
        {
            self.notes.push(format!("表内的报告期是{}，文件名写的是{}，按表内的算。", inside.label(), named.label()));
        }
        if let (None, Some(named)) = (inside, named) {
            self.notes.push(format!("表内没有写报告期，按文件名当作{}。", named.label()));
        }
        self.period = inside.or(named);
    }
}

fn slot(fact: Fact) -> u8 {
    match fact {
        Fact::Unit => 0,
        Fact::Code => 1,
        Fact::Period => 2,
        Fact::Until => 3,
        Fact::Head => 4,
        Fact::Clerk => 5,
        Fact::Day => 6,
    }
}
