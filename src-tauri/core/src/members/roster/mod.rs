//! The member roster: people and their memberships in one sheet, in and out (工会会员信息采集表, 附件四).
//!
//! A roster row is a person, the person's membership, and the last change of it. Opening the book (建账) takes the members whom
//! an office already has as opening stock; otherwise a row that makes a member needs the day of joining, so that a blank date
//! never turns old members into this month's joiners.

mod columns;
mod judge;
mod outlet;
mod take;

use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub use outlet::RosterOutlet;

use self::judge::Meaning;
use super::{Change, Member};
use crate::error::{Faults, Result, refused};
use crate::modules::Registry;
use crate::people::Person;
use crate::record::{Cell, Id, Row};
use crate::sheet::import::{Choice, Column, Draft, Intake, IntakeOptions, Parent, State, Tidier, Verdict};
use crate::store::{Db, Now, Tx};
use crate::units::Unit;

/// Takes rosters in.
pub struct Roster {
    options: IntakeOptions,
    people: Parent,
    /// Unions by name and code; `None` where a name is not theirs alone.
    units: HashMap<String, Option<i64>>,
    /// Unions looked up so far.
    known: HashMap<i64, Unit>,
    columns: Vec<Column>,
    /// Where each column stands in a draft, the roster's own before those of people.
    places: HashMap<&'static str, usize>,
    /// What the row that was judged last means, until it is taken.
    judged: Option<Meaning>,
}

impl Roster {
    /// Makes ready to take rosters; refuses an app without people.
    pub fn new(registry: &Registry, options: IntakeOptions) -> Result<Self> {
        let Some(entry) = registry.entry(Person::NAME) else { return refused("本程序没有人员模块。", "") };
        let people = Parent::new(*entry, 1, options.layout.clone());
        let columns = columns::all(&people);
        let places = columns.iter().enumerate().map(|(at, column)| (column.name, at)).collect();
        Ok(Self { options, people, units: HashMap::new(), known: HashMap::new(), columns, places, judged: None })
    }

    /// Where one of the roster's own columns stands in a draft.
    fn own(&self, name: &str) -> usize {
        self.places.get(name).copied().unwrap_or(usize::MAX)
    }

    fn cell(&self, draft: &Draft, name: &str) -> Cell {
        draft.cells.get(self.own(name)).cloned().unwrap_or_default()
    }

    /// The union of a row: the one it names, or the one given for all.
    fn unit(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Option<Unit>> {
        let named = self.cell(draft, "unit").text().map(str::to_owned);
        let id = match (&named, self.options.unit) {
            (Some(name), _) => self.units.get(name).copied().flatten(),
            (None, unit) => unit,
        };
        let Some(id) = id else {
            not_found(named.as_deref(), &mut draft.faults);
            return Ok(None);
        };
        Ok(Some(match self.known.entry(id) {
            Entry::Occupied(known) => known.get().clone(),
            Entry::Vacant(place) => place.insert(db.get(Id::new(id))?).clone(),
        }))
    }
}

fn not_found(name: Option<&str>, faults: &mut Faults) {
    match name {
        Some(name) => {
            faults.error("unit", "所在工会", format!("找不到名称或编号为“{name}”的工会（或不止一个）"), "请先登记这个工会，或填写它的编号")
        }
        None => faults.error("unit", "所在工会", "没有说明是哪个工会的会员", "请在导入时指定工会，或在表里加一列“所在工会”"),
    }
}

impl Intake for Roster {
    fn columns(&self) -> Vec<Column> {
        self.columns.clone()
    }

    fn prepare(&mut self, db: &Db<'_>, rows: u64) -> Result<()> {
        self.units.clear();
        for (id, code, name) in
            db.rows("SELECT id, code, name FROM unit", [], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get(2)?)))?
        {
            for word in [code, name] {
                let word: String = word;
                self.units.entry(word).and_modify(|known| *known = known.filter(|known| *known == id)).or_insert(Some(id));
            }
        }
        self.people.prepare(db, rows)
    }

    fn tidier(&self, now: Now) -> Option<Tidier> {
        Some(self.people.tidier(now))
    }

    fn judge(&mut self, db: &Db<'_>, draft: &mut Draft) -> Result<Verdict> {
        self.judged(db, draft)
    }

    fn take(&mut self, tx: &Tx<'_>, draft: &Draft, state: State, choice: Choice) -> Result<()> {
        self.judged.take().map_or(Ok(()), |meaning| self.taken(tx, draft, &meaning, state, choice))
    }

    fn tables(&self) -> Vec<&'static str> {
        vec![Person::NAME, Member::NAME, Change::NAME]
    }
}
