//! One encrypted SQLite file. Every write is one named step; the journal of steps gives undo, history and refresh.
//!
//! Nothing here names a noun; the records come with the [`Registry`].

pub mod account;
mod backup;
mod buffer;
mod bulk;
mod check;
mod clerk;
mod connect;
mod cost;
mod db;
mod encode;
mod faults;
mod feed;
mod files;
mod history;
mod journal;
mod key;
mod kin;
pub mod list;
mod mark;
mod mend;
mod merge;
mod migrate;
mod now;
mod open;
mod pair;
mod readers;
mod redact;
mod rekey;
mod restore;
mod room;
mod schema;
mod scrub;
mod sealed;
mod search;
mod seat;
mod sidecar;
mod stamp;
mod step;
mod swap;
mod trial;
mod triggers;
mod tx;
mod undo;
mod veil;
mod witness;
mod words;
mod writing;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use rusqlite::{Connection, params};

pub use account::{Account, AccountChange, NewAccount, Right, Role, Session};
pub use backup::{AUTOMATIC, STAMP, automatic, automatic_folder, backup, chosen_folder, copy_aside, marked_backup};
pub use buffer::Key;
pub use bulk::Inserter;
pub use check::{Finding, check, check_open};
pub use clerk::Clerk;
pub use cost::Cost;
pub use db::Db;
pub use faults::{check_cells, check_references, check_shapes};
pub use files::{beside, discard, is_of_office, stem, sync_folder, vacant, write_whole};
pub use history::{Line, Past, of_record, timeline};
pub use key::{FileKey, RecoveryKey, Secret};
pub use kin::{Kin, of as kin_of, tables as kin_tables};
pub use mark::{Mark, Whose, real};
pub use mend::{Mend, Mended};
pub use merge::{Clash, ClashKind, Merging, Other, Plan, Taken, What, Write};
pub use now::{Clock, Now};
pub use redact::{goes, would_empty};
pub use rekey::{KeyState, is_noted, key_state};
pub use restore::restore;
pub use room::ROOM;
pub use schema::{dump, is_unique};
pub use search::{grams, match_of};
pub use sidecar::Sidecar;
pub use step::{Step, Written};
pub use trial::{Trial, trials};
pub use tx::Tx;
pub use veil::{Veil, Veiled, emptied_by, masked, unveiled, veiled_by};
pub use witness::{LostEnd, Witness};
pub use words::Words;

use crate::error::{Error, Result};
use crate::modules::{Module, Registry};
use journal::Journal;
use stamp::Stamp;
use triggers::{Shared, lock};
use undo::Act;
use writing::Writing;

/// The store's own share of the schema.
pub fn module() -> Module {
    Module::new("store")
        .migration("1_store.sql", include_str!("migrations/1_store.sql"))
        .migration("2_account.sql", include_str!("migrations/2_account.sql"))
        .migration("3_log.sql", include_str!("migrations/3_log.sql"))
        .migration("4_merge.sql", include_str!("migrations/4_merge.sql"))
        .record::<Account>()
        .record::<merge::Merged>()
        .record::<merge::Twin>()
}

/// Who opens a file, and from where the store gets the moment.
#[derive(Clone)]
pub struct Access {
    /// The records of the app.
    pub registry: Arc<Registry>,
    /// The clock.
    pub clock: Clock,
    /// A random text that names this installation of the program on this PC.
    pub installation: String,
    /// Whose the first account is, in a new file and in one of before accounts; the others' names stand in the file.
    pub clerk: Clerk,
    /// The least that a password's wrap costs.
    pub cost: Cost,
}

/// An open office file: one writer, readers beside it.
pub struct Store {
    path: PathBuf,
    key: RwLock<FileKey>,
    access: Access,
    seat: i64,
    session: account::Sitting,
    buffer: Shared,
    writer: Mutex<Connection>,
    readers: readers::Readers,
    lists: list::Lists,
    /// The last automatic backup and the newest step that it has.
    kept: Mutex<Option<(i64, PathBuf)>>,
    witness: RwLock<Witness>,
    stamp: RwLock<Stamp>,
    lost: Option<LostEnd>,
}

impl Store {
    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The records of the running app.
    pub fn registry(&self) -> &Registry {
        &self.access.registry
    }

    /// The clerk who works, as every step will name them.
    pub fn clerk(&self) -> &str {
        &self.session().name
    }

