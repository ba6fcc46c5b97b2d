//! Taking rows as a search finds them, source by source, without sorting.

use super::cursor::Cursor;
use super::find::Search;
use super::listing::Listing;
use super::pick::{Mark, Picked};
use super::scan::{Candidate, Lookup};
use super::sort::Spot;
use super::test::{Hits, Test};
use crate::error::Result;
use crate::store::Key;

/// A search that is being walked.
struct Walk<'l, 'a, 'c> {
    listing: &'l Listing<'a, 'c>,
    search: &'l Search,
    hanging: Lookup,
    test: Test,
    wanted: usize,
    marks: Vec<Mark>,
}

impl Listing<'_, '_> {
    /// Picks the rows after the query's cursor in the order in which the search finds them.
    pub fn as_found(&self, search: &Search, wanted: usize) -> Result<Picked> {
        let test = Test::new(self, Hits::Any, self.condition().is_empty());
        let hanging = self.hanging(search, &self.sort.by_key());
        let mut walk = Walk { listing: self, search, hanging, test, wanted, marks: Vec::new() };
        walk.go(self.query.after.as_ref().and_then(Cursor::found))?;
        Ok(Picked { marks: walk.marks, sorted: false })
    }
}

impl Walk<'_, '_, '_> {
    fn go(&mut self, start: Option<(usize, Spot, Key)>) -> Result<()> {
        let (mut source, mut after, limit) = (0, None, self.listing.query.sizes.batch);
        if let Some((at, hit, key)) = start {
            self.hang(at, &hit, Some(key))?;
            (source, after) = (at, Some(hit));
        }
        let mut size = self.wanted.clamp(1, limit);
        while self.marks.len() < self.wanted && source < self.search.len() {
            let (hits, next) = self.search.batch(self.listing.db, source, after.as_ref(), size)?;
            hits.iter().try_for_each(|hit| self.hang(source, hit, None))?;
            source += usize::from(next.is_none());
            size = (size * 2).min(limit);
            after = next;
        }
        Ok(())
    }

    /// Takes the rows that hang on one hit; those after `after` where the page before ended among them.
    fn hang(&mut self, source: usize, hit: &Spot, after: Option<Key>) -> Result<()> {
        if self.marks.len() >= self.wanted {
            return Ok(());
        }
        if self.test.is_spent() && !self.listing.query.table.link {
            self.test.know(self.listing.matching()?);
        }
        for candidate in self.hangs(hit)? {
            let key = candidate.spot.key;
            let next = after.is_none_or(|after| key > after) && self.marks.len() < self.wanted;
            if next && self.test.passes(self.listing, &candidate)? {
                self.marks.push(Mark::found(key, source, hit.clone()));
            }
        }
        Ok(())
    }

    /// The rows that hang on a hit, in the order of their keys; where the listed table is searched itself that is the hit.
    fn hangs(&self, hit: &Spot) -> Result<Vec<Candidate>> {
        if self.search.path.hops.is_empty() {
            return Ok(vec![Candidate { spot: hit.clone(), through: Some(hit.key.first()) }]);
        }
        self.hanging.of(self.listing.db, hit.key.first())
    }
}
