//! What acts write outside the office file: nothing, what lay there before, or the whole of it, read back.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use calamine::{DataType, Reader, open_workbook_auto};
use serde_json::{Value as Json, json};
use tempfile::TempDir;
use unionbook_core::api::dispatch;
use unionbook_core::store::{Secret, Store};
use zip::ZipArchive;

use super::state_of;
use crate::kill::work::registry;
use crate::world::{PASSWORD, access};

/// What lay at an output's place before.
const OLDER: &[u8] = "去年的名册，不能丢\n".as_bytes();
/// The exports.
pub const SHEETS: [&str; 2] = ["人员.xlsx", "人员.csv"];
/// The folder that backups go to.
pub const BACKUPS: &str = "备份";

/// What an act writes with all the space that it wants: its files by their names below the folder.
#[derive(Debug, Default)]
pub struct Outputs(BTreeMap<PathBuf, Vec<u8>>);

/// Lays older files at the places of exports.
pub fn lay_older(out: &Path) {
    SHEETS.iter().for_each(|name| fs::write(out.join(name), OLDER).expect("an older file"));
}

impl Outputs {
    /// Takes what an act wrote, after reading the sheets back.
    pub fn of(out: &Path, store: &Store) -> Self {
        let files: BTreeMap<_, _> = below(out).into_iter().filter(|(_, bytes)| bytes != OLDER).collect();
        for name in files.keys().filter(|name| SHEETS.iter().any(|sheet| Path::new(sheet) == *name)) {
            has_everybody(&out.join(name), store);
        }
        Self(files)
    }

    /// Lays older files at the places of the backups, too.
    pub fn lay_older_backups(&self, out: &Path) {
        for name in self.0.keys().filter(|name| is_backup(name)) {
            let place = out.join(name);
            fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
            fs::write(place, OLDER).expect("an older file");
        }
    }

    /// Looks at the files that an act left, whatever became of it; `is_done` says that it was acknowledged.
    pub fn whole(&self, out: &Path, states: [u64; 2], is_done: bool) {
        let found = below(out);
        for name in SHEETS.iter().map(PathBuf::from).chain(self.0.keys().filter(|name| is_backup(name)).cloned()) {
            assert!(found.contains_key(&name), "{name:?}: what lay there before is there, or something whole");
        }
        let mut new = 0;
        for (name, bytes) in found.iter().filter(|(name, bytes)| *bytes != OLDER && !is_draft(name)) {
            new += 1;
            if is_backup(name) {
                assert!(states.contains(&held(&out.join(name))), "{name:?} opens and holds everything");
            } else if name.extension().is_some_and(|end| end == "keys") {
                assert!(found.contains_key(&name.with_extension("")), "{name:?} belongs to a backup");
            } else {
                let wanted = self.0.get(name).unwrap_or_else(|| panic!("{name:?} is one that this act writes"));
                assert!(same(name, bytes, wanted), "{name:?} is whole: {} of {} bytes", bytes.len(), wanted.len());
            }
        }
        assert!(!is_done || new >= self.0.len(), "what is acknowledged is written: {new} of {} files", self.0.len());
    }
}

/// The files below a folder by their names.
fn below(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("listed").flatten() {
        let name = PathBuf::from(entry.file_name());
        if entry.path().is_dir() {
            files.extend(below(&entry.path()).into_iter().map(|(end, bytes)| (name.join(end), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).expect("read"));
        }
    }
    files
}

/// What was begun and not ended lies under a name that nobody takes for an output.
fn is_draft(name: &Path) -> bool {
    let name = name.file_name().expect("a name").to_string_lossy();
    name.starts_with('.') && name.contains("draft")
}

fn is_backup(name: &Path) -> bool {
    name.starts_with(BACKUPS) && name.extension().is_some_and(|end| end == "unionbook")
}

/// The digest of what a backup holds. A copy of it is opened, which leaves nothing beside it.
fn held(backup: &Path) -> u64 {
    let folder = TempDir::new().expect("a folder");
    let copy = folder.path().join("备份.unionbook");
    for end in ["", ".keys"] {
        let from = format!("{}{end}", backup.display());
        fs::copy(&from, format!("{}{end}", copy.display())).unwrap_or_else(|error| panic!("{from}: {error}"));
    }
    state_of(&Store::open(&copy, &Secret::Password(PASSWORD.into()), access(registry(0))).expect("it opens"))
}

/// Whether two outputs say the same: text byte for byte, workbooks part by part, but for the moment of their making.
fn same(name: &Path, one: &[u8], other: &[u8]) -> bool {
    if name.extension().is_some_and(|end| end == "xlsx") { parts(one).is_some_and(|one| Some(one) == parts(other)) } else { one == other }
}

fn parts(bytes: &[u8]) -> Option<BTreeMap<String, Vec<u8>>> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = BTreeMap::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).ok()?;
        let (name, mut bytes) = (part.name().ok()?.into_owned(), Vec::new());
        part.read_to_end(&mut bytes).ok()?;
        parts.insert(name, bytes);
    }
    parts.remove("docProps/core.xml");
    Some(parts)
}

/// Reads an exported list of people back: a heading, and a row for each of them.
fn has_everybody(path: &Path, store: &Store) {
    let listed = dispatch(store, "record.list", json!({ "record": "person", "limit": 500 })).expect("a list");
    let mut wanted: Vec<&str> = listed["rows"].as_array().expect("rows").iter().filter_map(|row| row["name"].as_str()).collect();
    let rows = rows(path);
    let head = rows.iter().position(|row| row.iter().any(|cell| cell == "姓名")).expect("a heading");
    let column = rows[head].iter().position(|cell| cell == "姓名").expect("a column");
    let mut found: Vec<&str> =
        rows[head + 1..].iter().filter_map(|row| row.get(column)).map(String::as_str).filter(|name| !name.is_empty()).collect();
    wanted.sort_unstable();
    found.sort_unstable();
    assert!(wanted.len() > 5 && listed["next"] == Json::Null, "everybody is on one page");
    assert_eq!(found, wanted, "{} has everybody", path.display());
}

/// The cells of a sheet, as a program that is not ours reads them.
fn rows(path: &Path) -> Vec<Vec<String>> {
    if path.extension().is_some_and(|end| end == "csv") {
        let text = fs::read_to_string(path).expect("a text");
        return text.trim_start_matches('\u{feff}').lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    }
    let mut workbook = open_workbook_auto(path).expect("a workbook");
    let range = workbook.worksheet_range_at(0).expect("a sheet").expect("its cells");
    range.rows().map(|row| row.iter().map(|cell| cell.as_string().unwrap_or_default()).collect()).collect()
}
