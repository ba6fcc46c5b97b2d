//! The preloaded disk of `disk.c`: compiled once a run, asked for faults, and its record read.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use tempfile::TempDir;

/// The compiled disk, or nothing where this system has no preloading or no C compiler.
pub fn library() -> Option<&'static Path> {
    static MADE: OnceLock<Option<(TempDir, PathBuf)>> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let folder = TempDir::new().expect("a folder");
        let library = folder.path().join("disk.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("trust").join("disk.c");
        let compiled = Command::new("cc").args(["-O1", "-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").output();
        let compiled = compiled.is_ok_and(|output| output.status.success());
        assert!(compiled || !cfg!(target_os = "linux"), "cc compiles tests/trust/disk.c");
        compiled.then_some((folder, library))
    });
    made.as_ref().map(|(_, library)| library.as_path())
}

/// Lets a process work on the disk, which looks at what lies below a folder.
pub fn preload(command: &mut Command, folder: &Path) -> bool {
    let Some(library) = library() else { return false };
    command.env("LD_PRELOAD", library).env("UNIONBOOK_DISK_FOLDER", folder);
    true
}

/// From the `n`th change on, counted from 1, there is no space, for this process, which was started with the disk.
pub fn fill_up(n: u64) {
    std::fs::remove_file(format!("/unionbook-disk/full/{n}")).expect("the disk is asked");
}

/// There is space again; says whether it had been lacking.
pub fn lift() -> bool {
    std::fs::remove_file("/unionbook-disk/lift").is_ok()
}

/// A change to the disk, or what the process said between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A file was opened that was there.
    Opened { node: u64, path: PathBuf },
    /// A file was made.
    Made { node: u64, path: PathBuf },
    /// Bytes were written.
    Written { node: u64, at: usize, bytes: Vec<u8> },
    /// A file was given another length.
    Cut { node: u64, length: usize },
    /// A file was synced.
    Synced { node: u64 },
    /// A folder was synced.
    FolderSynced { path: PathBuf },
    /// A file was renamed.
    Renamed { from: PathBuf, to: PathBuf },
    /// A file was removed.
    Removed { path: PathBuf },
    /// A folder was made.
    FolderMade { path: PathBuf },
    /// The process said something.
    Said(Vec<u8>),
}

/// Reads what the disk noted.
pub fn events(log: &[u8]) -> Vec<Event> {
    let (mut rest, mut events) = (log, Vec::new());
    while let Some((head, after)) = rest.split_at_checked(21) {
        let number = |from: usize| u64::from_le_bytes(head[from..from + 8].try_into().expect("eight bytes"));
        let count = u32::from_le_bytes(head[17..].try_into().expect("four bytes"));
        let (bytes, after) = after.split_at(usize::try_from(count).expect("it fits"));
        events.push(event(head[0], number(1), usize::try_from(number(9)).expect("it fits"), bytes));
        rest = after;
    }
    events
}

fn event(what: u8, node: u64, at: usize, bytes: &[u8]) -> Event {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let path = PathBuf::from(&text);
    match what {
        b'O' => Event::Opened { node, path },
        b'N' => Event::Made { node, path },
        b'W' => Event::Written { node, at, bytes: bytes.to_vec() },
        b'T' => Event::Cut { node, length: at },
        b'S' => Event::Synced { node },
        b'D' => Event::FolderSynced { path },
        b'R' => {
            let (from, to) = text.split_once('\n').expect("two paths");
            Event::Renamed { from: from.into(), to: to.into() }
        }
        b'U' => Event::Removed { path },
        b'M' => Event::FolderMade { path },
        b'A' => Event::Said(bytes.to_vec()),
        other => panic!("the disk notes no {other}"),
    }
}
