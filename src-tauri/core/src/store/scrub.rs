//! What was erased leaves the file itself: free pages, the gaps in others and the leftovers of search indexes still hold it.

use super::tx::Tx;
use super::{Store, connect, held};
use crate::error::Result;
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

    /// Writes every page of the file anew, search indexes included, and empties its log. Says whether nothing is left: where another
    /// program reads the file, its log cannot be emptied yet.
    ///
    /// It is SQLite's own VACUUM, in place: another file in its place, or a copy written over it, would lose what another program writes
    /// meanwhile. What it builds lies in a temporary file, encrypted as the file is, since a province has no room in memory.
    pub fn scrub(&self) -> Result<bool> {
        let _writer = held(&self.writer);
        self.readers.close();
        // Its own connection: where temporary data goes is chosen by dropping what was there, the writer's triggers among it.
        let cleaner = connect::writer(&self.path, &self.key(), false)?;
        for table in self.registry().tables().filter(|table| !table.view && table.searched().next().is_some()) {
            cleaner.execute_batch(&format!("INSERT INTO {0}_search ({0}_search) VALUES ('optimize')", table.name))?;
        }
        cleaner.execute_batch("PRAGMA temp_store = FILE; PRAGMA cache_size = -4096; VACUUM")?;
        let emptied = || cleaner.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, i64>(0));
        if emptied()? != 0 {
            return Ok(false);
        }
        cleaner.execute("DELETE FROM meta WHERE name = ?1", [DUE])?;
        Ok(emptied()? == 0)
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
