//! Making the demonstration, backing it up, and writing it anew.

use serde_json::json;
use unionbook_core::store::{Store, backup as back_up};

use crate::Outcome;
use crate::clock::once;
use crate::office::{Folder, call, remove, size};
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
    let bare = bare_copy(folder, &store)?;
    let (seconds, _) = once(|| Ok(back_up(&store, &place)?))?;
    std::fs::remove_dir_all(&place)?;
    Ok(vec![Line::time("a checked backup", seconds).beside("a bare copy", bare).goal(Goal::Times(5.0))])
}

/// Another key for the file, beside a bare copy of it.
pub fn rekey(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "rekey.unionbook")?;
    let bare = bare_copy(folder, &store)?;
    let (seconds, _) = once(|| Ok(store.rekey()?))?;
    drop(store);
    remove(&folder.at("rekey.unionbook"));
    Ok(vec![Line::time("another key", seconds).beside("a bare copy", bare), Line::peak("  peak memory")])
}

/// One person erased, with every page of the file, beside a bare copy of it.
pub fn erase(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "erase.unionbook")?;
    let bare = bare_copy(folder, &store)?;
    let new = call(&store, "record.save", json!({ "record": "person", "values": { "name": "来过一次" } }))?;
    let ask = json!({ "persons": [new.pointer("/value/id")], "ground": "asked" });
    let (seconds, done) = once(|| Ok(call(&store, "privacy.erase", ask)?))?;
    if done.pointer("/value/clean") != Some(&json!(true)) {
        return Err("the file was not cleaned".into());
    }
    drop(store);
    remove(&folder.at("erase.unionbook"));
    Ok(vec![Line::time("one person erased", seconds).beside("a bare copy", bare), Line::peak("  peak memory")])
}

/// How long the file takes to be copied as it is, in seconds.
fn bare_copy(folder: &Folder, store: &Store) -> Outcome<f64> {
    let copy = folder.at("copy");
    let (seconds, ()) = once(|| {
        std::fs::copy(store.path(), &copy)?;
        Ok(std::fs::File::open(&copy)?.sync_all()?)
    })?;
    std::fs::remove_file(&copy)?;
    Ok(seconds)
}
