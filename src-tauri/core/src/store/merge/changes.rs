//! What became of each row in the steps that the other file does not know, taken all together.

use std::collections::{BTreeMap, HashMap};

use super::super::buffer::Key;
use super::super::db::Db;
use super::super::journal::{Change, Entry};
use super::known::Known;
use super::takes_part;
use crate::error::Result;
use crate::record::Cell;

/// What became of one row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Net {
    /// Whether it was not there before.
    pub came: bool,
    /// What the columns that changed, or all of one that went, said before.
    pub before: HashMap<String, Cell>,
}

/// The rows that changed, by table and key.
pub type Changes = HashMap<&'static str, BTreeMap<Key, Net>>;

/// Which steps are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Work.
    Work,
    /// Steps that only write a log down.
    Log,
}

/// The steps of a file that the other does not know, oldest first.
pub fn steps(db: &Db<'_>, known: &Known, of: Of) -> Result<Vec<i64>> {
    let merged = merged(db)?;
    let sql = "SELECT id, seat, mark FROM step WHERE log = ?1 ORDER BY id";
    let all = db.rows(sql, [of == Of::Log], |row| Ok((row.get::<_, i64>(0)?, row.get(1)?, row.get::<_, i64>(2)?)))?;
    // A merge brings what the seats did that it names: the other knows it, where it knows these as far.
    let came_from = |mark: &i64| merged.get(mark).is_some_and(|seats| seats.iter().all(|(seat, upto)| known.holds(*seat, *upto)));
    let unknown = all.into_iter().filter(|(_, seat, mark)| !known.holds(*seat, *mark) && !came_from(mark));
    Ok(unknown.map(|(id, ..)| id).collect())
}

/// The merges that a file did: by the mark of the step, the seats and how far.
fn merged(db: &Db<'_>) -> Result<HashMap<i64, Vec<(i64, i64)>>> {
    let mut merges: HashMap<i64, Vec<(i64, i64)>> = HashMap::new();
    for (mark, seat, upto) in db.rows("SELECT mark, seat, upto FROM merged", [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))? {
        merges.entry(mark).or_default().push((seat, upto));
    }
    Ok(merges)
}

/// What these steps did, taken together.
pub fn of(db: &Db<'_>, steps: &[i64]) -> Result<Changes> {
    let sql = format!("SELECT {} FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step = ?1 ORDER BY j.seq", Entry::COLUMNS);
    let mut changes = Changes::new();
    let mut statement = db.connection().prepare_cached(&sql)?;
    for step in steps {
        let mut rows = statement.query([step])?;
        while let Some(row) = rows.next()? {
            let Some(entry) = Entry::read(row, db.registry())?.filter(|entry| takes_part(entry.table)) else { continue };
            let table = changes.entry(entry.table.name).or_default();
            entry.changes()?.into_iter().for_each(|change| note(table, change));
        }
    }
    Ok(changes)
}

fn note(table: &mut BTreeMap<Key, Net>, change: Change) {
    let key = change.key();
    let first = !table.contains_key(&key);
    let net = table.entry(key).or_default();
    match change {
        Change::Came(_) => net.came |= first,
        Change::Changed(_, columns) => columns.into_iter().for_each(|(name, old, _)| keep(net, name, old)),
        Change::Went(_, cells) => cells.into_iter().for_each(|(name, cell)| keep(net, name, cell)),
    }
}

/// The first telling counts: it is what the other file had.
fn keep(net: &mut Net, name: String, cell: Cell) {
    if !net.came {
        net.before.entry(name).or_insert(cell);
    }
}
