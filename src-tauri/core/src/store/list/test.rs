//! Whether a candidate belongs to a list.

use rusqlite::params_from_iter;

use super::condition::Condition;
use super::listing::Listing;
use super::scan::Candidate;
use super::set::IdSet;
use crate::error::Result;
use crate::record::Cell;
use crate::store::Key;

/// Candidates looked up one by one before the whole set is made out instead.
const BUDGET: usize = 20_000;

/// What a search says of candidates that it did not find itself.
#[derive(Debug)]
pub enum Hits {
    /// Nothing: there is no search, or it found them.
    Any,
    /// Each is looked at.
    Each,
    /// They are hits by their value of the way's first column.
    Through(IdSet),
}

/// The test of a list's candidates.
#[derive(Debug)]
pub struct Test {
    hits: Hits,
    /// What says whether filters and subtree leave a row; none where they are known to.
    leaves: Option<(String, Vec<Cell>)>,
    /// All that belongs, once it was made out.
    all: Option<IdSet>,
    spent: usize,
}

impl Test {
    /// Makes a test; `left` says that filters and subtree leave every candidate.
    pub fn new(listing: &Listing<'_, '_>, hits: Hits, left: bool) -> Self {
        Self { hits, leaves: (!left).then(|| statement(listing)), all: None, spent: 0 }
    }

    /// Says whether every candidate passes.
    pub fn is_idle(&self) -> bool {
        self.leaves.is_none() && matches!(self.hits, Hits::Any)
    }

    /// Says whether so many candidates were looked up that knowing all that belongs is cheaper.
    pub fn is_spent(&self) -> bool {
        self.all.is_none() && self.spent > BUDGET
    }

    /// Looks candidates up in what belongs from now on.
    pub fn know(&mut self, all: IdSet) {
        self.all = Some(all);
    }

    /// Says whether a candidate belongs.
    pub fn passes(&mut self, listing: &Listing<'_, '_>, candidate: &Candidate) -> Result<bool> {
        if let Some(all) = &self.all {
            return Ok(all.contains(candidate.spot.key.first()));
        }
        let hit = match (&self.hits, &listing.search, candidate.through) {
            (Hits::Any, ..) => true,
            (Hits::Through(hits), _, Some(through)) => hits.contains(through),
            (Hits::Each, Some(search), Some(through)) => {
                self.spent += 1;
                search.hits(listing.db, through)?
            }
            _ => false,
        };
        let Some((sql, cells)) = self.leaves.as_ref().filter(|_| hit) else { return Ok(hit) };
        self.spent += 1;
        let key = match candidate.spot.key {
            Key::Id(id) => vec![Cell::Int(id)],
            Key::Pair(a, b) => vec![Cell::Int(a), Cell::Int(b)],
        };
        Ok(listing.db.one::<i64>(sql, params_from_iter(key.iter().chain(cells)))?.is_some())
    }
}

/// Finds a row by its key where filters and subtree leave it.
fn statement(listing: &Listing<'_, '_>) -> (String, Vec<Cell>) {
    let key = listing.query.table.key_columns().iter().map(|column| format!("t.{column} = ?")).collect::<Vec<_>>();
    let clause = Condition::new(key.join(" AND "), []).and(listing.condition());
    (format!("SELECT 1 FROM {} AS t{}", listing.query.table.name, clause.clause()), clause.cells)
}
