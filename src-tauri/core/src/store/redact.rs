//! Erasure as the law asks for it (清除): rows stay for what is counted and say nothing of whom they were; the journal forgets what they said.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::buffer::{Key, Op};
use super::journal::{Change, Entry};
use super::kin::{self, Kin};
use super::tx::Tx;
use super::words::Words;
use crate::error::Result;
use crate::modules::Registry;
use crate::record::{Cell, ERASED, Field, Kind, Table};

/// Says whether a field goes where its row is erased: of the root all but what is required and no text; of what belongs to it texts and
/// secrets. Keys, references, days and codes stay, since reports count by them.
pub fn goes(root: &str, table: &Table, field: &Field) -> bool {
    match field.kind {
        Kind::Ref(_) | Kind::Entered => false,
        kind if table.name == root => !field.required || kind == Kind::Text,
        Kind::Text => field.secret || !table.key.contains(&field.name),
        _ => field.secret,
    }
}

/// The fields of a table that go where a row of `root` is erased.
fn going(root: &str, table: &'static Table) -> impl Iterator<Item = &'static Field> {
    table.fields.iter().filter(move |field| goes(root, table, field))
}

/// How many rows of which tables an erasure would empty.
pub fn would_empty(registry: &Registry, root: &str, rows: &Kin) -> Vec<(&'static Table, usize)> {
    let of = |table: &'static Table| Some((table, rows.get(table.name)?.len())).filter(|(_, many)| *many > 0);
    registry.tables().filter(|table| going(root, table).next().is_some()).filter_map(of).collect()
}

impl Tx<'_> {
    /// Empties the rows that were erased; gives how many it changed.
    pub fn blank(&self, root: &str, rows: &Kin) -> Result<usize> {
        let mut changed = 0;
        for table in self.registry().tables() {
            let blank = |field: &Field| if field.required { Cell::Text(ERASED.into()) } else { Cell::Null };
            let blanked: Vec<(&str, Cell)> = going(root, table).map(|field| (field.name, blank(field))).collect();
            for key in rows.get(table.name).into_iter().flatten().filter(|_| !blanked.is_empty()) {
                self.patch(table, *key, &blanked)?;
                changed += 1;
            }
        }
        Ok(changed)
    }

    /// Takes what erased rows said out of the journal, this step included: also of rows that were removed before, and of such as turned
    /// out to be the same (united with one of them, or of the same key). The steps that made or changed them stay for good. Gives how
    /// many entries it changed.
    pub fn redact(&self, root: &'static Table, rows: &Kin, words: &mut Words, names: &[String]) -> Result<usize> {
        self.spill(0)?;
        let tables = kin::tables(self.registry(), root.name);
        let ids: Vec<i64> = rows.get(root.name).into_iter().flatten().map(|key| key.first()).collect();
        let mut rows: HashMap<&'static str, HashSet<Key>> =
            rows.iter().map(|(table, keys)| (*table, keys.iter().copied().collect())).collect();
        rows.entry(root.name).or_default().extend(kin::united(self, root, &ids)?.into_iter().map(Key::Id));
        let mut redaction = Redaction { tx: self, root, tables, rows, names: names.iter().cloned().collect(), words };
        // What is found may lead to more: a row that was removed, and what belonged to it.
        while redaction.pass(None)? {}
        let mut emptied = Emptied::default();
        redaction.pass(Some(&mut emptied))?;
        let Emptied { bodies, mut steps } = emptied;
        steps.extend(redaction.came()?);
        let mut statement = self.connection().prepare_cached("UPDATE journal SET body = ?3 WHERE step = ?1 AND seq = ?2")?;
        for (step, seq, body) in &bodies {
            statement.execute((step, seq, body))?;
        }
        let mut stays = self.connection().prepare_cached("UPDATE step SET revocable = 0 WHERE id = ?1")?;
        steps.iter().try_for_each(|step| stays.execute([step]).map(drop))?;
        Ok(bodies.len())
    }
}

/// Entries that say nothing of them any more, and the steps that did anything with their rows.
#[derive(Default)]
struct Emptied {
    bodies: Vec<(i64, i64, Vec<u8>)>,
    steps: BTreeSet<i64>,
}

/// What is known of the rows whose past goes.
struct Redaction<'t, 'c> {
    tx: &'t Tx<'c>,
    root: &'static Table,
    tables: Vec<(&'static Table, Vec<&'static Field>)>,
    rows: HashMap<&'static str, HashSet<Key>>,
    names: HashSet<String>,
    words: &'t mut Words,
}

impl Redaction<'_, '_> {
    /// Goes through the journal: learns whose entries there are, and says whether it learnt anything; or writes them anew.
    fn pass(&mut self, mut writes: Option<&mut Emptied>) -> Result<bool> {
        let sql = format!(
            "SELECT {}, j.step, j.seq FROM journal j JOIN shape h ON h.id = j.shape WHERE j.op <> 1 AND j.body IS NOT NULL ORDER BY j.step, j.seq",
            Entry::COLUMNS
        );
        let mut statement = self.tx.connection().prepare(&sql)?;
        let (mut found, mut learnt) = (statement.query([])?, false);
        while let Some(row) = found.next()? {
            let Some(entry) = Entry::read(row, self.tx.registry())?.filter(|entry| self.concerns(entry)) else { continue };
            let changes = entry.changes()?;
            match &mut writes {
                None => changes.iter().for_each(|change| learnt |= self.learn(entry.table, change)),
                Some(writes) => {
                    let emptied: Vec<Change> = changes.iter().map(|change| self.emptied(entry.table, change)).collect();
                    let (step, theirs) = (row.get(6)?, changes.iter().any(|change| self.is_known(entry.table.name, change.key())));
                    writes.steps.extend((theirs || emptied != changes).then_some(step));
                    if emptied != changes {
                        writes.bodies.push((step, row.get(7)?, entry.pack(&emptied)));
                    }
                }
            }
        }
        Ok(learnt)
    }

