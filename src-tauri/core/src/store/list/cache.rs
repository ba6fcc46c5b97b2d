//! The vectors that a store keeps, so that any page of a list is a slice.

use std::sync::{Arc, Mutex, PoisonError};

use super::listing::Listing;
use super::no_link;
use super::order::Ordered;
use super::query::{Filter, Page, Query};
use crate::error::Result;
use crate::store::{Db, Key, Store, Veiled};

/// The most vectors kept.
const VECTORS: usize = 16;
/// The most ids in all kept vectors: 64 MB.
const IDS: usize = (64 << 20) / 8;
/// A list that leaves fewer rows of a longer one than one in so many is put in order by itself.
const SPARSE: usize = 2_000;

type Asked = (&'static str, Option<i64>, Option<String>, Vec<Filter>, Veiled, Vec<(String, bool)>);

/// The kept vectors, the one used last at the end.
#[derive(Debug, Default)]
pub struct Lists(Mutex<Vec<(Asked, Arc<Ordered>)>>);

impl Lists {
    fn ordered(&self, db: &Db<'_>, query: &Query) -> Result<Arc<Ordered>> {
        no_link(query.table)?;
        let asked = asked(query);
        let known = self.find(&asked);
        let fresh = match known {
            Some(known) => known.renewed(db, query)?.map_or(known, Arc::new),
            None => Arc::new(self.narrowed(db, query)?.map_or_else(|| Ordered::build(db, query), Ok)?),
        };
        self.keep(asked, Arc::clone(&fresh));
        Ok(fresh)
    }

    /// What a query leaves of the whole list where that is kept in the same order: its rows stand in order already, and sorting
    /// those that are left would look each of them up.
    fn narrowed(&self, db: &Db<'_>, query: &Query) -> Result<Option<Ordered>> {
        let whole = Query { search: None, filters: Vec::new(), unit: None, ..query.clone() };
        if asked(&whole) == asked(query) || self.find(&asked(&whole)).is_none() {
            return Ok(None);
        }
        let whole = self.ordered(db, &whole)?;
        let listing = Listing::new(db, query)?;
        let left = listing.matching()?;
        let ids = match left.len() < whole.ids.len() / SPARSE {
            true => listing.in_order(&left)?,
            false => whole.ids.iter().copied().filter(|id| left.contains(*id)).collect(),
        };
        Ok(Some(Ordered { ids, stamp: whole.stamp }))
    }

    /// Lets go of everything: what they were put in order by was made anew.
    pub fn forget(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn find(&self, asked: &Asked) -> Option<Arc<Ordered>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|(other, _)| other == asked).map(|(_, ordered)| Arc::clone(ordered))
    }

    /// Keeps a vector and lets go of those used longest ago; one that another thread brought further stays.
    fn keep(&self, asked: Asked, fresh: Arc<Ordered>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.iter().position(|(other, _)| *other == asked).map(|at| kept.remove(at).1);
        let newest = known.filter(|known| known.stamp > fresh.stamp).unwrap_or(fresh);
        kept.push((asked, newest));
        while kept.len() > VECTORS || (kept.len() > 1 && kept.iter().map(|(_, ordered)| ordered.ids.len()).sum::<usize>() > IDS) {
            kept.remove(0);
        }
    }
}

fn asked(query: &Query) -> Asked {
    (query.table.name, query.unit, query.search.clone(), query.filters.clone(), query.veiled, query.order.clone())
}

impl Store {
    /// Gives the ids of a query's rows in order, cursor and limit apart: kept from call to call and renewed after writes.
    pub fn ordered(&self, query: &Query) -> Result<Arc<Ordered>> {
        let query = query.whole();
        self.read(|db| self.lists.ordered(db, &query))
    }

    /// Reads the rows from row number `at` on, counted from 0, at most the query's limit, and says how many there are in all.
    pub fn rows_at(&self, query: &Query, at: usize) -> Result<(Page, usize)> {
        let query = query.whole();
        self.read(|db| {
            let ordered = self.lists.ordered(db, &query)?;
            let keys = ordered.ids.iter().skip(at).take(query.limit).map(|id| Key::Id(*id));
            Ok((Page { rows: super::rows(db, query.table, keys)?, next: None, sorted: true }, ordered.ids.len()))
        })
    }
}
