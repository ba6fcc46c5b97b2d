//! Counting the members of every union in one pass.

use std::collections::HashMap;
use std::sync::Arc;

use rusqlite::Row as SqlRow;

use super::indicators::{
    CARRIED, CLOSING, DUES, EXPELLED, INDICATORS, JOINED, LEFT, MIGRANTS, NEW_EMPLOYMENT, NEW_JOINED, OPENED, OPENING, RETAINED,
    TRANSFERRED_IN, TRANSFERRED_OUT, WOMEN,
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

/// Counts the members for every place of the tree, and tells who became a member and who left after the last day.
///
/// The present members are counted, and what happened since the last day is taken back: a period is short, a ledger long.
pub fn count(db: &Db<'_>, scope: &Scope) -> Result<(Counts, Balance)> {
    let mut counts = Counts::new(INDICATORS, &scope.hierarchy);
    let layout = Arc::clone(&counts.layout);
    let slots = Slots::of(&layout);
    standing(db, scope, &slots, &mut counts)?;
    let mut since = Balance::default();
    let sql = "SELECT unit, day, kind, _sex, _migrant, _new_employment, _person FROM change INDEXED BY change_report WHERE day >= ?1";
    stream(db, sql, [scope.from()], |row| {
        let (place, kind) = (scope.hierarchy.place(int(row, 0)?), ChangeKind::of(int(row, 2)?));
        let Some(kind) = kind else { return Ok(()) };
        let when = scope.when(bytes(row, 1)?);
        if when == When::After {
            since.add(int(row, 6)?, i8::try_from(kind.stock()).unwrap_or(0));
        }
        let Some(place) = place else { return Ok(()) };
        match when {
            When::After => slots.take_back(&mut counts, place, kind, row),
            _ => slots.moved(&mut counts, place, kind, row),
        }
    })?;
    dues(db, scope, &mut counts)?;
    Ok((counts, since))
}

/// Counts the present members; as many are taken for the opening, until the movements are known.
fn standing(db: &Db<'_>, scope: &Scope, slots: &Slots<'_>, counts: &mut Counts) -> Result<()> {
    let sql = "SELECT unit, state, 0, _sex, migrant, new_employment, count(*) FROM member INDEXED BY member_report
               GROUP BY unit, state, _sex, migrant, new_employment";
    let mut last = (0, None);
    stream(db, sql, [], |row| {
        let unit = int(row, 0)?;
        if last.0 != unit {
            last = (unit, scope.hierarchy.place(unit));
        }
        let (Some(place), Some(state)) = (last.1, MemberState::of(int(row, 1)?)) else { return Ok(()) };
        if state == MemberState::Gone {
            return Ok(());
        }
        let members = int(row, 6)?;
        if state == MemberState::Retained {
            counts.add(place, slots.retained, members);
        }
        slots.stock(counts, place, row, members)
    })
}

struct Slots<'l> {
    opening: usize,
    carried: usize,
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
            carried: whole(&CARRIED),
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

impl Slots<'_> {
    /// Adds people of one kind to a stock, and to the opening as long as nothing else is known. The row's columns 3 to 5 are sex,
    /// whether they are migrant workers, and the new-employment group.
    fn stock(&self, counts: &mut Counts, place: u32, row: &SqlRow<'_>, by: i64) -> rusqlite::Result<()> {
        counts.add(place, self.opening, by);
        counts.add(place, self.carried, by);
        counts.add(place, self.closing, by);
        if int(row, 3)? == Sex::Female.code() {
            counts.add(place, self.women, by);
        }
        if int(row, 4)? == 1 {
            counts.add(place, self.migrants, by);
        }
        if !bytes(row, 5)?.is_empty() {
            counts.add(place, self.groups.whole, by);
            counts.add(place, self.groups.slot(0, row.get_ref(5)?), by);
        }
        Ok(())
    }

    /// Takes back a change after the last day.
    fn take_back(&self, counts: &mut Counts, place: u32, kind: ChangeKind, row: &SqlRow<'_>) -> rusqlite::Result<()> {
        match kind {
            ChangeKind::Retained => counts.add(place, self.retained, -1),
            ChangeKind::Resumed => counts.add(place, self.retained, 1),
            _ => return self.stock(counts, place, row, -kind.stock()),
        }
        Ok(())
    }

    /// Notes a change within the period: what it added was not there at the opening, but for the opening stock.
    fn moved(&self, counts: &mut Counts, place: u32, kind: ChangeKind, row: &SqlRow<'_>) -> rusqlite::Result<()> {
        if kind == ChangeKind::Opening {
            counts.add(place, self.opened, 1);
            counts.add(place, self.carried, -1);
            return Ok(());
        }
        counts.add(place, self.opening, -kind.stock());
        counts.add(place, self.carried, -kind.stock());
        if kind == ChangeKind::Joined {
            return self.joined(counts, place, row);
        }
        let slot = usize::try_from(kind.code()).ok().and_then(|code| self.movements.get(code).copied().flatten());
        slot.into_iter().for_each(|slot| counts.add(place, slot, 1));
        Ok(())
    }

    fn joined(&self, counts: &mut Counts, place: u32, row: &SqlRow<'_>) -> rusqlite::Result<()> {
        let group = row.get_ref(5)?;
        self.joined.add(counts, place, &[group], 1);
        if !bytes(row, 5)?.is_empty() {
            self.groups_joined.add(counts, place, &[group], 1);
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
