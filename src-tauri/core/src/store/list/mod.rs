//! Lists of a table: a page, a count, all ids in order, found through indexes and never by skipping rows.
//!
//! Ids come first, from a covering index; whole rows last. What is walked is chosen by looking at the indexes that the file has:
//! the order's own index for a whole table, the index of unit and order for a subtree, the grams and the ranges of computed columns
//! for a search. Nothing here names a noun; all of it follows from [`Table`](crate::record::Table).

mod cache;
mod condition;
mod count;
mod cursor;
mod find;
mod found;
mod index;
mod listing;
mod order;
mod path;
mod pick;
mod place;
mod query;
mod scan;
mod set;
mod sort;
mod test;
mod tree;

pub use cache::Lists;
pub use cursor::Cursor;
pub use order::Ordered;
pub use query::{Filter, Op, Page, Query, Sizes};
pub use tree::SUBTREE;

use super::buffer::Key;
use super::db::Db;
use crate::error::{Error, Result};
use crate::record::{Cell, Table};
use listing::Listing;

/// Reads the page that begins after the query's cursor.
pub fn page(db: &Db<'_>, query: &Query) -> Result<Page> {
    let listing = Listing::new(db, query)?;
    let mut picked = listing.pick(query.limit.saturating_add(1))?;
    let more = picked.marks.len() > query.limit;
    picked.marks.truncate(query.limit);
    let next = picked.marks.last().filter(|_| more).map(pick::Mark::cursor);
    Ok(Page { rows: rows(db, query.table, picked.marks.iter().map(|mark| mark.key))?, next, sorted: picked.sorted })
}

/// Counts the rows of a query, cursor and limit apart.
pub fn count(db: &Db<'_>, query: &Query) -> Result<u64> {
    Listing::new(db, &query.whole())?.count()
}

/// Counts the rows of a query up to a bound, which costs no more than reading that many.
pub fn count_up_to(db: &Db<'_>, query: &Query, bound: usize) -> Result<usize> {
    Ok(Listing::new(db, &query.whole())?.pick(bound)?.marks.len())
}

/// Gives the ids of a query's rows in its order, cursor and limit apart; refuses a link, whose rows have none.
pub fn ids(db: &Db<'_>, query: &Query) -> Result<Vec<i64>> {
    no_link(query.table)?;
    Listing::new(db, &query.whole())?.ids()
}

/// Adds up columns that hold numbers over all rows of a query, cursor and limit apart; an empty cell counts as nothing.
pub fn sums(db: &Db<'_>, query: &Query, columns: &[&str]) -> Result<Vec<i64>> {
    if columns.is_empty() {
        return Ok(Vec::new());
    }
    Listing::new(db, &query.whole())?.sums(columns)
}

/// Fills the connection's table `temp.sub` with a unit and all below it, for statements over a table that is kept by unit.
pub fn within(db: &Db<'_>, table: &'static Table, unit: i64) -> Result<()> {
    tree::Place::of(db.registry(), table)?.fill(db, unit).map(|_| ())
}

/// Says how SQLite finds the candidates of a query's first page and of the one after it: the lines of its query plans.
pub fn explain(db: &Db<'_>, query: &Query) -> Result<Vec<String>> {
    Listing::new(db, query)?.explain()
}

/// Reads rows by their keys, in the order of the keys; one that is gone is passed over.
fn rows(db: &Db<'_>, table: &'static Table, keys: impl Iterator<Item = Key>) -> Result<Vec<(Key, Vec<Cell>)>> {
    let read = |key: Key| db.cells(table, key).map(|cells| cells.map(|cells| (key, cells)));
    keys.map(read).filter_map(Result::transpose).collect()
}

fn no_link(table: &Table) -> Result<()> {
    if table.link { Err(Error::Usage(format!("“{}”的行没有编号，不能按编号列出", table.label))) } else { Ok(()) }
}
