//! A file put in its place whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::Result;
use crate::error::{Error, Refusal, file_error};
use crate::store::{is_of_office, real};

/// The file being written, in a temporary place beside its own.
pub struct Target {
    file: BufWriter<File>,
    failure: Option<io::Error>,
}

impl Target {
    fn noted<T>(&mut self, outcome: io::Result<T>) -> io::Result<T> {
        if let Err(failure) = &outcome
            && self.failure.is_none()
        {
            self.failure = Some(failure.raw_os_error().map_or_else(|| failure.kind().into(), io::Error::from_raw_os_error));
        }
        outcome
    }
}

impl Target {
    /// Puts what was written so far on the disk, and gives its digest: once all of it is written, that of the file.
    pub fn digest(&mut self) -> Result<String> {
        let hashed = self.file.flush().and_then(|()| hashed(self.file.get_mut()));
        self.noted(hashed).map_err(lost)
    }
}

fn hashed(file: &mut File) -> io::Result<String> {
    file.sync_all()?;
    let mut hasher = blake3::Hasher::new();
    file.seek(SeekFrom::Start(0))?;
    hasher.update_reader(&mut *file)?;
    file.seek(SeekFrom::End(0))?;
    Ok(hasher.finalize().to_hex().to_string())
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes);
        self.noted(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        let flushed = self.file.flush();
        self.noted(flushed)
    }
}

impl Seek for Target {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let sought = self.file.seek(to);
        self.noted(sought)
    }
}

/// Writes a file of these bytes, as [`to_file`] does.
pub fn bytes_to_file(path: &Path, bytes: &[u8]) -> Result<()> {
    bytes_noted(path, bytes, |_| Ok(()))
}

/// Writes a file of these bytes that is noted before it takes its place; where it cannot be, a file that was there stays as it was.
pub fn bytes_noted(path: &Path, bytes: &[u8], note: impl FnOnce(&mut Target) -> Result<()>) -> Result<()> {
    to_file(path, |target| {
        target.write_all(bytes).map_err(|source| file_error(path, "写入", &source))?;
        note(target)
    })
}

/// Writes a file that somebody takes out, as [`whole_file`] does; refuses the place of an office file and of what belongs to it.
pub fn to_file<T>(path: &Path, write: impl FnOnce(&mut Target) -> Result<T>) -> Result<T> {
    if is_of_office(path) || is_of_office(&real(path)) {
        let message = format!("“{}”是台账文件或它的钥匙文件的位置，没有写。", path.display());
        return Err(Error::File(Refusal::new(message, "请换一个文件名，不要以 .unionbook 结尾。")));
    }
    whole_file(path, write)
}

/// Writes a file: to a temporary one in the same folder first, which takes the file's place once all of it is on the
/// disk. Whatever fails, a file that was there stays as it was and nothing half-written is left.
pub fn whole_file<T>(path: &Path, write: impl FnOnce(&mut Target) -> Result<T>) -> Result<T> {
    let failed = |source: io::Error| file_error(path, "写入文件", &plain(source));
    // A link stays a link: what it leads to is replaced.
    let place = real(path);
    if fs::metadata(&place).is_ok_and(|facts| facts.permissions().readonly()) {
        return Err(failed(ErrorKind::PermissionDenied.into()));
    }
    // Windows keeps others from replacing what a program has open: that is said before anything is noted of the new file.
    if cfg!(windows) && place.is_file() {
        File::options().write(true).open(&place).map_err(failed)?;
    }
    let temporary = beside(&place).map_err(failed)?;
    let file = temporary.reopen().map_err(failed)?;
    let mut target = Target { file: BufWriter::with_capacity(256 << 10, file), failure: None };
    let written = match write(&mut target) {
        // The first failure to write says more than what it led to.
        Err(error) => return Err(target.failure.take().map_or(error, failed)),
        Ok(written) => written,
    };
    target.flush().and_then(|()| target.file.get_ref().sync_all()).map_err(failed)?;
    drop(target);
    temporary.persist(&place).map_err(|fault| failed(fault.error))?;
    settle(&place);
    Ok(written)
}

