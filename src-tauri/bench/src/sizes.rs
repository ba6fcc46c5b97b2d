//! What a row costs in a small office, a middling one and a large one.

use unionbook_core::demo::Scale;
use unionbook_core::members::Member;
use unionbook_core::people::Person;
use unionbook_core::record::Row as _;
use unionbook_core::store::Store;
use unionbook_core::store::list::{Query, page};

use crate::Outcome;
use crate::clock::{once, times};
use crate::edit::renames;
use crate::import::{roster, take};
use crate::office::{Folder, rows};
use crate::table::Line;

/// The rows of the imports into an empty file.
const IMPORTS: [u64; 3] = [10_000, 100_000, 1_000_000];
/// The offices that are compared.
const OFFICES: [Scale; 3] = [Scale::Town, Scale::County, Scale::Province];

/// A row's cost at three sizes each: of imports by their length, of edits, pages and searches by the office's size.
pub fn sizes(folder: &Folder) -> Outcome<Vec<Line>> {
    let mut lines = Vec::new();
    for count in IMPORTS {
        let (store, path) = (folder.empty("work.unionbook")?, roster(folder, count)?);
        let (seconds, ()) = once(|| take(&store, &path, i64::try_from(count)?))?;
        lines.push(Line::time(format!("a row of an import of {count} into an empty file"), seconds / count as f64));
    }
    for scale in OFFICES {
        let store = folder.copy(scale, "work.unionbook")?;
        lines.extend(of_office(folder, &store)?);
    }
    Ok(lines)
}

fn of_office(folder: &Folder, store: &Store) -> Outcome<Vec<Line>> {
    let people = rows::<Person>(store)?;
    let first = Query::of(Member::table());
    let found = Query { search: Some("王".into()), ..Query::of(Person::table()) };
    let ask = |query: &Query| -> Outcome<()> { Ok(store.read(|db| page(db, query)).map(drop)?) };
    let pages = times(20, |_| ask(&first))?.median();
    let searches = times(20, |_| ask(&found))?.median();
    let edits = renames(store)?.median();
    let path = roster(folder, 1_000)?;
    let (seconds, ()) = once(|| take(store, &path, 1_000))?;
    Ok(vec![
        Line::time(format!("{people} people: the first page"), pages),
        Line::time(format!("{people} people: a search"), searches),
        Line::time(format!("{people} people: an edit"), edits),
        Line::time(format!("{people} people: a row of an import of 1,000"), seconds / 1_000.0),
    ])
}
