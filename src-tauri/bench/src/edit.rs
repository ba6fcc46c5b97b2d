//! One edit: its step, its journal, its search index, the disk's own flush.

use std::fs::File;
use std::io::Write;

use unionbook_core::people::Person;
use unionbook_core::record::{Cell, Id};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::{Times, times};
use crate::office::{Folder, step};
use crate::table::Line;

const RUNS: usize = 100;

/// An edit of a person's name, which reaches the search index and the rows that carry it.
pub fn edits(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "work.unionbook")?;
    let flush = flushes(folder)?;
    let edit = renames(&store)?;
    let undo = times(20, |_| Ok(store.undo(None).map(drop)?))?;
    Ok(vec![
        Line::time("one edit of a name, median", edit.median()).beside("the disk's flush", flush.median()).within(0.005 + flush.median()),
        Line::time("one edit of a name, p95", edit.percentile(95)).beside("the disk's flush, p95", flush.percentile(95)),
        Line::time("its undo, median", undo.median()).within(0.005 + flush.median()),
        Line::peak("  peak memory"),
    ])
}

/// Renames people here and there.
pub fn renames(store: &Store) -> Outcome<Times> {
    let people = store.read(|db| db.rows("SELECT id FROM person ORDER BY id LIMIT 20000", [], |row| row.get::<_, i64>(0)))?;
    let rename = |nth: usize| -> Outcome<()> {
        let id = people.get(nth * 197 % people.len().max(1)).copied().unwrap_or_default();
        let name = format!("赵{}", ["甲乙", "丙丁", "戊己"].get(nth % 3).copied().unwrap_or_default());
        store.write(step(), |tx| tx.set(Id::<Person>::new(id), &[("name", Cell::Text(name))]))?;
        Ok(())
    };
    (0..10).try_for_each(rename)?;
    times(RUNS, |nth| rename(nth + 10))
}

/// What it takes the disk to keep a page.
fn flushes(folder: &Folder) -> Outcome<Times> {
    let path = folder.at("flush");
    let mut file = File::create(&path)?;
    let found = times(RUNS, |_| {
        file.write_all(&[7; 4096])?;
        Ok(file.sync_data()?)
    })?;
    std::fs::remove_file(&path)?;
    Ok(found)
}
