//! Taking rows as a search finds them, source by source, without sorting.

use super::cursor::Cursor;
use super::find::Search;
use super::listing::Listing;
use super::pick::{BATCH, Mark, Picked};
use super::sort::{Sort, Spot};
use super::test::{Hits, Test};
use crate::error::Result;
use crate::store::Key;

/// A search that is being walked.
struct Walk<'l, 'a, 'c> {
    listing: &'l Listing<'a, 'c>,
    search: &'l Search,
    by_key: Sort,
    test: Test,
    wanted: usize,
    marks: Vec<Mark>,
}

impl Listing<'_, '_> {
    /// Picks the rows after the query's cursor in the order in which the search finds them.
    pub fn as_found(&self, search: &Search, wanted: usize) -> Result<Picked> {
        let test = Test::new(self, Hits::Any, self.condition().is_empty());
        let mut walk = Walk { listing: self, search, by_key: self.sort.by_key(), test, wanted, marks: Vec::new() };
        walk.go(self.query.after.as_ref().and_then(Cursor::found))?;
        Ok(Picked { marks: walk.marks, sorted: false })
    }
}

impl Walk<'_, '_, '_> {
    fn go(&mut self, start: Option<(usize, Spot, Key)>) -> Result<()> {
        let (mut source, mut after) = (0, None);
        if let Some((at, hit, key)) = start {
            self.hang(at, &hit, Some(key))?;
            (source, after) = (at, Some(hit));
        }
        let mut size = self.wanted.clamp(1, BATCH);
        while self.marks.len() < self.wanted && source < self.search.len() {
            let (hits, next) = self.search.batch(self.listing.db, source, after.as_ref(), size)?;
            hits.iter().try_for_each(|hit| self.hang(source, hit, None))?;
            source += usize::from(next.is_none());
            size = (size * 2).min(BATCH);
            after = next;
        }
        Ok(())
    }

    /// Takes the rows that hang on one hit; those after `after` where the page before ended among them.
    fn hang(&mut self, source: usize, hit: &Spot, after: Option<Key>) -> Result<()> {
        if self.test.is_spent() && !self.listing.query.table.link {
            self.test.know(self.listing.matching()?);
        }
        let rows = self.listing.hanging(self.search, hit.key.first(), &self.by_key);
        let mut after = after.map(|key| Spot { order: Vec::new(), key });
        while self.marks.len() < self.wanted {
            let batch = rows.batch(self.listing.db, after.as_ref(), BATCH)?;
            after = batch.last().filter(|_| batch.len() == BATCH).map(|last| last.spot.clone());
            for candidate in batch {
                if self.marks.len() < self.wanted && self.test.passes(self.listing, &candidate)? {
                    self.marks.push(Mark::found(candidate.spot.key, source, hit.clone()));
                }
            }
            if after.is_none() {
                break;
            }
        }
        Ok(())
    }
}
