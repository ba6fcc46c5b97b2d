//! Checks, read once and put to the engine.

use ironcalc_base::expressions::parser::Node;
use ironcalc_base::expressions::token::OpCompare;

use super::engine::{At, Engine};
use super::extent::Extent;
use super::outcome::Outcome;
use super::parse::{Area, Home, Names, Parsed, Reader, Row};
use super::stage::Stage;
use crate::report::task::{Check, Flaw, Task};

/// The words for the other returns, in the order of [`super::Whose`].
pub(super) const OTHERS: [&str; 3] = ["上期", "去年同期", "下级合计"];

/// A check, read.
pub(super) struct Asked {
    /// Its number in the task.
    pub(super) check: usize,
    pub(super) table: usize,
    pub(super) rows: bool,
    pub(super) areas: Vec<Area>,
    pub(super) question: Question,
}

/// What a check asks.
pub(super) enum Question {
    /// Whether a comparison holds.
    Compare(OpCompare, Term, Term),
    /// Whether something is so.
    So(Term),
}

/// One side.
pub(super) enum Term {
    /// A number written in the formula.
    Number(f64),
    /// One cell as it stands.
    Cell(Area),
    /// A formula: its number, and its column in the sheet of questions.
    Formula(usize, u16),
}

/// The checks of a task with the engine that answers them.
pub(super) struct Asking {
    pub(super) stage: Stage,
    pub(super) asked: Vec<Asked>,
    tables: usize,
    columns: Vec<u16>,
}

impl Asking {
    /// Reads every check of a task; adds what is wrong with them.
    pub(super) fn of(task: &Task, extents: &[Extent], proof: &mut Engine, flaws: &mut Vec<Flaw>) -> Result<Self, String> {
        let tables = extents.len();
        let stage = Stage::new(tables * 4, tables + 1)?;
        let mut made = Self { stage, asked: Vec::new(), tables, columns: vec![0; tables + 1] };
        let mut reader = Reader::new(sheets(extents), extents);
        for (number, check) in task.checks.iter().enumerate() {
            let read = made.read(task, check, extents, &mut reader);
            let asked = read.and_then(|(home, parsed)| made.ask(number, home, parsed, extents, proof));
            let place = format!("审核“{}”", check.key);
            match asked {
                Ok(asked) => made.asked.push(asked),
                Err(what) => flaws.extend(what.into_iter().map(|what| Flaw { place: place.clone(), what })),
            }
        }
        Ok(made)
    }

    fn read(&self, task: &Task, check: &Check, extents: &[Extent], reader: &mut Reader<'_>) -> Result<(Home, Parsed), Vec<String>> {
        let named = |name: &String| task.tables.iter().position(|table| table.sheet == *name);
        let table = check.sheet.as_ref().map_or(Some(0), named).filter(|table| *table < self.tables);
        let table = table.ok_or_else(|| vec!["所说的工作表不存在".to_owned()])?;
        let block = extents.get(table).and_then(|extent| extent.block.as_ref());
        let row = match (check.rows, block) {
            (true, None) => return Err(vec!["要逐行审核，但这张表没有逐行的部分".into()]),
            (true, Some(block)) => block.first,
            (false, _) => 1,
        };
        let home = Home { table, row, column: 1, fills: check.rows };
        let parsed = reader.read(&check.formula, &names(extents, table), home)?;
        Ok((home, parsed))
    }

    fn ask(&mut self, check: usize, home: Home, parsed: Parsed, extents: &[Extent], proof: &mut Engine) -> Result<Asked, Vec<String>> {
        let question = match parsed.node {
            Node::CompareKind { kind, left, right } => {
                if [&left, &right].into_iter().any(|side| matches!(**side, Node::CompareKind { .. })) {
                    return Err(vec!["连用了几个比较，请写作 AND(…,…)".into()]);
                }
                Question::Compare(kind, self.term(&left, home, extents, proof)?, self.term(&right, home, extents, proof)?)
            }
            node if judges(&node) => Question::So(self.term(&node, home, extents, proof)?),
            _ => return Err(vec!["不是一个比较，请写明谁等于、大于或小于谁".into()]),
        };
        parsed.areas.iter().for_each(|area| self.stage.want(extents, *area, home.row));
        Ok(Asked { check, table: home.table, rows: home.fills, areas: parsed.areas, question })
    }

