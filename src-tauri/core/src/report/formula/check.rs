//! Asking a task's checks of a return.

use ironcalc_base::expressions::token::Error;

use super::asked::{Asked, Asking, Question};
use super::compute::Failure;
use super::extent::Extent;
use super::outcome::{Outcome, apart, both, reason, sign};
use super::parse::{Area, Row};
use super::stage::{Lines, beside};
use super::{Beside, Broken, Spot, Whose};
use crate::report::task::{Check, Place, Sheet, Task, Value};

/// How many cells a broken check names at most.
const SPOTS: usize = 60;

/// A return laid out beside the others.
struct Laid<'v> {
    sheets: Vec<Option<&'v Sheet>>,
    lines: Vec<Lines<'v>>,
}

/// Asks every check.
pub(super) fn check(asking: &mut Asking, task: &Task, extents: &[Extent], given: &Beside<'_>, failures: Vec<Failure>) -> Vec<Broken> {
    let laid = lay(asking, extents, given);
    failures.into_iter().for_each(|failure| asking.stage.fail(failure.at, failure.error));
    asking.stage.evaluate();
    let told = Told { asking, task, extents, laid };
    told.asking.asked.iter().flat_map(|asked| told.of(asked)).collect()
}

fn lay<'v>(asking: &mut Asking, extents: &[Extent], given: &Beside<'v>) -> Laid<'v> {
    let mut laid = Laid { sheets: Vec::new(), lines: Vec::new() };
    let mut resized = false;
    asking.stage.begin();
    for (at, whose) in Whose::ALL.into_iter().enumerate() {
        for table in 0..extents.len() {
            let number = at * extents.len() + table;
            let now: &[_] = given.now.sheets.get(table).map_or(&[], |sheet| &sheet.lines);
            let sheet = given.of(whose).and_then(|values| values.sheets.get(table));
            let lines = match sheet {
                Some(sheet) if whose == Whose::Now => sheet.lines.iter().map(Some).collect(),
                Some(sheet) if asking.stage.wants(number) => beside(now, &sheet.lines),
                _ => Vec::new(),
            };
            if whose == Whose::Now || asking.stage.wants(number) {
                resized |= asking.stage.load(extents, number, sheet, &lines);
            }
            laid.sheets.push(sheet);
            laid.lines.push(lines);
        }
    }
    if resized {
        asking.stage.settle(extents);
        let rows: Vec<_> = laid.lines.iter().take(extents.len()).map(Vec::len).collect();
        asking.put(extents, &rows);
    }
    laid
}

struct Told<'a, 'v> {
    asking: &'a Asking,
    task: &'a Task,
    extents: &'a [Extent],
    laid: Laid<'v>,
}

impl Told<'_, '_> {
    fn of(&self, asked: &Asked) -> Vec<Broken> {
        let Some(check) = self.task.checks.get(asked.check).filter(|_| self.given(asked)) else { return Vec::new() };
        let lines = self.laid.lines.get(asked.table).map_or(0, Vec::len);
        let rows = asked.at(self.extents, lines).enumerate().filter(|(line, _)| !asked.rows || self.paired(asked, *line));
        rows.filter_map(|(line, own)| self.ask(asked, check, own, asked.rows.then_some(line))).collect()
    }

    /// Whether every return that a check names is there, with the single cells that it names.
    fn given(&self, asked: &Asked) -> bool {
        let tables = self.extents.len();
        asked.areas.iter().all(|area| {
            let Some(Some(sheet)) = self.laid.sheets.get(area.sheet) else { return false };
            let single = area.top == area.bottom && area.left == area.right;
            match (area.top, self.extents.get(area.sheet % tables.max(1))) {
                (Row::At(row), Some(extent)) if single && area.sheet >= tables && !extent.row_in_block(row) => {
                    sheet.cells.contains_key(&Place::new(area.left, row))
                }
                _ => true,
            }
        })
    }

    /// Whether the other returns that a check names have the row too.
    fn paired(&self, asked: &Asked, line: usize) -> bool {
        let others = self.laid.lines.iter().enumerate().skip(self.extents.len());
        others.filter(|(sheet, _)| asked.follows(*sheet)).all(|(_, lines)| matches!(lines.get(line), Some(Some(_))))
    }

