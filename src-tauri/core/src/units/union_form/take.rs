//! Taking a row that was judged fit.

use super::UnionForm;
use super::judge::Understood;
use super::plan::Target;
use crate::error::{Error, Result};
use crate::record::{Id, Row, Value};
use crate::sheet::import::{Choice, Draft, Mark, State};
use crate::store::{Key, Tx};
use crate::units::{Headcount, Relocate, Unit, relocate};

/// What is left to do when the union above has come.
pub enum Waiting {
    /// A new union comes under it.
    New(Id<Unit>),
    /// A union that was there before moves under it.
    Moved(Id<Unit>),
}

impl UnionForm {
    pub(super) fn taken(&mut self, tx: &Tx<'_>, mut draft: Draft, mark: Mark, choice: Choice) -> Result<()> {
        let (at, meaning) = self.meaning(draft.row);
        draft.faults.0.extend(meaning.faults.0.iter().cloned());
        let Some(understood) = self.understand(tx, &mut draft, &meaning)? else { return Err(Error::Faults(draft.faults)) };
        let Understood { before, whole, staff } = understood;
        let id = match &before {
            None => self.enter(tx, at, &whole, meaning.above)?,
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
        match meaning.above.filter(|_| before.is_some() && mark.state == State::Conflicting && choice == Choice::Transfer) {
            Some(above) => self.place(tx, Waiting::Moved(id), above),
            None => Ok(()),
        }
    }

    /// A new union; one whose union above comes further down is placed when that has come.
    fn enter(&mut self, tx: &Tx<'_>, at: usize, whole: &Unit, above: Option<Target>) -> Result<Id<Unit>> {
        let parent = above.and_then(|above| self.there(above));
        let id = tx.insert(&Unit { parent, ..whole.clone() })?;
        self.came.insert(at, id.get());
        if let Some(above) = above.filter(|_| parent.is_none()) {
            self.place(tx, Waiting::New(id), above)?;
        }
        for waiting in self.waiting.remove(&at).unwrap_or_default() {
            self.place(tx, waiting, Target::Known(id.get()))?;
        }
        Ok(id)
    }

    fn there(&self, target: Target) -> Option<Id<Unit>> {
        match target {
            Target::Known(id) => Some(Id::new(id)),
            Target::Coming(at) => self.came.get(&at).copied().map(Id::new),
        }
    }

    /// Puts a union under another one, now or when that has come.
    fn place(&mut self, tx: &Tx<'_>, what: Waiting, above: Target) -> Result<()> {
        match (self.there(above), above, what) {
            (None, Target::Coming(at), what) => {
                self.waiting.entry(at).or_default().push(what);
                Ok(())
            }
            (after, _, Waiting::New(id)) => tx.set(id, &[("parent", after.to_cell())]),
            (after, _, Waiting::Moved(unit)) => {
                let reason = Some("按工会组织信息采集表".to_owned());
                relocate(tx, &Relocate { unit, after, day: self.day(tx), reason }).map(|_| ())
            }
        }
    }

    fn count(&self, tx: &Tx<'_>, count: &Headcount) -> Result<()> {
        if count.id.get() == 0 { tx.insert(count).map(|_| ()) } else { tx.save(count) }
    }
}
