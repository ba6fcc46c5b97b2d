//! Online backups.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::backup::Backup;

use super::files::{beside, make_folder, occupied, stem, sync_file, sync_folder, vacant};
use super::key::FileKey;
use super::mark::Mark;
use super::open::unlock;
use super::readers::FIRST;
use super::sidecar::Sidecar;
use super::{Secret, Store, connect, held};
use crate::error::{Error, Refusal, Result, file_error};
use crate::outside::within;

/// How the moment of a backup stands in its name.
pub const STAMP: &str = "%Y%m%d-%H%M%S";

/// The folder of the backups that nobody has to think of, beside the file and in the folder that was chosen.
pub const AUTOMATIC: &str = "自动备份";

/// Where the automatic backups of a file lie in a folder that was chosen: in one of its own, for others may have chosen it, too.
pub fn chosen_folder(chosen: &Path, mark: &Mark) -> PathBuf {
    chosen.join(format!("{AUTOMATIC}-{}", mark.text()))
}

/// Where the automatic backups of a file lie beside it.
pub fn automatic_folder(file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new(".")).join(AUTOMATIC)
}

/// Makes a backup where those lie that nobody has to think of: before what changes much at once. One that this store made of the same
/// state is as good.
pub fn automatic(store: &Store) -> Result<PathBuf> {
    let step = store.newest_step()?;
    let mut kept = held(&store.kept);
    if let Some((_, path)) = kept.as_ref().filter(|(of, path)| *of == step && path.exists()) {
        return Ok(path.clone());
    }
    let path = backup(store, &automatic_folder(&store.path))?;
    *kept = Some((step, path.clone()));
    Ok(path)
}

/// Copies a file with its sidecar into a folder while it is in use, opens the copy, checks and counts it, and gives its path.
pub fn backup(store: &Store, folder: &Path) -> Result<PathBuf> {
    put(store, folder, "")
}

/// Makes a backup whose name says whose it is, for a folder that others put theirs in as well.
pub fn marked_backup(store: &Store, folder: &Path) -> Result<PathBuf> {
    put(store, folder, &format!("-{}", store.mark().text()))
}

fn put(store: &Store, folder: &Path, mark: &str) -> Result<PathBuf> {
    make_folder(folder).map_err(|source| file_error(folder, "建立文件夹", &source))?;
    let target = free_name(folder, &format!("{}-{}{mark}", stem(&store.path), store.now().local().format(STAMP)));
    // A reader of its own holds one state of the file while others write on.
    let key = store.key();
    let source = connect::reader(&store.path, &key, FIRST)?;
    source.execute_batch("BEGIN; SELECT count(*) FROM sqlite_master")?;
    copy(&source, &key, &store.path, &target)?;
    Ok(target)
}

/// Copies a file that nobody here works on to another place, by its password or recovery key, and checks the copy. Refuses a place that
/// is taken; the file stays as it is.
pub fn copy_aside(from: &Path, secret: &Secret, to: &Path) -> Result<()> {
    vacant(to)?;
    let (key, _) = unlock(from, secret)?;
    copy(&connect::reader(from, &key, FIRST)?, &key, from, to)
}

/// A copy beside the file before something that changes all of it.
pub(super) fn before(path: &Path, connection: &Connection, key: &FileKey, why: &str) -> Result<PathBuf> {
    let target = free_name(path.parent().unwrap_or(Path::new("")), &format!("{}-{why}", stem(path)));
    copy(connection, key, path, &target)?;
    Ok(target)
}

pub(super) fn free_name(folder: &Path, stem: &str) -> PathBuf {
    let name = |n: u32| if n == 1 { format!("{stem}.unionbook") } else { format!("{stem}-{n}.unionbook") };
    (1..).map(|n| folder.join(name(n))).find(|path| occupied(path).is_none()).unwrap_or_else(|| folder.join(stem))
}

/// Copies page by page into a draft, checks the draft, and renames it into place.
fn copy(source: &Connection, key: &FileKey, from: &Path, target: &Path) -> Result<()> {
    let draft = beside(target, "draft");
    let done = copy_into(source, key, &draft).and_then(|()| {
        copy_sidecar(from, target)?;
        fs::rename(&draft, target).and_then(|()| sync_folder(target)).map_err(|error| file_error(target, "写入", &error))
    });
    if done.is_err() {
        let _ = fs::remove_file(&draft);
        let _ = fs::remove_file(Sidecar::path(target));
    }
    done
}

pub(super) fn copy_into(source: &Connection, key: &FileKey, draft: &Path) -> Result<()> {
    let mut target = Connection::open(draft)?;
    target.execute_batch(&key.pragma())?;
    Backup::new(source, &mut target)?.run_to_completion(1000, std::time::Duration::ZERO, None)?;
    drop(target);
    vet(source, key, draft)
}

/// Checks a copy and counts what is in it, and makes it last; refuses one that is not what it was made of.
pub(super) fn vet(source: &Connection, key: &FileKey, draft: &Path) -> Result<()> {
    let copy = connect::writer(draft, key, false)?;
    let sound: String = copy.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    let counted = counts(&copy)? == counts(source)?;
    copy.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE")?;
    drop(copy);
    sync_file(draft)?;
    if sound == "ok" && counted { Ok(()) } else { Err(unsound(draft)) }
}

/// How many rows each table has.
fn counts(connection: &Connection) -> Result<Vec<(String, i64)>> {
    // A contentless index counts nothing of its own.
    let sql = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    let tables: Vec<String> = connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let count = |table: String| {
        let rows = connection.query_row(&format!("SELECT count(*) FROM \"{table}\""), [], |row| row.get(0))?;
        Ok((table, rows))
    };
    tables.into_iter().map(count).collect()
}

fn unsound(path: &Path) -> Error {
    Error::Damaged(Refusal::new(format!("备份“{}”没有通过检查，已丢弃。", path.display()), "请换一个磁盘再备份，并运行“检查”。"))
}

pub(super) fn copy_sidecar(from: &Path, to: &Path) -> Result<()> {
    match within(&Sidecar::path(from), Sidecar::LONGEST) {
        Ok(Some(bytes)) => super::files::write_whole(&Sidecar::path(to), &bytes),
        Ok(None) => Err(file_error(&Sidecar::path(from), "读取", &std::io::ErrorKind::InvalidData.into())),
        Err(source) if source.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(source) => Err(file_error(&Sidecar::path(from), "读取", &source)),
    }
}
