//! One encrypted SQLite file. Every write is one named step; the journal of steps gives undo, history and refresh.
//!
//! Nothing here names a noun; the records come with the [`Registry`].

mod backup;
mod buffer;
mod bulk;
mod check;
mod clerk;
mod connect;
mod db;
mod encode;
mod faults;
mod feed;
mod files;
mod history;
mod journal;
mod key;
pub mod list;
mod migrate;
mod now;
mod readers;
mod restore;
mod room;
mod schema;
mod search;
mod step;
mod triggers;
mod tx;
mod undo;
mod witness;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, params};

pub use backup::{STAMP, backup};
pub use buffer::Key;
pub use bulk::Inserter;
pub use check::{Finding, check, check_open};
pub use clerk::Clerk;
pub use db::Db;
pub use faults::{check_cells, check_references, check_shapes};
pub use files::{beside, discard, stem, sync_folder, write_whole};
pub use history::{Line, Past, of_record, timeline};
pub use key::{Cost, FileKey, RecoveryKey, Secret, Sidecar};
pub use now::{Clock, Now};
pub use restore::restore;
pub use room::ROOM;
pub use schema::{dump, is_unique};
pub use search::{grams, match_of};
pub use step::{Step, Written};
pub use tx::Tx;
pub use witness::{LostEnd, Witness};

use crate::error::{Error, Refusal, Result, file_error};
use crate::modules::{Module, Registry};
use journal::Journal;
use triggers::{Shared, lock};
use undo::Act;

/// The store's own share of the schema.
pub fn module() -> Module {
    Module::new("store").migration("1_store.sql", include_str!("migrations/1_store.sql"))
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
    /// The clerk who works, as every step will name them.
    pub clerk: Clerk,
    /// What a password's wrap costs.
    pub cost: Cost,
}

/// An open office file: one writer, readers beside it.
pub struct Store {
    path: PathBuf,
    key: FileKey,
    access: Access,
    seat: i64,
    clerk: String,
    buffer: Shared,
    writer: Mutex<Connection>,
    readers: readers::Readers,
    lists: list::Lists,
    witness: Witness,
    lost: Option<LostEnd>,
}

impl Store {
    /// Makes a new file with its sidecar, and gives the recovery key, which is shown once. Refuses an existing file.
    pub fn create(path: &Path, password: &str, access: Access) -> Result<(Self, RecoveryKey)> {
        if path.exists() {
            return Err(file_error(path, "新建", &std::io::ErrorKind::AlreadyExists.into()));
        }
        let recovery = RecoveryKey::random()?;
        let key = recovery.file_key();
        Sidecar::new(&key, password, Some(&recovery), access.cost)?.write(path)?;
        let made = connect::writer(path, &key, true).and_then(|connection| Self::prepare(path, key, access, connection));
        if made.is_err() {
            discard(path);
        }
        Ok((made?, recovery))
    }

    /// Opens a file by a password or the recovery key; a restore that was cut off is ended first.
    pub fn open(path: &Path, secret: &Secret, access: Access) -> Result<Self> {
        restore::end(path)?;
        let key = unlock(path, secret)?;
        let connection = connect::writer(path, &key, false)?;
        if !migrate::pending(&connection, &access.registry)?.is_empty() {
            backup::before(path, &connection, &key, "升级前")?;
        }
        Self::prepare(path, key, access, connection)
    }

