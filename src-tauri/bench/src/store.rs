//! Making the demonstration, and backing it up.

use unionbook_core::store::backup as back_up;

use crate::Outcome;
use crate::clock::once;
use crate::office::{Folder, size};
use crate::table::{Figure, Goal, Line};

/// The demonstration, made anew.
pub fn demo(folder: &Folder) -> Outcome<Vec<Line>> {
    let (seconds, counts) = once(|| folder.fill(folder.scale))?;
    let rows: i64 = counts.0.iter().map(|(_, count)| count).sum();
    let word = folder.scale.word();
    let file = size(&folder.at(&format!("{word}.unionbook")));
    Ok(vec![
        Line::time(format!("demo --scale {word}: {rows} rows"), seconds).within(180.0),
        Line::time("  a row", seconds / rows as f64),
        Line::new("  its file", Figure::Bytes(file)),
        Line::peak("  peak memory"),
    ])
}

/// A backup, beside a bare copy of the file.
pub fn backup(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let place = folder.at("backups");
    let copy = folder.at("copy");
    let (bare, ()) = once(|| {
        std::fs::copy(store.path(), &copy)?;
        Ok(std::fs::File::open(&copy)?.sync_all()?)
    })?;
    std::fs::remove_file(&copy)?;
    let (seconds, _) = once(|| Ok(back_up(&store, &place)?))?;
    std::fs::remove_dir_all(&place)?;
    Ok(vec![Line::time("a checked backup", seconds).beside("a bare copy", bare).goal(Goal::Times(5.0))])
}
