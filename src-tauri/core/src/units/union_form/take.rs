//! Taking a row that was judged fit.

use super::UnionForm;
use super::judge::Understood;
use super::plan::Target;
use crate::error::{Result, refused};
use crate::record::{Id, Row, Value};
use crate::sheet::import::at_row;
use crate::store::{Key, Tx};
use crate::units::{Headcount, Relocate, Unit, relocate};

/// A union that is put under another one when all rows have been taken.
pub struct Waiting {
    row: u32,
    unit: Id<Unit>,
    above: Target,
    /// It was there before, so this is a move.
    moves: bool,
}

impl UnionForm {
    /// Stores what a row says; where it `moves`, a union that was there comes under the one that it names.
    pub(super) fn taken(&mut self, tx: &Tx<'_>, row: u32, understood: Understood, moves: bool) -> Result<()> {
        let (at, meaning) = self.meaning(row);
        let Understood { before, whole, staff } = understood;
        let id = match &before {
            None => self.enter(tx, (at, row), &whole, meaning.above)?,
            Some(before) => {
                if *before != whole {
                    tx.update(Unit::table(), Key::Id(before.id.get()), &whole.cells())?;
                }
                before.id
            }
        };
        if let Some((count, _)) = staff {
            self.count(tx, &Headcount { unit: id, ..count })?;
        }
        self.waiting.extend(meaning.above.filter(|_| moves).map(|above| Waiting { row, unit: id, above, moves }));
        Ok(())
    }

    /// A new union; one whose union above comes further down is placed when that has come.
    fn enter(&mut self, tx: &Tx<'_>, (at, row): (usize, u32), whole: &Unit, above: Option<Target>) -> Result<Id<Unit>> {
        let parent = above.and_then(|above| self.there(above));
        let unit = tx.insert(&Unit { parent, ..whole.clone() })?;
        self.came.insert(at, unit.get());
        self.waiting.extend(above.filter(|_| parent.is_none()).map(|above| Waiting { row, unit, above, moves: false }));
        Ok(unit)
    }

    fn there(&self, target: Target) -> Option<Id<Unit>> {
        match target {
            Target::Known(id) => Some(Id::new(id)),
            Target::Coming(at) => self.came.get(&at).copied().map(Id::new),
        }
    }

    /// Puts what waits under its union above: the highest first, so that no union comes under one that is still below it.
    pub(super) fn place_all(&mut self, tx: &Tx<'_>) -> Result<()> {
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_by_cached_key(|waiting| (self.upward(waiting.above).count(), waiting.row));
        waiting.iter().try_for_each(|waiting| self.place(tx, waiting).map_err(|error| at_row(error, waiting.row)))
    }

    fn place(&self, tx: &Tx<'_>, waiting: &Waiting) -> Result<()> {
        let Some(after) = self.there(waiting.above) else {
            return refused("表里的上级工会没有导入。", "请重新导入，先看新的预览。");
        };
        if !waiting.moves {
            return tx.set(waiting.unit, &[("parent", Some(after).to_cell())]);
        }
        let reason = Some("按工会组织信息采集表".to_owned());
        relocate(tx, &Relocate { unit: waiting.unit, after: Some(after), day: self.day(tx), reason }).map(|_| ())
    }

    fn count(&self, tx: &Tx<'_>, count: &Headcount) -> Result<()> {
        if count.id.get() == 0 { tx.insert(count).map(|_| ()) } else { tx.save(count) }
    }
}