fn beside(place: &Path) -> io::Result<NamedTempFile> {
    let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_owned);
    let mut builder = tempfile::Builder::new();
    builder.prefix(".unionbook-").suffix(".tmp");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(folder)
}

/// Makes the new name last through a power cut; only some systems can, and only for them it matters.
fn settle(place: &Path) {
    if cfg!(unix)
        && let Some(folder) = place.parent()
    {
        let _ = File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// Windows says of a file open elsewhere that it is shared (32) or locked (33): to the user it is not permitted.
fn plain(source: io::Error) -> io::Error {
    match source.raw_os_error() {
        Some(32 | 33) if cfg!(windows) => io::Error::new(ErrorKind::PermissionDenied, source),
        _ => source,
    }
}

/// A failure to write somewhere that has no path here.
pub(super) fn lost(source: io::Error) -> Error {
    file_error(Path::new("导出的表格"), "写入文件", &source)
}

pub(super) fn zip_lost(source: zip::result::ZipError) -> Error {
    match source {
        zip::result::ZipError::Io(source) => lost(source),
        other => lost(io::Error::other(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("名册.xlsx");
        to_file(&path, |target| target.write_all(b"one").map_err(lost)).expect("written");
        let outcome = to_file(&path, |target| {
            target.write_all(b"two").map_err(lost)?;
            Err::<(), _>(Error::Stopped)
        });
        assert!(matches!(outcome, Err(Error::Stopped)), "the caller's own error comes back");
        assert_eq!(fs::read(&path).expect("still there"), b"one", "the old file is whole");
        assert_eq!(names(folder.path()), ["名册.xlsx"], "nothing half-written is left");
        to_file(&path, |target| target.write_all(b"two").map_err(lost)).expect("written again");
        assert_eq!(fs::read(&path).expect("there"), b"two", "the new file has taken its place");
    }

    #[test]
    fn what_forbids_writing_is_said_with_the_path() {
        let folder = tempfile::tempdir().expect("a folder");
        let message = |outcome: Result<()>| match outcome {
            Err(Error::File(refusal)) => refusal.message,
            other => panic!("must be a matter of files: {other:?}"),
        };
        let missing = folder.path().join("没有").join("a.xlsx");
        let said = message(to_file(&missing, |_| Ok(())));
        assert!(said.contains("a.xlsx") && said.contains("找不到"), "{said}");
        let path = folder.path().join("a.xlsx");
        fs::write(&path, b"one").expect("written");
        let mut locked = fs::metadata(&path).expect("facts").permissions();
        locked.set_readonly(true);
        fs::set_permissions(&path, locked).expect("locked");
        let said = message(to_file(&path, |_| Ok(())));
        assert!(said.contains("没有权限"), "{said}");
    }

    #[test]
    fn a_full_disk_is_said_whatever_it_led_to() {
        let mut target = Target { file: BufWriter::new(tempfile::tempfile().expect("a file")), failure: None };
        let _ = target.noted::<()>(Err(ErrorKind::StorageFull.into()));
        let _ = target.noted::<()>(Err(ErrorKind::Other.into()));
        assert_eq!(target.failure.map(|failure| failure.kind()), Some(ErrorKind::StorageFull), "the first failure is kept");
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link() {
        let folder = tempfile::tempdir().expect("a folder");
        let (real, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&real, b"one").expect("written");
        std::os::unix::fs::symlink(&real, &link).expect("linked");
        to_file(&link, |target| target.write_all(b"two").map_err(lost)).expect("written");
        assert!(fs::symlink_metadata(&link).expect("facts").is_symlink(), "the link is still one");
        assert_eq!(fs::read(&real).expect("there"), b"two", "and leads to the new content");
    }
}
