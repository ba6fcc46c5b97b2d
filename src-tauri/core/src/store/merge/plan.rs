//! What a merge would write, and what contradicts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::buffer::Key;
use super::super::db::Db;
use super::changes::{Changes, Net};
use super::clash::{Clash, ClashKind, Taken};
use super::erased::is_erased;
use super::takes_part;
use super::twins::Twins;
use super::unique::Uniques;
use crate::error::Result;
use crate::record::{Cell, Field, Kind, Table};

/// What becomes of a row here.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// It comes, with these cells.
    Add(Vec<Cell>),
    /// Some of its fields change.
    Set(Vec<(&'static str, Cell)>),
    /// It goes.
    Remove,
}

/// One row that is written.
#[derive(Debug, Clone)]
pub struct Write {
    /// Its table.
    pub table: &'static Table,
    /// Its key here.
    pub key: Key,
    /// What becomes of it.
    pub what: What,
}

/// What a merge would do.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// The rows, those of a table after those of the tables that it may refer to.
    pub writes: Vec<Write>,
    /// Rows whose change frees a value that another one that comes has: they change first.
    pub first: Vec<(&'static Table, Key)>,
    /// Rows of both that are one by a value that only one may have: table, id there, id here.
    pub twins: Vec<(&'static Table, i64, i64)>,
    /// What both changed otherwise, and what stays here whatever the other says.
    pub clashes: Vec<Clash>,
}

type Writes = BTreeMap<(usize, Key), What>;

/// Compares what two files did beyond what each knows of the other.
pub struct Comparison<'a, 'c> {
    pub(super) ours: &'a Db<'c>,
    pub(super) theirs: &'a Db<'c>,
    pub(super) mine: &'a Changes,
    pub(super) yours: &'a Changes,
    pub(super) taken: &'a Taken,
    twins: Twins,
    uniques: Uniques,
    writes: Writes,
    first: Vec<(&'static Table, Key)>,
    /// Rows that stay though the other removed them: it entered them anew under another id.
    stays: BTreeSet<(usize, Key)>,
    found: Vec<(&'static Table, i64, i64)>,
    clashes: Vec<Clash>,
}

impl<'a, 'c> Comparison<'a, 'c> {
    /// Begins a comparison.
    pub fn new(ours: &'a Db<'c>, theirs: &'a Db<'c>, changes: [&'a Changes; 2], taken: &'a Taken) -> Result<Self> {
        let [mine, yours] = changes;
        let (twins, uniques, writes) = (Twins::of(ours, theirs)?, Uniques::default(), Writes::new());
        let (first, stays, found, clashes) = (Vec::new(), BTreeSet::new(), Vec::new(), Vec::new());
        Ok(Self { ours, theirs, mine, yours, taken, twins, uniques, writes, first, stays, found, clashes })
    }

    /// Goes through the tables and gives what came out.
    pub fn plan(mut self) -> Result<Plan> {
        let tables: Vec<(usize, &'static Table)> = self.ours.registry().tables().enumerate().collect();
        for (place, table) in &tables {
            for (key, net) in self.yours.get(table.name).into_iter().flatten() {
                self.row((*place, table), *key, net)?;
            }
        }
        // What is kept may need what was to go.
        loop {
            let before = self.writes.len();
            tables.iter().rev().try_for_each(|(place, table)| self.keep_what_is_used((*place, table)))?;
            if self.writes.len() == before {
                break;
            }
        }
        self.bring_back_what_is_needed()?;
        let table = |place: usize| tables.iter().find(|(at, _)| *at == place).map(|(_, table)| *table);
        let writes = self.writes.into_iter().filter_map(|((place, key), what)| Some(Write { table: table(place)?, key, what }));
        Ok(Plan { writes: writes.collect(), first: self.first, twins: self.found, clashes: self.clashes })
    }

    fn row(&mut self, at: (usize, &'static Table), there: Key, net: &Net) -> Result<()> {
        let table = at.1;
        let here = self.twins.key(table, there);
        let theirs = self.theirs.cells(table, there)?.map(|cells| self.twins.cells(table, cells));
        let ours = self.ours.cells(table, here)?;
        if self.is_left(table, here, ours.as_deref(), theirs.as_deref())? {
            return Ok(());
        }
        match (theirs, ours) {
            (Some(theirs), Some(ours)) => self.both(at, here, net, [&ours, &theirs]),
            (Some(theirs), None) if net.came => self.newcomer(at, there, net, theirs),
            (Some(theirs), None) => self.removed_here(at, here, theirs),
            (None, Some(_)) => self.removed_there(at, here),
            (None, None) => Ok(()),
        }
    }

    /// What is of somebody who was erased on one PC is left: here they stay erased whatever the other says, and an erasure there is told,
    /// not half done.
    fn is_left(&mut self, table: &'static Table, key: Key, ours: Option<&[Cell]>, theirs: Option<&[Cell]>) -> Result<bool> {
        if ours.or(theirs).map_or(Ok(false), |cells| is_erased(self.ours, table, cells))? {
            return Ok(true);
        }
        let is_there = theirs.map_or(Ok(false), |cells| is_erased(self.theirs, table, cells))?;
        let is_root = self.ours.registry().veil().is_some_and(|veil| veil.root == table.name);
        if is_there && is_root && ours.is_some() {
            self.whole(ClashKind::Erased, table, key);
        }
        Ok(is_there && ours.is_some())
    }

    /// A row that came there: it comes here too, unless it is here already by a value that only one may have.
    fn newcomer(&mut self, at: (usize, &'static Table), there: Key, net: &Net, mut theirs: Vec<Cell>) -> Result<()> {
        let (place, table) = at;
        let Some((here, places)) = self.uniques.holder(self.ours, table, &theirs, None)? else {
            self.writes.insert((place, there), What::Add(theirs));
            return Ok(());
        };
        if self.theirs.cells(table, here)?.is_none() {
            // Entered on both, or there removed and entered anew.
            return self.twin(at, there, here, net, &theirs);
        }
        // The other's row of that name has another value now: it goes first, where it does; else the value stays where it is.
        let frees =
            |field: &str| matches!(self.writes.get(&(place, here)), Some(What::Set(set)) if set.iter().any(|(name, _)| *name == field));
        let fields: Vec<&'static Field> = places.iter().filter_map(|at| table.fields.get(*at)).collect();
        if fields.iter().any(|field| frees(field.name)) {
            self.first.push((table, here));
        } else if fields.iter().all(|field| field.required) {
            return self.twin(at, there, here, net, &theirs);
        } else {
            for at in places {
                self.withhold(table, there, at, &mut theirs);
            }
        }
        self.writes.insert((place, there), What::Add(theirs));
        Ok(())
    }

    /// Leaves a value out that another row has here, and tells it.
    fn withhold(&mut self, table: &'static Table, key: Key, at: usize, theirs: &mut [Cell]) {
        let Some((field, cell)) = table.fields.get(at).zip(theirs.get_mut(at)).filter(|(field, _)| !field.required) else { return };
        let (before, ours, theirs) = (Cell::Null, Cell::Null, std::mem::take(cell));
        self.clash(Clash { kind: ClashKind::Occupied, table, key, field: Some(field), before, ours, theirs });
    }

    /// One row under two ids.
    fn twin(&mut self, at: (usize, &'static Table), there: Key, here: Key, net: &Net, theirs: &[Cell]) -> Result<()> {
        let (place, table) = at;
        self.twins.add(table, there.first(), here.first());
        self.found.push((table, there.first(), here.first()));
        self.stays.insert((place, here));
        if self.writes.get(&(place, here)) == Some(&What::Remove) {
            self.writes.remove(&(place, here));
        }
        match self.ours.cells(table, here)? {
            Some(ours) => self.both(at, here, net, [&ours, theirs]),
            None => Ok(()),
        }
    }

    /// A row that both have: each field that changed there.
    fn both(&mut self, (place, table): (usize, &'static Table), key: Key, net: &Net, [ours, theirs]: [&[Cell]; 2]) -> Result<()> {
        if table.fields.iter().any(Field::is_document) {
            return self.document((place, table), key, [ours, theirs]);
        }
        let mut set = Vec::new();
        for (field, (here, there)) in table.fields.iter().zip(ours.iter().zip(theirs)) {
            if here == there || field.kind == Kind::Entered || (table.link && table.key_columns().contains(&field.name)) {
                continue;
            }
            if self.takes(table, key, field, net, [here, there]) {
                set.push((field.name, there.clone()));
            }
        }
        self.vacate(table, key, ours, &mut set)?;
        if !set.is_empty() {
            self.writes.insert((place, key), What::Set(set));
        }
        Ok(())
    }

    /// A row with a whole document in it is one thing: its state and its digest go with what it says.
    fn document(&mut self, (place, table): (usize, &'static Table), key: Key, [ours, theirs]: [&[Cell]; 2]) -> Result<()> {
        let pairs = table.fields.iter().zip(ours.iter().zip(theirs)).filter(|(field, _)| field.kind != Kind::Entered);
        let differs: Vec<(&'static str, Cell)> =
            pairs.filter(|(_, (here, there))| here != there).map(|(field, (_, there))| (field.name, there.clone())).collect();
        let is_ours = self.mine.get(table.name).is_some_and(|rows| rows.contains_key(&key));
        if !differs.is_empty() && (!is_ours || self.whole(ClashKind::Changed, table, key)) {
            self.writes.insert((place, key), What::Set(differs));
        }
        Ok(())
    }

    /// Whether the other's word about a field comes over.
    fn takes(&mut self, table: &'static Table, key: Key, field: &'static Field, net: &Net, [here, there]: [&Cell; 2]) -> bool {
        let own = self.mine.get(table.name).and_then(|rows| rows.get(&key));
        if net.came && own.is_none() {
            return true;
        }
        if net.came {
            let (open, other_open) = (field.is_open(here), field.is_open(there));
            return !other_open && (open || self.chosen(table, key, field, &Cell::Null, [here, there]));
        }
        let Some(before) = net.before.get(field.name) else { return false };
        match own.and_then(|own| own.before.get(field.name)) {
            // Changed there alone, or there from what it is here.
            None if own.is_none_or(|own| !own.came) => true,
            _ if before == here => true,
            // Changed here from what it is there.
            Some(base) if base == there => false,
            base => {
                let base = base.cloned().unwrap_or_default();
                self.chosen(table, key, field, &base, [here, there])
            }
        }
    }

    fn chosen(&mut self, table: &'static Table, key: Key, field: &'static Field, before: &Cell, [here, there]: [&Cell; 2]) -> bool {
        let (before, ours, theirs) = (before.clone(), here.clone(), there.clone());
        self.clash(Clash { kind: ClashKind::Changed, table, key, field: Some(field), before, ours, theirs })
    }

    fn whole(&mut self, kind: ClashKind, table: &'static Table, key: Key) -> bool {
        let nothing = Cell::Null;
        self.clash(Clash { kind, table, key, field: None, before: nothing.clone(), ours: nothing.clone(), theirs: nothing })
    }

    /// Notes a contradiction, and says whether the other's word was taken.
    fn clash(&mut self, clash: Clash) -> bool {
        let taken = clash.is_open() && self.taken.has(&clash);
        self.clashes.push(clash);
        taken
    }

    /// A value that another row has here stays out, and is told.
    fn vacate(&mut self, table: &'static Table, key: Key, ours: &[Cell], set: &mut Vec<(&'static str, Cell)>) -> Result<()> {
        let mut whole = ours.to_vec();
        for (name, cell) in set.iter() {
            if let Some(place) = table.position(name).and_then(|at| whole.get_mut(at)) {
                *place = cell.clone();
            }
        }
        let Some((_, places)) = self.uniques.holder(self.ours, table, &whole, Some(key))? else { return Ok(()) };
        for field in places.into_iter().filter_map(|at| table.fields.get(at)) {
            let Some(at) = set.iter().position(|(name, _)| *name == field.name) else { continue };
            let (_, theirs) = set.remove(at);
            let here = table.position(field.name).and_then(|at| ours.get(at)).cloned().unwrap_or_default();
            self.clash(Clash { kind: ClashKind::Occupied, table, key, field: Some(field), before: Cell::Null, ours: here, theirs });
        }
        Ok(())
    }

    fn removed_here(&mut self, (place, table): (usize, &'static Table), key: Key, theirs: Vec<Cell>) -> Result<()> {
        if self.whole(ClashKind::RemovedHere, table, key) {
            self.bring_back((place, table), key, theirs)?;
        }
        Ok(())
    }

    fn removed_there(&mut self, (place, table): (usize, &'static Table), key: Key) -> Result<()> {
        if self.stays.contains(&(place, key)) {
            return Ok(());
        }
        let changed = self.mine.get(table.name).is_some_and(|rows| rows.contains_key(&key));
        if !changed || self.whole(ClashKind::RemovedThere, table, key) {
            self.writes.insert((place, key), What::Remove);
        }
        Ok(())
    }

    /// A row that the other removed stays where something here needs it that does not go as well.
    fn keep_what_is_used(&mut self, (place, table): (usize, &'static Table)) -> Result<()> {
        let doomed: Vec<Key> =
            self.writes.iter().filter(|((at, _), what)| *at == place && **what == What::Remove).map(|(k, _)| k.1).collect();
        for key in doomed {
            if self.is_used(table, key)? {
                self.writes.remove(&(place, key));
                self.whole(ClashKind::InUse, table, key);
            }
        }
        Ok(())
    }

    fn is_used(&self, table: &'static Table, key: Key) -> Result<bool> {
        for (at, child) in self.ours.registry().tables().enumerate().filter(|(_, child)| !child.view) {
            for field in child.fields.iter().filter(|field| field.kind == Kind::Ref(table.name)) {
                let users = self.ours.referring(child, field, key.first())?;
                if users.into_iter().any(|user| !self.lets_go(at, user, field)) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Whether a row that refers to another goes as well, or refers to something else afterwards.
    fn lets_go(&self, place: usize, user: Key, field: &Field) -> bool {
        match self.writes.get(&(place, user)) {
            Some(What::Remove) => true,
            Some(What::Set(set)) => set.iter().any(|(name, _)| *name == field.name),
            _ => false,
        }
    }

    /// A row comes back without a value that another one has by now.
    fn bring_back(&mut self, (place, table): (usize, &'static Table), key: Key, mut cells: Vec<Cell>) -> Result<()> {
        if let Some((_, places)) = self.uniques.holder(self.ours, table, &cells, Some(key))? {
            places.into_iter().for_each(|at| self.withhold(table, key, at, &mut cells));
        }
        self.writes.insert((place, key), What::Add(cells));
        Ok(())
    }

    /// What comes over may refer to what was removed here: then that comes back, for nothing that was entered is lost.
    fn bring_back_what_is_needed(&mut self) -> Result<()> {
        let places: HashMap<&'static str, usize> = self.ours.registry().tables().enumerate().map(|(at, table)| (table.name, at)).collect();
        let mut open: Vec<(usize, Key)> = self.writes.keys().copied().collect();
        while let Some(at) = open.pop() {
            for (parent, id) in self.needs(at) {
                let Some(place) = places.get(parent).copied() else { continue };
                let Some(table) = self.ours.registry().entry(parent).map(|entry| entry.table) else { continue };
                let key = Key::Id(id);
                match self.writes.get(&(place, key)) {
                    Some(What::Remove) => drop(self.writes.remove(&(place, key))),
                    Some(_) => continue,
                    None => {}
                }
                if self.ours.cells(table, key)?.is_some() {
                    continue;
                }
                if let Some(cells) = self.theirs.cells(table, self.twins.there(table, key))?.filter(|_| takes_part(table)) {
                    let cells = self.twins.cells(table, cells);
                    self.bring_back((place, table), key, cells)?;
                    open.push((place, key));
                }
            }
        }
        Ok(())
    }

    /// The rows that a written row refers to.
    fn needs(&self, at: (usize, Key)) -> Vec<(&'static str, i64)> {
        let Some(table) = self.ours.registry().tables().nth(at.0) else { return Vec::new() };
        let refers = |field: &Field, cell: &Cell| match (field.kind, cell) {
            (Kind::Ref(parent), Cell::Int(id)) => Some((parent, *id)),
            _ => None,
        };
        match self.writes.get(&at) {
            Some(What::Add(cells)) => table.fields.iter().zip(cells).filter_map(|(field, cell)| refers(field, cell)).collect(),
            Some(What::Set(set)) => set.iter().filter_map(|(name, cell)| refers(table.field(name)?, cell)).collect(),
            _ => Vec::new(),
        }
    }
}