    fn prepare(path: &Path, key: FileKey, access: Access, mut writer: Connection) -> Result<Self> {
        migrate::migrate(&mut writer, &access.registry, (access.clock)().at)?;
        let buffer = Shared::default();
        triggers::functions(&writer, &access.registry, &buffer)?;
        triggers::create(&writer, &access.registry)?;
        prove(&writer, &access.registry)?;
        let (seat, clerk) = take_seat(&writer, &access)?;
        let (origin, last) = identity(&writer)?;
        let (witness, lost) = Witness::open(path, &key, &origin, last);
        Ok(Self {
            access,
            buffer,
            clerk,
            key,
            lists: list::Lists::default(),
            lost,
            path: path.into(),
            readers: readers::Readers::default(),
            seat,
            witness,
            writer: writer.into(),
        })
    }

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
        &self.clerk
    }

    /// What the file lacked, when it was opened, of the steps that were once acknowledged; nothing where all were there.
    pub fn lost_end(&self) -> Option<LostEnd> {
        self.lost
    }

    /// This installation's number in the office, from 0.
    pub fn seat(&self) -> i64 {
        self.seat
    }

    /// The moment, as the caller's clock says.
    pub fn now(&self) -> Now {
        (self.access.clock)()
    }

    /// Wraps the file key by a new password.
    pub fn set_password(&self, password: &str) -> Result<()> {
        let sidecar = match Sidecar::read(&self.path) {
            Ok(old) => old.with_password(&self.key, password, self.access.cost)?,
            Err(_) => Sidecar::new(&self.key, password, None, self.access.cost)?,
        };
        sidecar.write(&self.path)
    }

    /// Reads, from one state of the file throughout.
    pub fn read<T>(&self, act: impl FnOnce(&Db<'_>) -> Result<T>) -> Result<T> {
        let open = |kib| connect::reader(&self.path, &self.key, kib);
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
        connection.execute_batch("BEGIN IMMEDIATE")?;
        let _whole = Whole(&connection);
        let written = self.in_transaction(&connection, step, act, inverts, body)?;
        if let Some(step) = written.step {
            connection.execute_batch("COMMIT")?;
            self.witness.saw(step);
        }
        Ok(written)
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
        let sql =
            "INSERT INTO step (mark, name, act, at, seat, clerk, rows, revocable, inverts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0, ?7, ?8)";
        connection.execute(sql, params![mark, step.name, act as i64, now.at, self.seat, self.clerk, step.revocable, inverts])?;
        let id = connection.last_insert_rowid();
        *tx.journal.borrow_mut() = Journal::new(id);
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
        Ok(Written { value, step: (rows > 0 || inverts.is_some()).then_some(id), tables: names.collect() })
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

/// The key of a file, by password or recovery key.
fn unlock(path: &Path, secret: &Secret) -> Result<FileKey> {
    if !path.exists() {
        return Err(file_error(path, "打开", &std::io::ErrorKind::NotFound.into()));
    }
    match secret {
        Secret::Password(password) => Sidecar::read(path)?.open(password),
        Secret::Recovery(text) => RecoveryKey::read(text).map(|key| key.file_key()),
    }
}

/// A writer without its triggers would write past the journal, so their being there is checked, not assumed.
fn prove(connection: &Connection, registry: &Registry) -> Result<()> {
    let mut statement = connection.prepare("SELECT count(*) FROM temp.sqlite_master WHERE type = 'trigger' AND name = ?1")?;
    for name in triggers::names(registry) {
        if statement.query_row([&name], |row| row.get::<_, i64>(0))? != 1 {
            return Err(Error::Damaged(Refusal::new(
                "操作记录没有启用，为安全起见不打开台账。",
                "请重新启动程序；若反复出现，请重新安装。",
            )));
        }
    }
    Ok(())
}

/// What tells the file from others, and its last step; 0 where it has none.
fn identity(connection: &Connection) -> Result<(String, i64)> {
    let sql = "SELECT value, (SELECT coalesce(max(id), 0) FROM step) FROM meta WHERE name = 'origin'";
    Ok(connection.query_row(sql, [], |row| Ok((row.get(0)?, row.get(1)?)))?)
}

/// Finds this installation's seat and its clerk, or gives it the next one; a copied file is thus told apart from its original.
fn take_seat(connection: &Connection, access: &Access) -> Result<(i64, String)> {
    let (installation, clerk) = (&access.installation, &access.clerk);
    let sql = "SELECT n, clerk FROM seat WHERE installation = ?1";
    let found: Option<(i64, String)> = connection.query_row(sql, [installation], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    if let Some((seat, before)) = found {
        if !clerk.given {
            return Ok((seat, before));
        }
        connection.execute("UPDATE seat SET clerk = ?2 WHERE n = ?1 AND clerk <> ?2", (seat, &clerk.name))?;
        return Ok((seat, clerk.name.clone()));
    }
    let sql =
        "INSERT INTO seat (n, installation, clerk, joined) VALUES ((SELECT coalesce(max(n) + 1, 0) FROM seat), ?1, ?2, ?3) RETURNING n";
    Ok(connection.query_row(sql, params![installation, clerk.name, (access.clock)().at], |row| Ok((row.get(0)?, clerk.name.clone())))?)
}
