//! Another key for the file (换新钥匙): a copy encrypted anew takes its place, as a restored backup does.
//!
//! Whoever has an old password with an old sidecar, or the old recovery key, opens the file so far and never the new one. Every
//! account keeps its password: its share of the new key is sealed to its public key. The new recovery key lies in the file until
//! somebody says that it was noted, so that a power cut between the swap and the printing loses it to nobody.

use std::path::Path;

use rusqlite::Connection;

use super::account::{live, public_of};
use super::backup::copy_into;
use super::files::sync_file;
use super::sidecar::{Ring, Sidecar};
use super::{Act, FileKey, RecoveryKey, Right, Step, Store, Written, connect, held};
use crate::error::Result;
use crate::store::db::Db;

/// Where a recovery key stands in `meta` until it was noted.
const UNNOTED: &str = "recovery";
/// What the step is called that gives a file a new key.
const RENEWED: &str = "更换台账钥匙";

/// How the file's key stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyState {
    /// When it was last renewed, in unix seconds; nothing where it is the first one.
    pub renewed: Option<i64>,
    /// Whether the recovery key of the last renewal was noted.
    pub is_noted: bool,
}

/// Tells how the file's key stands.
pub fn key_state(db: &Db<'_>) -> Result<KeyState> {
    let renewed = db.one::<Option<i64>>("SELECT max(at) FROM step WHERE name = ?1", [RENEWED])?.flatten();
    Ok(KeyState { renewed, is_noted: is_noted(db)? })
}

/// Tells whether the recovery key of the last renewal was noted.
pub fn is_noted(db: &Db<'_>) -> Result<bool> {
    let unnoted: Option<String> = db.one("SELECT value FROM meta WHERE name = ?1", [UNNOTED])?;
    Ok(unnoted.is_none())
}

impl Store {
    /// Encrypts the file anew by a new key and gives the new recovery key; the old one opens the file no more. Refuses where another
    /// program has the file open. Until the swap a failure leaves everything as it was.
    pub fn rekey(&self) -> Result<Written<RecoveryKey>> {
        self.allow(Right::Manage, "更换台账钥匙")?;
        let recovery = RecoveryKey::random()?;
        let written = self.swap("rekey", &recovery.file_key(), |writer, draft| self.draft(writer, draft, &recovery))?;
        Ok(written.map(|()| recovery))
    }

    /// The copy under the new key, with the step in it and its sidecar beside it.
    fn draft(&self, writer: &Connection, draft: &Path, recovery: &RecoveryKey) -> Result<Written<()>> {
        let key = recovery.file_key();
        copy_into(writer, &key, draft)?;
        let copy = connect::writer(draft, &key, false)?;
        copy.execute_batch("BEGIN IMMEDIATE")?;
        let step = Step::new(RENEWED).irrevocable().noted().open_to(Right::Manage);
        let written = self.in_transaction(&copy, &step, Act::Do, None, |tx| {
            let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
            tx.connection().execute(sql, (UNNOTED, recovery.print()))?;
            resealed(tx, &self.path, &key)
        })?;
        copy.execute_batch("COMMIT; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")?;
        drop(copy);
        sync_file(draft)?;
        Sidecar::of(written.value.clone()).write(draft)?;
        Ok(written.map(drop))
    }

    /// The recovery key of a new file key that nobody has said to have noted; refuses who may not have it.
    pub fn unnoted_recovery(&self) -> Result<Option<String>> {
        self.allow(Right::Manage, "查看恢复密钥")?;
        self.read(|db| db.one("SELECT value FROM meta WHERE name = ?1", [UNNOTED]))
    }

    /// Takes the recovery key out of the file: it was printed or written down.
    pub fn noted_recovery(&self) -> Result<()> {
        self.allow(Right::Manage, "收好恢复密钥")?;
        held(&self.writer).execute("DELETE FROM meta WHERE name = ?1", [UNNOTED])?;
        Ok(())
    }
}

/// The rings of the accounts that remain, for another file key; one that never had a password has none.
fn resealed(db: &Db<'_>, file: &Path, key: &FileKey) -> Result<Vec<Ring>> {
    let before = Sidecar::read(file)?;
    let mut rings = Vec::new();
    for account in live(db)? {
        let Some(public) = public_of(db, account.id)? else { continue };
        let own = before.rings().iter().find(|ring| ring.public == public.text());
        rings.extend(own.map(|ring| ring.resealed(public, key)).transpose()?);
    }
    Ok(rings)
}
