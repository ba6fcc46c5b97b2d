//! Opening connections: the pragmas that every one of them has.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use super::key::FileKey;
use super::room::ROOM;
use crate::error::{Error, Refusal, Result};

/// How long a writer waits for another one before it says who is busy.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// Opens a connection that may write; makes the file where `create` says so.
pub fn writer(path: &Path, key: &FileKey, create: bool) -> Result<Connection> {
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    if create {
        flags |= OpenFlags::SQLITE_OPEN_CREATE;
    }
    let connection = open(path, key, flags)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "recursive_triggers", true)?;
    connection.pragma_update(None, "cache_size", -ROOM)?;
    connection.set_prepared_statement_cache_capacity(256);
    Ok(connection)
}

/// Opens a connection that only reads and holds so many KiB of the file in memory.
pub fn reader(path: &Path, key: &FileKey, kib: i64) -> Result<Connection> {
    let connection = open(path, key, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "cache_size", -kib)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn open(path: &Path, key: &FileKey, flags: OpenFlags) -> Result<Connection> {
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(PATIENCE)?;
    // What SQLCipher would write to stderr of a wrong key comes back as an error anyway.
    connection.pragma_update(None, "cipher_log_level", "NONE")?;
    connection.execute_batch(&key.pragma())?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(())).map_err(|source| unreadable(path, source))?;
    connection.execute_batch(super::list::SUBTREE)?;
    Ok(connection)
}

fn unreadable(path: &Path, source: rusqlite::Error) -> Error {
    match Error::from(source) {
        Error::Damaged(_) => Error::Damaged(Refusal::new(
            format!("“{}”打不开：文件已损坏，或钥匙文件不是它的。", path.display()),
            "请不要删除它。先确认钥匙文件与台账是同一套；若确已损坏，用“恢复”打开最近的备份。",
        )),
        other => other,
    }
}
