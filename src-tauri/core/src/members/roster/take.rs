//! Taking a roster row that was judged fit.

use chrono::NaiveDate;

use super::Roster;
use super::judge::Meaning;
use crate::error::Result;
use crate::members::transfer::{Transfer, transfer};
use crate::members::{Change, ChangeKind, Member, MemberState, ledger};
use crate::people::Person;
use crate::record::{Id, Row, Term, Value};
use crate::sheet::import::{Choice, Draft, State};
use crate::store::{Key, Tx};
use crate::terms::ChangeReason;

impl Roster {
    pub(super) fn taken(&self, tx: &Tx<'_>, draft: &Draft, meaning: &Meaning, state: State, choice: Choice) -> Result<()> {
        let person = Id::new(self.people.take(tx, &meaning.behind)?);
        match &meaning.member {
            None => self.enter(tx, draft, meaning, person),
            Some(member) if state == State::Conflicting => self.settle(tx, draft, meaning, member, choice),
            Some(member) => {
                self.amend(tx, member, &meaning.whole)?;
                meaning.change.map_or(Ok(()), |(kind, day)| self.note(tx, draft, member.id, (kind, day), meaning).map(|_| ()))
            }
        }
    }

    /// A new membership with its first change; its checks were the judge's, so that a hundred thousand of them are quick.
    fn enter(&self, tx: &Tx<'_>, draft: &Draft, meaning: &Meaning, person: Id<Person>) -> Result<()> {
        let Some((kind, day)) = meaning.change else { return Ok(()) };
        let retained = kind == ChangeKind::Opening && ChangeKind::from_cell(self.cell(draft, "change_kind")) == Some(ChangeKind::Retained);
        let state = if retained { MemberState::Retained } else { MemberState::Active };
        let joined = meaning.whole.joined.or(NaiveDate::from_cell(self.cell(draft, "change_day")).filter(|_| !retained));
        let member = tx.insert(&Member { person, state, joined, ..meaning.whole.clone() })?;
        let reason = self.reason(draft).filter(|_| kind != ChangeKind::Opening);
        let other = self.cell(draft, "other").text().map(str::to_owned);
        tx.insert(&Change { reason, other, ..ledger::change(member, meaning.unit.id, day, kind) })?;
        if retained {
            tx.insert(&Change { reason: self.reason(draft), ..ledger::change(member, meaning.unit.id, day, ChangeKind::Retained) })?;
        }
        Ok(())
    }

    /// What the clerk chose for a member of another union.
    fn settle(&self, tx: &Tx<'_>, draft: &Draft, meaning: &Meaning, member: &Member, choice: Choice) -> Result<()> {
        self.amend(tx, member, &meaning.whole)?;
        if choice != Choice::Transfer || member.unit == meaning.unit.id {
            return Ok(());
        }
        let day = meaning.change.map(|(_, day)| day).or(NaiveDate::from_cell(self.cell(draft, "change_day"))).unwrap_or(tx.now().today);
        let reason = self.reason(draft).or_else(|| Some(Term::new("job_change")));
        let to = Some(meaning.unit.id);
        let act = Transfer { member: member.id, to, other: None, day, reason, keep_retained: false, document: None, note: None };
        transfer(tx, &act).map(|_| ())
    }

    fn amend(&self, tx: &Tx<'_>, member: &Member, whole: &Member) -> Result<()> {
        if member == whole { Ok(()) } else { tx.update(Member::table(), Key::Id(member.id.get()), &whole.cells()) }
    }

    fn note(
        &self,
        tx: &Tx<'_>,
        draft: &Draft,
        member: Id<Member>,
        (kind, day): (ChangeKind, NaiveDate),
        meaning: &Meaning,
    ) -> Result<Id<Change>> {
        let other = self.cell(draft, "other").text().map(str::to_owned);
        if kind.stock() < 0 && meaning.member.as_ref().is_some_and(|member| member.state == MemberState::Retained) {
            ledger::end_retention(tx, &meaning.whole, day)?;
        }
        ledger::note(tx, &Change { reason: self.reason(draft), other, ..ledger::change(member, meaning.unit.id, day, kind) })
    }

    fn reason(&self, draft: &Draft) -> Option<Term<ChangeReason>> {
        Option::<Term<ChangeReason>>::from_cell(self.cell(draft, "change_reason")).flatten()
    }
}
