//! What was erased leaves the file itself: free pages, the gaps in others and the leftovers of search indexes still hold it.

use std::path::Path;

use rusqlite::Connection;

use super::backup::{copy_sidecar, vet};
use super::files::sync_file;
use super::tx::Tx;
use super::{FileKey, Store, connect};
use crate::error::{Error, Result};
use crate::store::db::Db;

/// When something was erased for the last time, in unix seconds: backups made before still hold it.
const ERASED_AT: &str = "erased_at";
/// Stands in `meta` within the step that erases, and never outside of it.
const ERASING: &str = "erasing";
/// Stands in `meta` while pages may hold what was erased.
const DUE: &str = "scrub";

impl Tx<'_> {
    /// Lets an act take people out of what is never changed otherwise: what was sent, what is veiled.
    pub fn erasing<T>(&self, act: impl FnOnce() -> Result<T>) -> Result<T> {
        self.connection().execute("INSERT INTO meta (name, value) VALUES (?1, '1')", [ERASING])?;
        let done = self.through_veils(act)?;
        self.connection().execute("DELETE FROM meta WHERE name = ?1", [ERASING])?;
        Ok(done)
    }

    /// Notes with the step that something was erased, so that a file whose cleaning was cut off is cleaned when it is opened again.
    pub fn note_erasure(&self) -> Result<()> {
        let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        let at = self.now().at.to_string();
        [ERASED_AT, DUE].iter().try_for_each(|name| self.connection().execute(sql, (name, &at)).map(drop))?;
        Ok(())
    }
}

impl Store {
    /// When something was erased from the file for the last time, in unix seconds; nothing where nothing ever was.
    pub fn erased_at(&self) -> Result<Option<i64>> {
        self.read(|db| meta(db, ERASED_AT))
    }

    /// Writes every page of the file anew, search indexes included, and leaves its log behind. Says whether that was done: another
    /// program that has the file open hinders it.
    ///
    /// The new file lies beside the old one until it takes its place; SQLite's own way builds it in memory, where a province has no room.
    pub fn scrub(&self) -> Result<bool> {
        let key = self.key();
        match self.swap("scrub", &key, |writer, draft| self.cleaned(writer, draft, &key)) {
            Err(Error::Busy(_)) => Ok(false),
            done => done.map(|()| true),
        }
    }

    /// The file without gaps and free pages, and without the note that it is to be cleaned.
    fn cleaned(&self, writer: &Connection, draft: &Path, key: &FileKey) -> Result<()> {
        for table in self.registry().tables().filter(|table| !table.view && table.searched().next().is_some()) {
            writer.execute_batch(&format!("INSERT INTO {0}_search ({0}_search) VALUES ('optimize')", table.name))?;
        }
        writer.execute("VACUUM INTO ?1", [draft.to_string_lossy()])?;
        vet(writer, key, draft)?;
        let copy = connect::writer(draft, key, false)?;
        copy.execute("DELETE FROM meta WHERE name = ?1", [DUE])?;
        copy.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")?;
        drop(copy);
        sync_file(draft)?;
        copy_sidecar(&self.path, draft)
    }

    /// Cleans the file where that was begun and not ended.
    pub(super) fn scrub_due(&self) -> Result<bool> {
        if self.read(|db| meta(db, DUE))?.is_some() { self.scrub() } else { Ok(true) }
    }
}

fn meta(db: &Db<'_>, name: &str) -> Result<Option<i64>> {
    let text: Option<String> = db.one("SELECT value FROM meta WHERE name = ?1", [name])?;
    Ok(text.and_then(|text| text.parse().ok()))
}
