//! Counting the members of every union in one pass.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Row as SqlRow;

use super::indicators::{
    CLOSING, DUES, EXPELLED, INDICATORS, JOINED, LEFT, MIGRANTS, NEW_EMPLOYMENT, NEW_JOINED, OPENED, OPENING, RETAINED, TRANSFERRED_IN,
    TRANSFERRED_OUT, WOMEN,
};
use super::{ChangeKind, MemberState};
use crate::Result;
use crate::people::sex::Sex;
use crate::record::Code;
use crate::report::{Balance, Cells, Counts, Indicator, Layout, Scope, When, bytes, int, stream};
use crate::store::Db;

/// Counts the present members of each union, the retained among them.
pub fn present(db: &Db<'_>) -> Result<HashMap<i64, i64>> {
    let sql = "SELECT unit, count(*) FROM member WHERE state <> ?1 GROUP BY unit";
    Ok(db.rows(sql, [MemberState::Gone.code()], |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect())
}

/// Counts the members for every place of the tree in one pass over the ledger's covering index, and tells who is a member on the last
/// day.
pub fn count(db: &Db<'_>, scope: &Scope) -> Result<(Counts, Balance)> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let mut run = Run::new(&layout);
    let sql =
        "SELECT unit, day, kind, _sex, _migrant, _new_employment, _person FROM change INDEXED BY change_report ORDER BY unit, day, kind";
    stream(db, sql, [], |row| {
        let unit = int(row, 0)?;
        if unit != run.unit {
            run.flush(&mut counts);
            run.unit = unit;
            run.place = scope.hierarchy.place(unit);
        }
        match scope.when(bytes(row, 1)?) {
            When::After => Ok(()),
            when => run.take(row, when),
        }
    })?;
    run.flush(&mut counts);
    dues(db, scope, &mut counts)?;
    Ok((counts, run.balance))
}

/// The rows of one unit, which follow one another.
struct Run<'l> {
    unit: i64,
    place: Option<u32>,
    row: Vec<i64>,
    slots: Slots<'l>,
    balance: Balance,
}

struct Slots<'l> {
    opening: usize,
    opened: usize,
    movements: [Option<usize>; 8],
    closing: usize,
    women: usize,
    migrants: usize,
    retained: usize,
    joined: Cells<'l>,
    groups: Cells<'l>,
    groups_joined: Cells<'l>,
}

impl<'l> Slots<'l> {
    fn of(layout: &'l Layout) -> Self {
        let whole = |indicator: &Indicator| layout.cells(indicator.code).whole;
        let movement = |kind| match kind {
            ChangeKind::TransferredIn => Some(whole(&TRANSFERRED_IN)),
            ChangeKind::TransferredOut => Some(whole(&TRANSFERRED_OUT)),
            ChangeKind::Expelled => Some(whole(&EXPELLED)),
            ChangeKind::Left => Some(whole(&LEFT)),
            ChangeKind::Opening | ChangeKind::Joined | ChangeKind::Retained | ChangeKind::Resumed => None,
        };
        Self {
            opening: whole(&OPENING),
            opened: whole(&OPENED),
            movements: [0, 1, 2, 3, 4, 5, 6, 7].map(|code| ChangeKind::of(code).and_then(movement)),
            closing: whole(&CLOSING),
            women: whole(&WOMEN),
            migrants: whole(&MIGRANTS),
            retained: whole(&RETAINED),
            joined: layout.cells(JOINED.code),
            groups: layout.cells(NEW_EMPLOYMENT.code),
            groups_joined: layout.cells(NEW_JOINED.code),
        }
    }
}

impl<'l> Run<'l> {
    fn new(layout: &'l Layout) -> Self {
        Self { unit: 0, place: None, row: vec![0; layout.width()], slots: Slots::of(layout), balance: Balance::default() }
    }

    fn flush(&mut self, counts: &mut Counts) {
        self.place.into_iter().for_each(|place| counts.add_row(place, &self.row));
        self.row.fill(0);
    }

    fn add(&mut self, slot: usize, by: i64) {
        self.row.get_mut(slot).into_iter().for_each(|cell| *cell += by);
    }

    /// Takes one change up to the last day.
    fn take(&mut self, row: &SqlRow<'_>, when: When) -> rusqlite::Result<()> {
        let code = int(row, 2)?;
        let Some(kind) = ChangeKind::of(code) else { return Ok(()) };
        match kind {
            ChangeKind::Retained => self.add(self.slots.retained, 1),
            ChangeKind::Resumed => self.add(self.slots.retained, -1),
            _ => self.stock(row, kind.stock())?,
        }
        match (kind, when) {
            (ChangeKind::Opening, When::Within) => {
                self.add(self.slots.opening, 1);
                self.add(self.slots.opened, 1);
            }
            (_, When::Before) => self.add(self.slots.opening, kind.stock()),
            (ChangeKind::Joined, _) => self.joined(row)?,
            _ => {
                let slot = usize::try_from(code).ok().and_then(|code| self.slots.movements.get(code).copied().flatten());
                slot.into_iter().for_each(|slot| self.add(slot, 1));
            }
        }
        Ok(())
    }

    fn stock(&mut self, row: &SqlRow<'_>, by: i64) -> rusqlite::Result<()> {
        self.add(self.slots.closing, by);
        self.balance.add(int(row, 6)?, if by > 0 { 1 } else { -1 });
        if int(row, 3)? == Sex::Female.code() {
            self.add(self.slots.women, by);
        }
        if int(row, 4)? == 1 {
            self.add(self.slots.migrants, by);
        }
        if !bytes(row, 5)?.is_empty() {
            let (whole, part) = (self.slots.groups.whole, self.slots.groups.slot(0, row.get_ref(5)?));
            self.add(whole, by);
            self.add(part, by);
        }
        Ok(())
    }

    fn joined(&mut self, row: &SqlRow<'_>) -> rusqlite::Result<()> {
        let group = row.get_ref(5)?;
        let (whole, part) = (self.slots.joined.whole, self.slots.joined.slot(0, group));
        self.add(whole, 1);
        self.add(part, 1);
        if !bytes(row, 5)?.is_empty() {
            let (whole, part) = (self.slots.groups_joined.whole, self.slots.groups_joined.slot(0, group));
            self.add(whole, 1);
            self.add(part, 1);
        }
        Ok(())
    }
}

fn dues(db: &Db<'_>, scope: &Scope, counts: &mut Counts) -> Result<()> {
    let slot = counts.layout.cells(DUES.code).whole;
    let sql = "SELECT unit, amount FROM dues INDEXED BY dues_paid WHERE paid BETWEEN ?1 AND ?2";
    stream(db, sql, [scope.from(), scope.to()], |row| {
        let amount = int(row, 1)?;
        scope.hierarchy.place(int(row, 0)?).into_iter().for_each(|place| counts.add(place, slot, amount));
        Ok(())
    })
}
