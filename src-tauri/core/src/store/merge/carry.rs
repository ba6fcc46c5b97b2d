//! A plan written down, within one step.

use std::collections::BTreeMap;

use super::super::db::Db;
use super::super::tx::Tx;
use super::known::{Known, digest};
use super::plan::{Plan, What, Write};
use super::{Merged, Twin};
use crate::error::Result;
use crate::record::{Entered, Id};

/// Writes what a plan says: what goes, the last first; what frees a value; what comes; then what changes.
pub fn out(tx: &Tx<'_>, plan: &Plan) -> Result<()> {
    // A row may refer to one that comes after it; what refers to nothing in the end is refused when the step is kept.
    tx.connection().execute_batch("PRAGMA defer_foreign_keys = ON")?;
    let of = |wanted: fn(&What) -> bool| plan.writes.iter().filter(move |write| wanted(&write.what));
    let is_first = |write: &&Write| plan.first.iter().any(|(table, key)| table.name == write.table.name && *key == write.key);
    of(|what| *what == What::Remove).rev().try_for_each(|write| put(tx, write))?;
    of(|what| matches!(what, What::Set(_))).filter(is_first).try_for_each(|write| put(tx, write))?;
    of(|what| matches!(what, What::Add(_))).try_for_each(|write| put(tx, write))?;
    of(|what| matches!(what, What::Set(_))).filter(|write| !is_first(write)).try_for_each(|write| put(tx, write))?;
    for (table, theirs, ours) in &plan.twins {
        tx.insert(&Twin { id: Id::NEW, tab: table.name.to_owned(), theirs: *theirs, ours: *ours })?;
    }
    Ok(())
}

fn put(tx: &Tx<'_>, write: &Write) -> Result<()> {
    match &write.what {
        What::Add(cells) => tx.insert_as(write.table, write.key, cells),
        What::Set(set) => tx.patch(write.table, write.key, set),
        What::Remove => tx.delete(write.table, write.key),
    }
}

/// Notes how far this file holds each seat's work from now on.
pub fn note(tx: &Tx<'_>, theirs: &Db<'_>) -> Result<()> {
    let (held, told) = (Known::of(tx)?, Known::of(theirs)?);
    let mark: i64 = tx.one("SELECT mark FROM step ORDER BY id DESC LIMIT 1", [])?.unwrap_or_default();
    let digests = digests(theirs)?;
    for (seat, upto) in told.seats().filter(|(seat, upto)| !held.holds(*seat, *upto)) {
        let digest = digests.get(&(seat, upto)).cloned().map_or_else(|| digest(theirs, seat, upto), Ok)?;
        let whose = theirs.one("SELECT clerk FROM seat WHERE n = ?1", [seat])?.unwrap_or_else(|| format!("{seat}"));
        tx.insert(&Merged { id: Id::NEW, seat, upto, digest, mark, whose, entered: Entered::default() })?;
    }
    seats(tx, theirs)
}

/// What a file says of the seats that were merged into it.
fn digests(db: &Db<'_>) -> Result<BTreeMap<(i64, i64), String>> {
    let read = |row: &rusqlite::Row<'_>| Ok(((row.get(0)?, row.get(1)?), row.get(2)?));
    Ok(db.rows("SELECT seat, upto, digest FROM merged", [], read)?.into_iter().collect())
}

/// A seat that is taken elsewhere is taken here: nobody gets its number.
fn seats(tx: &Tx<'_>, theirs: &Db<'_>) -> Result<()> {
    let read =
        |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, String>(1)?, row.get::<_, String>(2)?, row.get::<_, i64>(3)?));
    for seat in theirs.rows("SELECT n, installation, clerk, joined FROM seat", [], read)? {
        tx.connection()
            .execute("INSERT INTO seat (n, installation, clerk, joined) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING", seat)?;
    }
    Ok(())
}
