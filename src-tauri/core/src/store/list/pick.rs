//! Picking a page's rows: which of the ways is taken, and walking it.

use super::condition::Condition;
use super::cursor::Cursor;
use super::find::Search;
use super::listing::Listing;
use super::scan::{Candidate, Scan};
use super::sort::{Sort, Spot};
use super::test::{Hits, Test};
use crate::error::Result;
use crate::record::Cell;
use crate::store::Key;

/// So few hits of a search are sorted at once; many come as they are found.
const FEW: usize = 100;
/// The same inside a unit, where fewer remain.
const FEW_WITHIN: usize = 500;
/// The same where an order was asked for, since the other way is walking that order.
const FEW_ORDERED: usize = 5_000;
/// The rows of a unit up to which each is looked at, rather than all hits made out.
const SMALL: usize = 1_500;
/// The rows of a unit up to which they are all walked for a search.
const MIDDLING: usize = 40_000;
/// A set up to this size is sorted by itself; beyond, the order is walked and the set looked up.
pub const ARRANGED: usize = 50_000;
/// The most candidates read at a time.
pub const BATCH: usize = 4_096;

/// A picked row and where it was met.
#[derive(Debug, Clone)]
pub struct Mark {
    /// Its key.
    pub key: Key,
    source: Option<usize>,
    /// Its place in the order, or the found row's place in its source.
    spot: Spot,
}

impl Mark {
    fn sorted(spot: Spot) -> Self {
        Self { key: spot.key, source: None, spot }
    }

    /// A row that hangs on a hit of a search's source.
    pub fn found(key: Key, source: usize, hit: Spot) -> Self {
        Self { key, source: Some(source), spot: hit }
    }

    /// The cursor that goes on after it.
    pub fn cursor(&self) -> Cursor {
        let numbers = |key: Key| match key {
            Key::Id(id) => vec![id],
            Key::Pair(a, b) => vec![a, b],
        };
        let through = self.source.map_or_else(Vec::new, |_| vec![self.spot.key.first()]);
        Cursor { source: self.source, order: self.spot.order.clone(), keys: through.into_iter().chain(numbers(self.key)).collect() }
    }
}

/// The picked rows.
#[derive(Debug)]
pub struct Picked {
    /// Rows in turn.
    pub marks: Vec<Mark>,
    /// Whether they come in the query's order.
    pub sorted: bool,
}

impl Listing<'_, '_> {
    /// Picks the rows after the query's cursor, at most `wanted`.
    pub fn pick(&self, wanted: usize) -> Result<Picked> {
        let after = self.query.after.as_ref();
        let Some(search) = &self.search else { return self.sorted(Hits::Any, wanted) };
        if after.is_some_and(|cursor| cursor.source.is_some()) {
            return self.as_found(search, wanted);
        }
        let ordered = after.is_some() || !self.query.order.is_empty();
        let few = match (ordered, self.within) {
            (true, _) => FEW_ORDERED,
            (false, Some(_)) => FEW_WITHIN,
            (false, None) => FEW,
        };
        let hits = search.first(self.db, few + 1)?;
        if hits.len() <= few {
            return self.of_hits(search, &hits, wanted);
        }
        match self.in_subtree().map(|rows| rows.count_up_to(self.db, MIDDLING + 1)).transpose()? {
            Some(..=SMALL) => self.sorted(Hits::Each, wanted),
            Some(..=MIDDLING) => self.sorted(Hits::Through(search.all(self.db)?), wanted),
            _ if ordered => self.sorted(Hits::Through(search.all(self.db)?), wanted),
            _ => self.as_found(search, wanted),
        }
    }

    fn after(&self) -> Option<Spot> {
        self.query.after.as_ref().and_then(Cursor::spot)
    }

    /// Walks the query's order.
    fn sorted(&self, hits: Hits, wanted: usize) -> Result<Picked> {
        let (scan, left) = self.scan()?;
        let mut test = Test::new(self, hits, left);
        let (mut after, mut found) = (self.after(), Vec::new());
        let mut size = if test.is_idle() { wanted } else { (wanted * 2).min(BATCH) };
        while found.len() < wanted && size > 0 {
            let batch = scan.batch(self.db, after.as_ref(), size)?;
            let more = batch.len() == size;
            after = batch.last().map(|last| last.spot.clone());
            self.take(&mut test, batch, wanted, &mut found)?;
            if more && found.len() < wanted && test.is_spent() && !self.query.table.link {
                let all = self.matching()?;
                if all.len() <= ARRANGED {
                    self.go_on(all.sorted(), after.as_ref(), wanted, &mut found)?;
                    break;
                }
                test.know(all);
            }
            size = if more { (size * 4).min(BATCH.max(wanted)) } else { 0 };
        }
        Ok(Picked { marks: found.into_iter().map(Mark::sorted).collect(), sorted: true })
    }

    fn take(&self, test: &mut Test, batch: Vec<Candidate>, wanted: usize, found: &mut Vec<Spot>) -> Result<()> {
        for candidate in batch {
            if found.len() < wanted && test.passes(self, &candidate)? {
                found.push(candidate.spot);
            }
        }
        Ok(())
    }

    /// Goes on after a place with a set that is small enough to be sorted.
    fn go_on(&self, ids: Vec<i64>, after: Option<&Spot>, wanted: usize, found: &mut Vec<Spot>) -> Result<()> {
        let rest = self.arranged(ids)?.into_iter().filter(|spot| after.is_none_or(|after| self.sort.compare(spot, after).is_gt()));
        found.extend(rest.take(wanted - found.len()).collect::<Vec<_>>());
        Ok(())
    }

    /// Reads the places of rows, and sorts them.
    pub fn arranged(&self, ids: Vec<i64>) -> Result<Vec<Spot>> {
        let mut spots = Vec::with_capacity(ids.len());
        for id in ids {
            spots.extend(self.candidate(id)?.map(|candidate| candidate.spot));
        }
        spots.sort_unstable_by(|a, b| self.sort.compare(a, b));
        Ok(spots)
    }

    /// Sorts the rows that hang on the few hits of a search.
    fn of_hits(&self, search: &Search, hits: &[i64], wanted: usize) -> Result<Picked> {
        let (after, mut spots) = (self.after(), Vec::new());
        let mut test = Test::new(self, Hits::Any, self.condition().is_empty());
        for id in hits {
            let batch = self.hanging(search, *id, &self.sort).batch(self.db, None, usize::MAX)?;
            self.take(&mut test, batch, usize::MAX, &mut spots)?;
        }
        spots.retain(|spot| after.as_ref().is_none_or(|after| self.sort.compare(spot, after).is_gt()));
        spots.sort_unstable_by(|a, b| self.sort.compare(a, b));
        spots.truncate(wanted);
        Ok(Picked { marks: spots.into_iter().map(Mark::sorted).collect(), sorted: true })
    }

    /// The rows that hang on one hit, in an order.
    pub fn hanging(&self, search: &Search, hit: i64, sort: &Sort) -> Scan {
        let (from, end) = search.path.down();
        Scan { sort: sort.clone(), ..self.pass(from, Condition::new(end, [Cell::Int(hit)])) }
    }
}
