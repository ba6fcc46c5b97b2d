//! Files written whole or not at all.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::sidecar::Sidecar;
use super::witness::Witness;
use super::writing::Writing;
use crate::error::{Result, file_error};
use crate::outside::within;

/// The ending of the plan of a restore.
pub(super) const RESTORING: &str = ".restoring";

/// Removes a file that was never begun to the end, with what lies beside it.
pub fn discard(path: &Path) {
    let log = ["-journal", "-wal", "-shm"].map(|end| with(path, end));
    for part in log.into_iter().chain([path.to_owned(), Sidecar::path(path), Witness::path(path), Writing::path(path)]) {
        let _ = fs::remove_file(part);
    }
}

/// Refuses a place where a file lies, or its keys, or its log, or where a backup is to be put: the keys are needed wherever the file is
/// now, and SQLite would take the log for that of whatever file comes there.
pub fn vacant(path: &Path) -> Result<()> {
    let taken = occupied(path);
    taken.map_or(Ok(()), |part| Err(file_error(&part, "新建", &std::io::ErrorKind::AlreadyExists.into())))
}

/// Whether a place is that of an office file or of what belongs to one, where nothing else may ever be written.
pub fn is_of_office(path: &Path) -> bool {
    let whole = path.to_string_lossy();
    let own = [".keys", ".witness", ".writing", RESTORING, "-wal", "-shm", "-journal"];
    let files = own.iter().filter_map(|end| whole.strip_suffix(end)).chain([&*whole]);
    files.into_iter().any(|file| file.to_lowercase().ends_with(".unionbook") || Sidecar::path(Path::new(file)).exists())
}

/// What of a file lies at a place, where something does.
pub(super) fn occupied(path: &Path) -> Option<PathBuf> {
    let own = ["", "-wal", "-journal", RESTORING].map(|end| with(path, end));
    own.into_iter().chain([Sidecar::path(path)]).find(|part| part.exists())
}

/// A file's name without its ending.
pub fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// What a short note beside a file says; nothing where there is none, or what is there is none.
pub(super) fn note(path: &Path) -> Option<String> {
    within(path, 4 << 10).ok().flatten().and_then(|bytes| String::from_utf8(bytes).ok())
}

/// A file's path with something added to its name.
pub(super) fn with(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// Writes a file under another name, syncs it and renames it into place; nothing is left where that fails.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let draft = beside(path, "draft");
    let written = (|| {
        let mut file = File::create(&draft)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        drop(file);
        fs::rename(&draft, path)?;
        sync_folder(path)
    })();
    written.map_err(|source| {
        let _ = fs::remove_file(&draft);
        file_error(path, "写入", &source)
    })
}

/// Makes what was written to a file last.
pub(super) fn sync_file(path: &Path) -> Result<()> {
    let synced = File::options().write(true).open(path).and_then(|file| file.sync_all());
    synced.map_err(|source| file_error(path, "写入", &source))
}

/// A name beside the file, hidden by a dot, for work that is not finished.
pub fn beside(path: &Path, what: &str) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!(".{name}.{what}-{}", std::process::id()))
}

/// Makes a folder, with those above it, that lasts like the files that come into it.
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    folder.parent().map_or(Ok(()), make_folder)?;
    fs::create_dir_all(folder)?;
    sync_folder(folder)
}

/// Makes a rename in the file's folder last, where the system can.
pub fn sync_folder(path: &Path) -> std::io::Result<()> {
    match path.parent().map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder }) {
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
