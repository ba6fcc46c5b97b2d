//! Copies that are worked on as the file would be.

use std::path::PathBuf;

use rusqlite::types::ValueRef;
use tempfile::TempDir;

use super::super::backup::backup;
use super::super::db::Db;
use super::super::history::timeline;
use super::super::sidecar::By;
use super::super::{Store, connect};
use super::Trial;
use crate::error::{Result, file_error};

/// A checked copy in a folder that goes with it.
pub(super) struct Copy {
    pub(super) path: PathBuf,
    _folder: TempDir,
}

impl Copy {
    /// Copies a file beside itself, where there is room for it and its disk's rules hold.
    pub(super) fn of(store: &Store) -> Result<Self> {
        let beside = store.path().parent().unwrap_or(store.path());
        let name = store.path().file_name().unwrap_or_default().to_string_lossy();
        let folder = tempfile::Builder::new().prefix(&format!(".{name}.trial-")).tempdir_in(beside);
        let folder = folder.map_err(|source| file_error(beside, "建立文件夹", &source))?;
        Ok(Self { path: backup(store, folder.path())?, _folder: folder })
    }

    /// Opens the copy by the file's own key.
    pub(super) fn open(&self, store: &Store) -> Result<Store> {
        let connection = connect::writer(&self.path, &store.key(), false)?;
        Store::prepare(&self.path, store.key(), &By::Recovery, store.access.clone(), connection)
    }
}

/// What all rows of all tables say, and the numbers given out, as one number.
fn content(db: &Db<'_>) -> Result<[u8; 32]> {
    let mut hasher = blake3::Hasher::new();
    let tables = db.registry().tables().filter(|table| !table.view);
    let selects = tables.map(|table| format!("{} ORDER BY {}", table.sql().select, table.key_columns().join(", ")));
    for sql in selects.chain(["SELECT seat, tab, n FROM counter WHERE tab IN ('trial', 'person') ORDER BY seat, tab".to_owned()]) {
        let mut statement = db.connection().prepare(&sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            (0..columns).try_for_each(|at| row.get_ref(at).map(|cell| add(&mut hasher, cell)))?;
        }
    }
    Ok(hasher.finalize().into())
}

fn add(hasher: &mut blake3::Hasher, cell: ValueRef<'_>) {
    match cell {
        ValueRef::Null => hasher.update(b"n"),
        ValueRef::Integer(value) => hasher.update(b"i").update(&value.to_le_bytes()),
        ValueRef::Real(value) => hasher.update(b"r").update(&value.to_le_bytes()),
        ValueRef::Text(text) | ValueRef::Blob(text) => hasher.update(b"t").update(&text.len().to_le_bytes()).update(text),
    };
}

pub(super) fn backup_opens(store: &Store, copy: &Copy) -> Result<Trial> {
    let opened = copy.open(store)?;
    let same = store.read(content)? == opened.read(content)?;
    Ok(Trial::of("备份打得开，内容一样", "做一份备份，打开它，和台账逐条比较", [same]))
}

/// How often a step is cut off before it is done.
const CUTS: usize = 20;

pub(super) fn cut_off(store: &Store, copy: &Copy) -> Result<Trial> {
    let before = copy.open(store)?.read(content)?;
    let mut held = Vec::new();
    for _ in 0..CUTS {
        // What was written and not acknowledged is left as a program that is killed leaves it.
        let connection = connect::writer(&copy.path, &store.key(), false)?;
        connection.execute_batch("BEGIN IMMEDIATE; INSERT INTO counter (seat, tab, n) VALUES (8191, 'trial', 1)")?;
        drop(connection);
        let left = copy.open(store)?.read(|db| db.one::<i64>("SELECT count(*) FROM counter WHERE tab = 'trial'", []))?;
        held.push(left == Some(0));
    }
    let is_same = copy.open(store)?.read(content)? == before;
    held.iter_mut().for_each(|held| *held &= is_same);
    Ok(Trial::of("做到一半被打断，什么也不留", "在副本上写到一半断开，再打开，和原来比较", held))
}

/// How far back a step is looked for that may be taken back.
const BACK: i64 = 50;

pub(super) fn undone(store: &Store, copy: &Copy) -> Result<Trial> {
    let opened = copy.open(store)?;
    let before = opened.read(content)?;
    let steps = opened.read(|db| timeline(db, None, BACK))?;
    // Frozen and sealed work, accounts and keys are not taken back; nor is what later work stands on.
    let done = steps.iter().filter(|line| line.state == "done").find(|line| opened.undo(Some(line.step)).is_ok());
    let held = done.map(|_| opened.redo().and_then(|_| opened.read(content)).is_ok_and(|after| after == before));
    Ok(Trial::of("撤销再重做，一字不差", "在副本上撤销最近能撤销的一步，再重做，和原来比较", held))
}
