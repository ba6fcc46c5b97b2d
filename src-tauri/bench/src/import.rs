//! Rosters in: every check, index and journal, as one step, and that step undone.

use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};
use unionbook_core::store::Store;

use crate::Outcome;
use crate::clock::once;
use crate::office::{Folder, call, size, top};
use crate::peers;
use crate::rosters;
use crate::table::{Figure, Goal, Line};

/// 100,000 rows into an office of 50,000.
pub fn into_office(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.empty("work.unionbook")?;
    let known = folder.at("roster-50000.xlsx");
    rosters::write(&known, 1_000_000, 50_000)?;
    take(&store, &known, 50_000)?;
    measured(folder, &store, "an office of 50,000", 6.0)
}

/// 100,000 rows into a province.
pub fn into_province(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "work.unionbook")?;
    measured(folder, &store, "a province", 25.0)
}

fn measured(folder: &Folder, store: &Store, office: &str, bound: f64) -> Outcome<Vec<Line>> {
    let path = roster(folder, 100_000)?;
    let floor = peers::calamine(&path)?;
    let before = journal(store)?;
    let (seconds, ()) = once(|| take(store, &path, 100_000))?;
    let after = journal(store)?;
    let peak = Line::peak(format!("  peak memory while importing into {office}"));
    let (undo, _) = once(|| Ok(store.undo(None)?))?;
    let added = (after.1 - before.1).max(1.0);
    Ok(vec![
        Line::time(format!("import of 100,000 rows into {office}"), seconds).beside("calamine reads it, no more", floor).within(bound),
        peak.goal(Goal::AtMost(Figure::Bytes(400e6))),
        Line::new("  its journal", Figure::Bytes(after.0 - before.0))
            .beside_figure("what it added without it", Figure::Bytes(added))
            .goal(Goal::Times(1.0 / 3.0)),
        Line::time("  its undo", undo).within(5.0),
    ])
}

/// 1,000,000 rows into an empty file.
pub fn into_empty(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.empty("work.unionbook")?;
    let path = roster(folder, 1_000_000)?;
    let (seconds, ()) = once(|| take(&store, &path, 1_000_000))?;
    Ok(vec![
        Line::time("import of 1,000,000 rows into an empty file", seconds).within(60.0),
        Line::peak("  peak memory").goal(Goal::AtMost(Figure::Bytes(400e6))),
        Line::new("  the file", Figure::Bytes(size(store.path()))),
    ])
}

/// The roster of so many rows; made once.
pub fn roster(folder: &Folder, rows: u64) -> Outcome<PathBuf> {
    let path = folder.at(&format!("roster-{rows}.xlsx"));
    if !path.exists() {
        rosters::write(&path, 0, rows)?;
    }
    Ok(path)
}

/// Imports a roster into the union at the top; every row must be taken.
pub fn take(store: &Store, path: &Path, rows: i64) -> Outcome<()> {
    let unit = store.read(|db| db.one::<i64>("SELECT id FROM unit WHERE level = 5 AND closed IS NULL ORDER BY id LIMIT 1", []))?;
    let unit = unit.map_or_else(|| top(store).map(|id| id.get()), Ok)?;
    let done = call(store, "sheet.import", json!({ "record": "member", "path": path, "unit": unit }))?;
    let taken = done.pointer("/value/taken").and_then(Json::as_i64).unwrap_or_default();
    if taken == rows {
        return Ok(());
    }
    let faults = done.pointer("/value/preview/faults/0").cloned().unwrap_or_default();
    Err(format!("only {taken} of {rows} rows were taken: {faults}").into())
}

/// The bytes of the journal's bodies, and those of everything else.
fn journal(store: &Store) -> Outcome<(f64, f64)> {
    let sql = "SELECT (SELECT coalesce(sum(length(body)), 0) FROM journal), (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)";
    let found = store.read(|db| db.rows(sql, [], |row| Ok((row.get::<_, f64>(0)?, row.get::<_, f64>(1)?))))?;
    let (own, all) = found.first().copied().unwrap_or_default();
    Ok((own, all - own))
}

/// What it takes the peers to read the same sheet and do nothing with it.
pub fn readers(folder: &Folder) -> Outcome<Vec<Line>> {
    let path = roster(folder, 100_000)?;
    let store = folder.empty("work.unionbook")?;
    let ask = json!({ "record": "member", "path": path, "unit": top(&store)? });
    let (judged, _) = once(|| Ok(call(&store, "sheet.preview", ask)?))?;
    Ok(vec![
        Line::time("100,000 rows judged, nothing written", judged).beside("openpyxl reads them", peers::openpyxl(&path)?),
        Line::time("100,000 rows judged, nothing written", judged).beside("calamine reads them", peers::calamine(&path)?),
    ])
}