    /// The steps in which any of the rows came: to take one back would change what past periods count.
    fn came(&self) -> Result<Vec<i64>> {
        let sql = format!(
            "SELECT {}, j.step FROM journal j JOIN shape h ON h.id = j.shape WHERE h.tab = ?1 AND j.op = 1 AND j.key <= ?2 AND j.last >= ?2",
            Entry::COLUMNS
        );
        let (mut statement, mut steps) = (self.tx.connection().prepare(&sql)?, Vec::new());
        for (table, key) in self.rows.iter().flat_map(|(table, keys)| keys.iter().map(move |key| (table, key))) {
            let mut found = statement.query((table, key.first()))?;
            while let Some(row) = found.next()? {
                let Some(entry) = Entry::read(row, self.tx.registry())? else { continue };
                if !entry.table.link || entry.changes()?.iter().any(|change| change.key() == *key) {
                    steps.push(row.get(6)?);
                }
            }
        }
        Ok(steps)
    }

    fn concerns(&self, entry: &Entry) -> bool {
        self.tables.iter().any(|(table, _)| table.name == entry.table.name) && self.may_concern(entry) || self.words.hit(entry.body())
    }

    /// Removed rows may have been anybody's; a change is one row's.
    fn may_concern(&self, entry: &Entry) -> bool {
        let known = |key: &Key| (entry.key..=entry.last).contains(&key.first());
        entry.op == Op::Delete || self.rows.get(entry.table.name).is_some_and(|keys| keys.iter().any(known))
    }

    fn is_known(&self, table: &str, key: Key) -> bool {
        self.rows.get(table).is_some_and(|keys| keys.contains(&key))
    }

    /// Notes what a change tells of whose rows there are; says whether it was new.
    fn learn(&mut self, table: &'static Table, change: &Change) -> bool {
        let known = self.is_known(table.name, change.key());
        match change {
            Change::Went(key, cells) => {
                let new = !known && self.is_theirs(table, cells) && self.rows.entry(table.name).or_default().insert(*key);
                let theirs = known || new;
                let said = cells.iter().map(|(name, cell)| theirs && self.hear(table, name, cell)).fold(false, |new, one| new | one);
                new | said
            }
            Change::Changed(_, columns) if known => {
                let mut new = false;
                for (name, old, fresh) in columns {
                    new |= self.hear(table, name, old) | self.hear(table, name, fresh);
                }
                new
            }
            _ => false,
        }
    }

    /// Notes a name or key that a row of the root had.
    fn hear(&mut self, table: &Table, name: &str, cell: &Cell) -> bool {
        let (Some(field), Cell::Text(text)) = (self.root.field(name).filter(|_| table.name == self.root.name), cell) else { return false };
        if text == ERASED {
            return false;
        }
        let key = self.root.key.contains(&field.name) && self.words.add(text);
        let called = field.search && self.names.insert(text.clone());
        key || called
    }

    /// Whether a row that was removed was theirs: by what it belonged to, by its key, or by its name where its key is another's.
    fn is_theirs(&self, table: &Table, cells: &[(String, Cell)]) -> bool {
        let cell = |name: &str| cells.iter().find(|(column, _)| column == name).map(|(_, cell)| cell);
        if table.name == self.root.name {
            let keys: Vec<&str> = table.key.iter().filter_map(|key| cell(key)?.text()).collect();
            let called = table.searched().any(|field| cell(field.name).and_then(Cell::text).is_some_and(|name| self.names.contains(name)));
            return keys.iter().any(|key| self.words.has(key)) || keys.is_empty() && called;
        }
        let fields = self.tables.iter().find(|(known, _)| known.name == table.name).map(|(_, fields)| fields);
        fields.into_iter().flatten().any(|field| match (field.kind, cell(field.name)) {
            (Kind::Ref(to), Some(Cell::Int(id))) => self.is_known(to, Key::Id(*id)),
            _ => false,
        })
    }

    /// The change without what it said of them.
    fn emptied(&self, table: &'static Table, change: &Change) -> Change {
        let theirs = self.is_known(table.name, change.key());
        let empty = |name: &str, cell: &Cell| match (table.field(name), cell) {
            (_, Cell::Text(text)) if self.words.hit(text.as_bytes()) => Cell::Text(ERASED.into()),
            (Some(field), cell) if !theirs || !goes(self.root.name, table, field) => cell.clone(),
            (None, Cell::Text(_)) if theirs => Cell::Text(ERASED.into()),
            (Some(_), Cell::Text(_)) => Cell::Text(ERASED.into()),
            (Some(_), _) => Cell::Null,
            (None, cell) => cell.clone(),
        };
        match change {
            Change::Came(key) => Change::Came(*key),
            Change::Changed(key, columns) => {
                Change::Changed(*key, columns.iter().map(|(name, old, new)| (name.clone(), empty(name, old), empty(name, new))).collect())
            }
            Change::Went(key, cells) => Change::Went(*key, cells.iter().map(|(name, cell)| (name.clone(), empty(name, cell))).collect()),
        }
    }
}