    fn term(&mut self, node: &Node, home: Home, extents: &[Extent], proof: &mut Engine) -> Result<Term, Vec<String>> {
        let mut own = node.clone();
        let cell = matches!(node, Node::ReferenceKind { .. }).then(|| super::parse::Spanned::of(&mut own).map(|cell| cell.area()));
        if let Some(area) = cell.flatten() {
            return Ok(Term::Cell(area));
        }
        if let Node::NumberKind(number) = node {
            return Ok(Term::Number(*number));
        }
        if !proof.single(node) {
            return Err(vec!["比较的一边不是一个值，而是一串值".into()]);
        }
        let areas = super::extent::areas(node);
        let sheet = self.sheet(home.table, home.fills);
        let column = self.columns.get_mut(sheet - self.tables * 4);
        let column = column.map(|column| {
            *column += 1;
            *column
        });
        let kept = self.stage.keep(sheet, node, &areas, extents);
        kept.zip(column.filter(|column| *column < 16_000))
            .map(|(kept, column)| Term::Formula(kept, column))
            .ok_or_else(|| vec!["审核关系太多".into()])
    }

    /// The sheet of questions about a table's rows, or of those that are asked once.
    fn sheet(&self, table: usize, rows: bool) -> usize {
        self.tables * 4 + if rows { 1 + table } else { 0 }
    }

    /// Puts all questions, for so many rows of each table.
    pub(super) fn put(&mut self, extents: &[Extent], rows: &[usize]) {
        (0..=self.tables).for_each(|sheet| self.stage.clear(self.tables * 4 + sheet));
        for asked in &self.asked {
            let sheet = self.sheet(asked.table, asked.rows);
            for row in asked.at(extents, rows.get(asked.table).copied().unwrap_or_default()) {
                for (kept, column) in asked.formulas() {
                    self.stage.run(At { sheet, row, column }, kept);
                }
            }
        }
    }

    /// What a side comes to, asked in row `own`.
    pub(super) fn answer(&self, extents: &[Extent], asked: &Asked, term: &Term, own: u32) -> Outcome {
        match term {
            Term::Number(number) => Outcome::Number(*number),
            Term::Cell(area) => {
                let row = self.stage.row(extents, area.sheet, area.top, own);
                self.stage.read(At { sheet: area.sheet, row, column: area.left })
            }
            Term::Formula(_, column) => self.stage.read(At { sheet: self.sheet(asked.table, asked.rows), row: own, column: *column }),
        }
    }
}

impl Asked {
    /// The rows in which it is asked, where its table has so many lines.
    pub(super) fn at(&self, extents: &[Extent], lines: usize) -> std::ops::Range<u32> {
        let first = extents.get(self.table).and_then(|extent| extent.block.as_ref()).map_or(1, |block| block.first);
        if self.rows { first..first.saturating_add(u32::try_from(lines).unwrap_or_default()) } else { 1..2 }
    }

    fn formulas(&self) -> impl Iterator<Item = (usize, u16)> {
        let terms = match &self.question {
            Question::Compare(_, left, right) => [Some(left), Some(right)],
            Question::So(term) => [Some(term), None],
        };
        terms.into_iter().flatten().filter_map(|term| if let Term::Formula(kept, column) = term { Some((*kept, *column)) } else { None })
    }

    /// Whether it speaks of another return's cell that lies in its row.
    pub(super) fn follows(&self, sheet: usize) -> bool {
        let relative = |area: &Area| matches!(area.top, Row::Off(_)) || matches!(area.bottom, Row::Off(_));
        self.rows && self.areas.iter().any(|area| area.sheet == sheet && relative(area))
    }
}

/// Whether a tree says yes or no by itself.
fn judges(node: &Node) -> bool {
    const JUDGES: [&str; 12] = ["And", "Or", "Not", "Xor", "If", "Ifs", "Iferror", "Isblank", "Isnumber", "Istext", "Exact", "True"];
    matches!(node, Node::FunctionKind { kind, .. } if JUDGES.contains(&format!("{kind:?}").as_str()))
}

/// The full names of all sheets, those of this return first.
fn sheets(extents: &[Extent]) -> Vec<String> {
    let own = extents.iter().map(|extent| extent.sheet.clone());
    own.chain(OTHERS.iter().flat_map(|other| extents.iter().map(move |extent| format!("{other}_{}", extent.sheet)))).collect()
}

/// The names that a check of a table may use.
fn names(extents: &[Extent], table: usize) -> Names {
    let mut names: Vec<_> = sheets(extents).into_iter().map(|name| (name.clone(), name)).collect();
    let own = extents.get(table).map(|extent| extent.sheet.as_str()).unwrap_or_default();
    names.extend(OTHERS.iter().map(|other| ((*other).to_owned(), format!("{other}_{own}"))));
    Names::of(names)
}
