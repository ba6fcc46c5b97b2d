//! Unions in sheets: 工会组织信息采集表（附件一）, and our own sheets of the same columns, in and out.
//!
//! The form has no code, no level and names the union above in words; a row may name one further down. So all rows are looked at
//! first ([`Line`]), then it is found out what each means among the unions that are there and the other rows ([`Plan`]), and only
//! then is each judged. A union is found again by our own key or code, by its credit code, else by its name under the same
//! union. 职工人数 becomes a dated count; 会员人数 is compared with ours and never taken.

mod columns;
mod division;
mod judge;
mod known;
mod level;
mod line;
mod outlet;
mod plan;
mod take;

use std::collections::HashMap;

use chrono::NaiveDate;

pub use known::CountMembers;
pub use outlet::UnionFormOutlet;

use self::judge::Understood;
use self::known::Known;
use self::line::Line;
use self::plan::{Meaning, Plan, Target};
use self::take::Waiting;
use super::{Headcount, Unit, UnitLevel};
use crate::error::Result;
use crate::record::Row as _;
use crate::sheet::import::{Choice, Column, Draft, Intake, IntakeOptions, State, Verdict};
use crate::sheet::normal;
use crate::sheet::read::TextRow;
use crate::store::{Db, Tx};

/// Takes sheets of unions in.
pub struct UnionForm {
    options: IntakeOptions,
    count: CountMembers,
    /// 填报日期, where the sheet tells it and it has come.
    filled: Option<NaiveDate>,
    known: Known,
    lines: Vec<Line>,
    places: HashMap<u32, usize>,
    meanings: Vec<Meaning>,
    /// The unions above that rows name for unions that are there.
    moves: HashMap<i64, Target>,
    /// Unions that came with rows, by the rows' places.
    came: HashMap<usize, i64>,
    waiting: Vec<Waiting>,
    /// What the row that was judged last says, until it is taken.
    judged: Option<Understood>,
}

impl UnionForm {
    /// Makes ready to take sheets of unions; `count` tells the present members of each.
    pub fn new(options: IntakeOptions, count: CountMembers) -> Self {
        Self {
            options,
            count,
            filled: None,
            known: Known::default(),
            lines: Vec::new(),
            places: HashMap::new(),
            meanings: Vec::new(),
            moves: HashMap::new(),
            came: HashMap::new(),
            waiting: Vec::new(),
            judged: None,
        }
    }

    /// Finds out what the rows mean, once all have been seen.
    fn settle(&mut self) {
        if self.meanings.len() < self.lines.len() {
            self.places = self.lines.iter().enumerate().map(|(at, line)| (line.row, at)).collect();
            self.meanings = Plan::of(&self.known, &self.lines, self.options.unit);
            let fit = self.lines.iter().zip(&self.meanings).filter(|(line, meaning)| line.sound && !meaning.faults.refuse());
            self.moves = fit.filter_map(|(_, meaning)| meaning.union.zip(meaning.above)).collect();
        }
    }

    /// The level of a union that is there or comes.
    fn level(&self, of: Target) -> Option<UnitLevel> {
        match of {
            Target::Known(id) => self.known.get(id).map(|union| union.level),
            Target::Coming(at) => self.meanings.get(at)?.level,
        }
    }

    /// A union and those above it, as they will stand when all rows are taken; ends where it goes round in a circle.
    fn upward(&self, from: Target) -> impl Iterator<Item = Target> {
        let above = |at: &Target| match at {
            Target::Coming(at) => self.meanings.get(*at).and_then(|meaning| meaning.above),
            Target::Known(id) => {
                self.moves.get(id).copied().or_else(|| self.known.get(*id).and_then(|union| union.parent).map(Target::Known))
            }
        };
        std::iter::successors(Some(from), above).take(self.known.unions.len() + self.lines.len() + 1)
    }

    /// The place and meaning of a row.
    fn meaning(&self, row: u32) -> (usize, Meaning) {
        let at = self.places.get(&row).copied().unwrap_or(usize::MAX);
        (at, self.meanings.get(at).cloned().unwrap_or_default())
    }
}

impl Intake for UnionForm {
    fn columns(&self) -> Vec<Column> {
        columns::all()
    }

    fn prepare(&mut self, db: &Db<'_>, _rows: u64) -> Result<()> {
        self.known = Known::read(db, self.options.unit, self.count)?;
        self.lines.clear();
        self.meanings.clear();
        self.came.clear();
        self.waiting.clear();
        Ok(())
    }

    fn surveys(&self) -> bool {
        true
    }

    fn survey_above(&mut self, above: &[TextRow]) {
        self.filled = above.iter().find_map(filling_day);
    }

    fn survey(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<()> {
        self.seen(db, draft)
    }

    fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        self.settle();
        self.judged(db, draft)
    }

    fn take(&mut self, tx: &Tx<'_>, draft: &Draft, state: State, choice: Choice) -> Result<()> {
        let moves = state == State::Conflicting && choice == Choice::Transfer;
        self.judged.take().map_or(Ok(()), |understood| self.taken(tx, draft.row, understood, moves))
    }

    fn finish(&mut self, tx: &Tx<'_>) -> Result<()> {
        self.place_all(tx)
    }

    fn tables(&self) -> Vec<&'static str> {
        vec![Unit::NAME, Headcount::NAME]
    }
}

/// 填报日期 above the heading: in its own cell, or in the next one.
fn filling_day(row: &TextRow) -> Option<NaiveDate> {
    let mut cells = row.cells.iter().skip_while(|(_, text)| !text.contains("填报日期"));
    let (_, label) = cells.next()?;
    let (_, rest) = label.split_once("填报日期")?;
    let rest = rest.trim_start_matches(['：', ':', ' ', '\u{3000}']);
    let day = |text: &str| normal::date_text(text).map(|day| day.date);
    day(rest).or_else(|| cells.next().and_then(|(_, text)| day(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_filling_in_is_read_however_the_blank_has_it() {
        let row = |cells: &[(u16, &str)]| TextRow { number: 3, cells: cells.iter().map(|(at, text)| (*at, (*text).to_owned())).collect() };
        let day = NaiveDate::from_ymd_opt(2026, 9, 30);
        assert_eq!(filling_day(&row(&[(1, "填表单位"), (14, "填报日期：2026年9月30日")])), day, "in the same cell");
        assert_eq!(filling_day(&row(&[(14, "填报日期"), (15, "2026/09/30")])), day, "in the next cell");
        assert_eq!(filling_day(&row(&[(14, "填报日期：")])), None, "nothing filled in is no day");
    }
}
