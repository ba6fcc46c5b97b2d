//! Pages of lists: of all members, of a unit's subtree, and by the vector of ids.

use unionbook_core::members::Member;
use unionbook_core::people::Person;
use unionbook_core::record::{Cell, Id, Row};
use unionbook_core::store::Store;
use unionbook_core::store::list::{Query, count, page};

use crate::Outcome;
use crate::clock::{once, times};
use crate::office::{Folder, step};
use crate::table::{Goal, Line};

const RUNS: usize = 20;

/// A page of 50: the first, the deepest, and those of each level of the tree.
pub fn pages(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.large()?;
    let all = Query::of(Member::table());
    let (cold, _) = once(|| read(&store, &all))?;
    let first = warm(&store, &all)?;
    let deep = Query { after: deepest(&store, &all)?, ..all.clone() };
    let deepest = warm(&store, &deep)?;
    let skipping = "SELECT * FROM member ORDER BY _pinyin, person LIMIT 50 OFFSET (SELECT count(*) - 50 FROM member)";
    let (offset, _) = once(|| Ok(store.read(|db| db.rows(skipping, [], |row| row.get::<_, i64>(0)))?))?;
    let mut lines = vec![
        Line::time("members, first page, cold", cold),
        Line::time("members, first page", first).within(0.005),
        Line::time("members, deepest page", deepest).beside("the first", first).within(0.005).goal(Goal::Times(1.2)),
        Line::time("members, deepest page", deepest).beside("OFFSET", offset).goal(Goal::Ahead(100.0)),
    ];
    for (level, label, bound) in [(1, "the province", 0.025), (2, "a city", 0.005), (3, "a county", 0.005), (4, "a township", 0.005), (5, "a union", 0.005)] {
        lines.extend(subtree(&store, level, label, bound)?);
    }
    Ok(lines)
}

fn subtree(store: &Store, level: i64, label: &str, bound: f64) -> Outcome<Vec<Line>> {
    let found = store.read(|db| db.one::<i64>("SELECT id FROM unit WHERE level = ?1 ORDER BY id LIMIT 1", [level]))?;
    let Some(unit) = found else { return Ok(Vec::new()) };
    let query = Query { unit: Some(unit), ..Query::of(Member::table()) };
    let members = store.read(|db| count(db, &query))?;
    let middle = Query { after: middle(store, &query)?, ..query.clone() };
    let (first, deep) = (warm(store, &query)?, warm(store, &middle)?);
    Ok(vec![
        Line::time(format!("members of {label} ({members}), first page"), first).within(bound),
        Line::time(format!("members of {label}, a page in the middle"), deep).beside("the first", first).within(bound),
    ])
}

/// The vector of all ids in order: made, used and renewed after a write.
pub fn vectors(folder: &Folder) -> Outcome<Vec<Line>> {
    let store = folder.copy(folder.scale, "work.unionbook")?;
    let all = Query::of(Member::table());
    let (floor, _) = once(|| Ok(store.read(|db| db.one::<i64>("SELECT sum(person) FROM member INDEXED BY member_pinyin", []))?))?;
    let (made, ordered) = once(|| Ok(store.ordered(&all)?))?;
    let end = ordered.ids.len().saturating_sub(50);
    let slice = times(RUNS, |_| Ok(store.rows_at(&all, end).map(drop)?))?.median();
    let person = store.read(|db| db.one::<i64>("SELECT person FROM member LIMIT 1 OFFSET 1000", []))?.unwrap_or_default();
    let mut renewals = Vec::new();
    for nth in 0..10 {
        let name = ["张一", "李二", "王三"].get(nth % 3).copied().unwrap_or_default();
        store.write(step(), |tx| tx.set(Id::<Person>::new(person), &[("name", Cell::Text(name.into()))]))?;
        renewals.push(once(|| Ok(store.ordered(&all).map(drop)?))?.0);
    }
    let renewed = crate::clock::Times::new(renewals).median();
    Ok(vec![
        Line::time(format!("id vector of {} members, made", ordered.ids.len()), made).beside("scan of the index", floor),
        Line::time("  any page by it", slice).within(0.005),
        Line::time("  renewed after an edit", renewed).beside("made anew", made).goal(Goal::Ahead(10.0)),
        Line::peak("  peak memory"),
    ])
}

fn read(store: &Store, query: &Query) -> Outcome<()> {
    Ok(store.read(|db| page(db, query)).map(drop)?)
}

fn warm(store: &Store, query: &Query) -> Outcome<f64> {
    read(store, query)?;
    Ok(times(RUNS, |_| read(store, query))?.median())
}

type After = Option<unionbook_core::store::list::Cursor>;

/// Where the last page begins.
fn deepest(store: &Store, query: &Query) -> Outcome<After> {
    at(store, query, |rows| rows.saturating_sub(50))
}

fn middle(store: &Store, query: &Query) -> Outcome<After> {
    at(store, query, |rows| rows / 2)
}

/// The cursor of the row at a place, as the page that ends there would give it.
fn at(store: &Store, query: &Query, place: fn(usize) -> usize) -> Outcome<After> {
    let ordered = store.ordered(query)?;
    let Some(id) = ordered.ids.get(place(ordered.ids.len())) else { return Ok(None) };
    let text = store.read(|db| {
        db.rows("SELECT json_array(NULL, json_array(_pinyin, person), json_array(id)) FROM member WHERE id = ?1", [id], |row| {
            row.get::<_, String>(0)
        })
    })?;
    Ok(text.first().map(|text| text.parse()).transpose()?)
}
