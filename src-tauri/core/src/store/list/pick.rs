//! Picking a page's rows: which of the ways is taken, and walking it.

use super::condition::Condition;
use super::cursor::Cursor;
use super::find::Search;
use super::listing::Listing;
use super::scan::{Candidate, Lookup, Scan};
use super::sort::{Sort, Spot};
use super::test::{Hits, Test};
use crate::error::Result;
use crate::store::Key;

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
        let (after, sizes) = (self.query.after.as_ref(), &self.query.sizes);
        let Some(search) = &self.search else { return self.sorted(Hits::Any, wanted) };
        if after.is_some_and(|cursor| cursor.source.is_some()) {
            return self.as_found(search, wanted);
        }
        let ordered = after.is_some() || !self.query.order.is_empty();
        let few = match (ordered, self.within) {
            (true, _) => sizes.few_ordered,
            (false, Some(_)) => sizes.few_within,
            (false, None) => sizes.few,
        };
        let hits = search.first(self.db, few + 1)?;
        if hits.len() <= few {
            return self.of_hits(search, &hits, wanted);
        }
        let within = self.in_subtree().map(|rows| rows.count_up_to(self.db, sizes.middling + 1)).transpose()?;
        match within {
            Some(rows) if rows <= sizes.small => self.sorted(Hits::Each, wanted),
            Some(rows) if rows <= sizes.middling => self.of_unit(search, wanted),
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
        let (mut after, mut found, batch) = (self.after(), Vec::new(), self.query.sizes.batch);
        let mut size = if test.is_idle() { wanted } else { wanted.saturating_mul(2).min(batch) };
        while found.len() < wanted && size > 0 {
            let read = scan.batch(self.db, after.as_ref(), size)?;
            let more = read.len() == size;
            after = read.last().map(|last| last.spot.clone());
            self.take(&mut test, read, wanted, &mut found)?;
            if more && found.len() < wanted && test.is_spent() && !self.query.table.link {
                let all = self.matching()?;
                if all.len() <= self.query.sizes.arranged {
                    self.go_on(all.sorted(), after.as_ref(), wanted, &mut found)?;
                    break;
                }
                test.know(all);
            }
            size = if more { size.saturating_mul(4).min(batch.max(wanted)) } else { 0 };
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
        let (by_id, mut spots) = (self.by_id(), Vec::with_capacity(ids.len()));
        for id in ids {
            spots.extend(by_id.of(self.db, id)?.into_iter().map(|candidate| candidate.spot));
        }
        spots.sort_unstable_by(|a, b| self.sort.compare(a, b));
        Ok(spots)
    }

    /// Sorts the rows that hang on the few hits of a search.
    fn of_hits(&self, search: &Search, hits: &[i64], wanted: usize) -> Result<Picked> {
        let (hanging, mut spots) = (self.hanging(search, &self.sort), Vec::new());
        let mut test = Test::new(self, Hits::Any, self.condition().is_empty());
        for id in hits {
            self.take(&mut test, hanging.of(self.db, *id)?, usize::MAX, &mut spots)?;
        }
        Ok(self.after_sorting(spots, wanted))
    }

    /// Sorts the hits among the rows of a unit.
    fn of_unit(&self, search: &Search, wanted: usize) -> Result<Picked> {
        let (hits, mut spots) = (search.all(self.db)?, Vec::new());
        let rows = self.in_subtree().map(|rows| rows.sifted(self.db, |through| hits.contains(through))).transpose()?;
        let mut test = Test::new(self, Hits::Any, self.filters.is_empty());
        self.take(&mut test, rows.unwrap_or_default(), usize::MAX, &mut spots)?;
        Ok(self.after_sorting(spots, wanted))
    }

    fn after_sorting(&self, mut spots: Vec<Spot>, wanted: usize) -> Picked {
        let after = self.after();
        spots.retain(|spot| after.as_ref().is_none_or(|after| self.sort.compare(spot, after).is_gt()));
        spots.sort_unstable_by(|a, b| self.sort.compare(a, b));
        spots.truncate(wanted);
        Picked { marks: spots.into_iter().map(Mark::sorted).collect(), sorted: true }
    }

    /// Finds the rows that hang on one hit, in an order.
    pub fn hanging(&self, search: &Search, sort: &Sort) -> Lookup {
        let (from, end) = search.path.down();
        Scan { sort: sort.clone(), ..self.pass(from, Condition::new(end, [])) }.lookup()
    }
}