    fn ask(&self, asked: &Asked, check: &Check, own: u32, line: Option<usize>) -> Option<Broken> {
        let row = line.map(|line| self.row(asked.table, line)).unwrap_or_default();
        match &asked.question {
            Question::Compare(op, left, right) => {
                let [left, right] = [left, right].map(|side| self.asking.answer(self.extents, asked, side, own));
                let message = match left.holds(op, &right) {
                    Ok(true) => return None,
                    Ok(false) => differs(&row, check, &left, &right),
                    Err(error) => unanswered(&row, check, &error),
                };
                let (left, right) = both(&left, &right);
                Some(Broken { left, right, op: sign(op).into(), ..self.broken(asked, check, own, line, message) })
            }
            Question::So(term) => {
                let answer = self.asking.answer(self.extents, asked, term, own);
                let message = match answer.truth() {
                    Ok(true) => return None,
                    Ok(false) => format!("{row}{}", check.message),
                    Err(error) => unanswered(&row, check, &error),
                };
                Some(self.broken(asked, check, own, line, message))
            }
        }
    }

    fn broken(&self, asked: &Asked, check: &Check, own: u32, line: Option<usize>, message: String) -> Broken {
        Broken {
            check: check.key.clone(),
            weight: check.weight,
            message,
            hint: check.hint.clone(),
            places: self.spots(asked, own),
            line,
            left: String::new(),
            op: String::new(),
            right: String::new(),
            formula: check.formula.clone(),
        }
    }

    /// A row's number and name, as a sentence begins: 第 3 行“城关镇总工会”：.
    fn row(&self, table: usize, line: usize) -> String {
        let title = self.task.tables.get(table).and_then(super::title);
        let values = self.laid.lines.get(table).and_then(|lines| lines.get(line)).copied().flatten();
        let name = values.zip(title).and_then(|(line, title)| line.values.get(title));
        match name {
            Some(Value::Text(name)) => format!("第 {} 行“{name}”：", line + 1),
            _ => format!("第 {} 行：", line + 1),
        }
    }

    fn spots(&self, asked: &Asked, own: u32) -> Vec<Spot> {
        let mut spots: Vec<Spot> = Vec::new();
        for area in &asked.areas {
            for spot in self.cells(area, own).into_iter().chain(self.rows(area, own)) {
                if spots.len() < SPOTS && !spots.contains(&spot) {
                    spots.push(spot);
                }
            }
        }
        spots
    }

    fn cells(&self, area: &Area, own: u32) -> Vec<Spot> {
        let Some((whose, extent)) = self.home(area) else { return Vec::new() };
        let values = self.laid.sheets.get(area.sheet).copied().flatten();
        let spot = |(at, known): (Place, &super::extent::Known)| {
            let value = values.and_then(|values| values.cells.get(&at)).map(|value| value.show(known.kind)).unwrap_or_default();
            Spot { of: whose, sheet: extent.sheet.clone(), at, line: None, label: known.label.clone(), value }
        };
        extent.cells_in(*area, own).map(spot).take(SPOTS).collect()
    }

    fn rows(&self, area: &Area, own: u32) -> Vec<Spot> {
        let Some((whose, extent)) = self.home(area) else { return Vec::new() };
        let (Some(block), Some(lines)) = (&extent.block, self.laid.lines.get(area.sheet)) else { return Vec::new() };
        let end = if extent.moves(*area) { u32::MAX } else { area.bottom.from(own) };
        let (top, end) = (area.top.from(own).min(end), end.max(area.top.from(own)));
        let columns: Vec<_> = extent.columns_in(*area, own).collect();
        let rows = lines.iter().enumerate().zip(block.first..).filter(|(_, row)| (top..=end).contains(row)).take(SPOTS);
        let spot = |line: usize, row: u32, column: u16, value: Option<&Value>, known: &super::extent::Known| Spot {
            of: whose,
            sheet: extent.sheet.clone(),
            at: Place::new(column, row),
            line: Some(line),
            label: known.label.clone(),
            value: value.map(|value| value.show(known.kind)).unwrap_or_default(),
        };
        let cells = rows.flat_map(|((at, line), row)| columns.iter().map(move |column| (at, line, row, column)));
        cells
            .map(|(at, line, row, (column, (index, known)))| spot(at, row, *column, line.and_then(|l| l.values.get(*index)), known))
            .collect()
    }

    fn home(&self, area: &Area) -> Option<(Whose, &Extent)> {
        let tables = self.extents.len().max(1);
        Whose::ALL.get(area.sheet / tables).copied().zip(self.extents.get(area.sheet % tables))
    }
}

fn differs(row: &str, check: &Check, left: &Outcome, right: &Outcome) -> String {
    let apart = apart(left, right).map(|apart| format!("，相差 {apart}")).unwrap_or_default();
    let (left, right) = both(left, right);
    format!("{row}{}：左边是 {left}，右边是 {right}{apart}。", bare(&check.message))
}

fn unanswered(row: &str, check: &Check, error: &Error) -> String {
    format!("{row}无法判断是否“{}”：{}。", bare(&check.message), reason(error))
}

fn bare(sentence: &str) -> &str {
    sentence.trim().trim_end_matches(['。', '！', '；', '.'])
}