    /// The key of the file.
    fn key(&self) -> FileKey {
        self.key.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What the file lacked, when it was opened, of the steps that were once acknowledged; nothing where all were there.
    pub fn lost_end(&self) -> Option<LostEnd> {
        self.lost
    }

    /// Whose its backups are.
    pub fn mark(&self) -> Mark {
        Mark::of(&self.access.installation, &self.path)
    }

    /// This installation's number in the office, from 0.
    pub fn seat(&self) -> i64 {
        self.seat
    }

    /// The moment, as the caller's clock says.
    pub fn now(&self) -> Now {
        (self.access.clock)()
    }

    /// The id of the newest step; 0 where nothing was done.
    pub fn newest_step(&self) -> Result<i64> {
        self.read(|db| db.one("SELECT coalesce(max(id), 0) FROM step", [])).map(|step| step.unwrap_or(0))
    }

    /// Reads, from one state of the file throughout.
    pub fn read<T>(&self, act: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
        // A new key waits for connections that are being opened by the old one.
        let open = |kib| connect::reader(&self.path, &self.key.read().unwrap_or_else(PoisonError::into_inner), kib);
        self.readers.lend(open, |connection| act(&Db::new(connection, &self.access.registry, self.now())))
    }

    /// Does one named step: all of it, or nothing.
    pub fn write<T>(&self, step: Step, act: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Written<T>> {
        self.step(&step, Act::Do, None, act)
    }

    /// Takes a step back; the latest that stands where none is named.
    pub fn undo(&self, step: Option<i64>) -> Result<Written<String>> {
        self.invert(Act::Undo, |tx| undo::undoable(tx, step))
    }

    /// Does the last undone step again, where nothing new was done since.
    pub fn redo(&self) -> Result<Written<String>> {
        self.invert(Act::Redo, undo::redoable)
    }

    fn invert(&self, act: Act, find: impl FnOnce(&Tx<'_>) -> Result<undo::Head>) -> Result<Written<String>> {
        let connection = held(&self.writer);
        let db = Db::new(&connection, &self.access.registry, self.now());
        let head = find(&Tx::new(db, &self.buffer, Journal::new(0), self.seat))?;
        drop(connection);
        let name = head.name.clone();
        self.step(&Step::new(&head.name), act, Some(head.step), move |tx| undo::invert(tx, &head).map(|()| name))
    }

    fn step<T>(&self, step: &Step, act: Act, inverts: Option<i64>, body: impl FnOnce(&Tx<'_>) -> Result<T>) -> Result<Written<T>> {
        let connection = held(&self.writer);
        *lock(&self.buffer) = buffer::Buffer::default();
        connection.execute_batch("BEGIN IMMEDIATE").map_err(|error| Writing::named(&self.path, error.into()))?;
        let _whole = Whole(&connection);
        self.unmoved()?;
        let _writing = Writing::begin(&self.path, &self.session().name, self.now().at);
        let written = self.in_transaction(&connection, step, act, inverts, body)?;
        if let Some(step) = written.step {
            connection.execute_batch("COMMIT")?;
            self.witness.read().unwrap_or_else(PoisonError::into_inner).saw(step);
        }
        Ok(written)
    }

    /// Refuses to go on where the file that was opened does not lie at its place any more.
    fn unmoved(&self) -> Result<()> {
        self.stamp.read().unwrap_or_else(PoisonError::into_inner).holds(&self.path)
    }

    fn in_transaction<T>(
        &self,
        connection: &Connection,
        step: &Step,
        act: Act,
        inverts: Option<i64>,
        body: impl FnOnce(&Tx<'_>) -> Result<T>,
    ) -> Result<Written<T>> {
        let now = self.now();
        let tx = Tx::new(Db::new(connection, &self.access.registry, now), &self.buffer, Journal::new(0), self.seat);
        let mark = tx.next_id("step")?;
        let sql = "INSERT INTO step (mark, name, act, at, seat, clerk, rows, revocable, inverts, log, token) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8, ?9, random())";
        connection.execute(
            sql,
            params![mark, step.name, act as i64, now.at, self.seat, self.session().name, step.revocable, inverts, step.log],
        )?;
        let id = connection.last_insert_rowid();
        *tx.journal.borrow_mut() = Journal::new(id);
        account::stands(&tx, self.session(), step, act, inverts.map(|step| clerk_of(&tx, step)).transpose()?)?;
        let value = body(&tx)?;
        if lock(&self.buffer).failed {
            return Err(Error::Usage("操作中有一步失败，整个操作没有保存".into()));
        }
        tx.spill(0)?;
        tx.feed()?;
        tx.store_counters()?;
        let buffer::Buffer { rows, tables, .. } = std::mem::take(&mut *lock(&self.buffer));
        connection.execute("UPDATE step SET rows = ?2 WHERE id = ?1", (id, rows))?;
        connection.execute("UPDATE step SET inverted = ?2 WHERE id = ?1", (inverts, id))?;
        let names = self.access.registry.tables().enumerate().filter(|(at, _)| tables.contains(at)).map(|(_, table)| table.name);
        let tables = veil::touched(&self.access.registry, names.collect());
        Ok(Written { value, step: (rows > 0 || inverts.is_some() || step.noted).then_some(id), tables })
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.readers.close();
        let _ = held(&self.writer).execute_batch("PRAGMA optimize; PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// Ends a transaction as if it had never begun, where it was not committed: by nothing to write, an error or a panic.
struct Whole<'c>(&'c Connection);

impl Drop for Whole<'_> {
    fn drop(&mut self) {
        if !self.0.is_autocommit() {
            let _ = self.0.execute_batch("ROLLBACK");
        }
    }
}

/// Locks what a panic elsewhere cannot spoil: [`Whole`] rolls a transaction back while the panic unwinds.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whom a step names.
fn clerk_of(db: &Db<'_>, step: i64) -> Result<String> {
    db.one("SELECT clerk FROM step WHERE id = ?1", [step])?.ok_or_else(|| Error::Gone(format!("编号为 {step} 的操作")))
}
