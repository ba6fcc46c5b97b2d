//! Bringing a file up to the schema of this program.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::error::{Error, Refusal, Result};
use crate::modules::{Migration, Module, Registry};

const OWN: &str = "CREATE TABLE IF NOT EXISTS migration (module TEXT NOT NULL, name TEXT NOT NULL, digest TEXT NOT NULL, \
                   applied INTEGER NOT NULL, PRIMARY KEY (module, name)) STRICT, WITHOUT ROWID";

/// Lists the migrations that the file lacks, in order; refuses a newer file and one whose applied steps differ.
pub fn pending<'r>(connection: &Connection, registry: &'r Registry) -> Result<Vec<(&'r Module, &'r Migration)>> {
    let mut applied = applied(connection)?;
    let mut pending = Vec::new();
    for (module, migration) in registry.0.iter().flat_map(|module| module.migrations.iter().map(move |migration| (module, migration))) {
        match applied.remove(&(module.name.to_owned(), migration.name.to_owned())) {
            None => pending.push((module, migration)),
            Some(digest) if digest != digest_of(migration) => return Err(differs(module, migration)),
            Some(_) => {}
        }
    }
    if applied.is_empty() { Ok(pending) } else { Err(Error::Newer("这个台账文件".into())) }
}

/// Applies all pending migrations in one transaction.
pub fn migrate(connection: &mut Connection, registry: &Registry, now: i64) -> Result<usize> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute_batch(OWN)?;
    let pending = pending(&transaction, registry)?;
    for (module, migration) in &pending {
        transaction.execute_batch(migration.sql)?;
        let row = params![module.name, migration.name, digest_of(migration), now];
        transaction.execute("INSERT INTO migration (module, name, digest, applied) VALUES (?1, ?2, ?3, ?4)", row)?;
    }
    transaction.commit()?;
    Ok(pending.len())
}

fn applied(connection: &Connection) -> Result<BTreeMap<(String, String), String>> {
    let known = connection.query_row("SELECT 1 FROM sqlite_master WHERE name = 'migration'", [], |_| Ok(())).optional()?;
    if known.is_none() {
        return Ok(BTreeMap::new());
    }
    let mut statement = connection.prepare("SELECT module, name, digest FROM migration")?;
    let rows = statement.query_map([], |row| Ok(((row.get("module")?, row.get("name")?), row.get("digest")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn digest_of(migration: &Migration) -> String {
    blake3::hash(migration.sql.as_bytes()).to_hex().to_string()
}

fn differs(module: &Module, migration: &Migration) -> Error {
    Error::Damaged(Refusal::new(
        format!("台账结构的升级步骤“{}/{}”与本程序的不一致。", module.name, migration.name),
        "请安装正式发布的程序版本；文件没有改动。",
    ))
}
