//! A list as one vector of ids, and its renewal after writes.

use std::collections::BTreeSet;

use super::find::below;
use super::listing::Listing;
use super::path::{Hop, Path};
use super::query::Query;
use super::scan::Lookup;
use super::set::IdSet;
use super::sort::Spot;
use super::test::{Hits, Test};
use super::tree::Place;
use crate::error::Result;
use crate::record::{Table, parent};
use crate::store::Db;

/// Rows touched since, up to which a vector is renewed; beyond, it is built anew.
const TOUCHED: i64 = 2_000;

/// The ids of a query's rows in order, as of a step: every page of it is a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// The ids.
    pub ids: Vec<i64>,
    /// The last step whose work is in it.
    pub stamp: i64,
}

impl Ordered {
    /// Builds the vector.
    pub fn build(db: &Db<'_>, query: &Query) -> Result<Self> {
        Ok(Self { ids: Listing::new(db, query)?.ids()?, stamp: last_step(db)? })
    }

    /// Brings the vector up to date from the journal; `None` where nothing happened since. Rows that steps touched are taken out and
    /// put back by binary search; after many of them, or a change of the tree that it is cut by or of what is veiled, it is built anew.
    pub fn renewed(&self, db: &Db<'_>, query: &Query) -> Result<Option<Self>> {
        let stamp = last_step(db)?;
        if stamp == self.stamp {
            return Ok(None);
        }
        let Some(affected) = affected(db, query, self.stamp)? else { return Self::build(db, query).map(Some) };
        let ids = if affected.len() == 0 { self.ids.clone() } else { self.merged(&Listing::new(db, query)?, &affected)? };
        Ok(Some(Self { ids, stamp }))
    }

    fn merged(&self, listing: &Listing<'_, '_>, affected: &IdSet) -> Result<Vec<i64>> {
        let kept: Vec<i64> = self.ids.iter().copied().filter(|id| !affected.contains(*id)).collect();
        let mut merged = Vec::with_capacity(kept.len() + affected.len());
        let (by_id, mut rest) = (listing.by_id(), kept.as_slice());
        for spot in belonging(listing, affected)? {
            let (before, after) = rest.split_at(place(listing, &by_id, rest, &spot)?);
            merged.extend_from_slice(before);
            merged.push(spot.key.first());
            rest = after;
        }
        merged.extend_from_slice(rest);
        Ok(merged)
    }
}

/// The last step whose work a reader sees.
fn last_step(db: &Db<'_>) -> Result<i64> {
    Ok(db.one::<Option<i64>>("SELECT max(id) FROM step", [])?.flatten().unwrap_or(0))
}

/// Those of the given rows that belong to the list, in order.
fn belonging(listing: &Listing<'_, '_>, ids: &IdSet) -> Result<Vec<Spot>> {
    let hits = if listing.search.is_some() { Hits::Each } else { Hits::Any };
    let mut test = Test::new(listing, hits, listing.condition().is_empty());
    let (by_id, mut spots) = (listing.by_id(), Vec::new());
    for id in ids.sorted() {
        for candidate in by_id.of(listing.db, id)? {
            if test.passes(listing, &candidate)? {
                spots.push(candidate.spot);
            }
        }
    }
    spots.sort_unstable_by(|a, b| listing.sort.compare(a, b));
    Ok(spots)
}

/// How many of the ids, which stand in order, come before a place.
fn place(listing: &Listing<'_, '_>, by_id: &Lookup, ids: &[i64], spot: &Spot) -> Result<usize> {
    let (mut low, mut high) = (0, ids.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let id = ids.get(middle).copied().unwrap_or_default();
        let before = by_id.of(listing.db, id)?.first().is_some_and(|candidate| listing.sort.compare(&candidate.spot, spot).is_lt());
        (low, high) = if before { (middle + 1, high) } else { (low, middle) };
    }
    Ok(low)
}

/// The rows whose place or belonging may have changed since a step; `None` where they are too many to tell.
fn affected(db: &Db<'_>, query: &Query, since: i64) -> Result<Option<IdSet>> {
    let ways = ways(db, query);
    let tree = query.unit.map(|_| Place::of(db.registry(), query.table)).transpose()?.map(|place| place.tree.name);
    let veil = db.registry().veil().map(|veil| veil.by);
    let sql = "SELECT h.tab, j.key, j.last FROM journal j JOIN shape h ON h.id = j.shape WHERE j.step > ?1";
    let mut statement = db.connection().prepare_cached(sql)?;
    let mut rows = statement.query([since])?;
    let (mut touched, mut count) = (BTreeSet::new(), 0);
    while let Some(row) = rows.next()? {
        let (table, first, last): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let on_the_way = ways.iter().enumerate().filter(|(_, way)| way.end.name == table).map(|(at, _)| at).collect::<Vec<_>>();
        count += if on_the_way.is_empty() { 0 } else { last - first + 1 };
        if count > TOUCHED || tree == Some(table.as_str()) || veil == Some(table.as_str()) {
            return Ok(None);
        }
        touched.extend(on_the_way.into_iter().flat_map(|at| (first..=last).map(move |id| (at, id))));
    }
    let mut found = IdSet::default();
    for (at, way) in ways.iter().enumerate() {
        let ends: IdSet = touched.iter().filter(|(way, _)| *way == at).map(|(_, id)| *id).collect();
        let ids = if way.hops.is_empty() { ends } else { below(db, way, &ends)? };
        ids.sorted().into_iter().for_each(|id| found.insert(id));
    }
    Ok((i64::try_from(found.len()).is_ok_and(|found| found <= TOUCHED)).then_some(found))
}

/// The tables that a list hangs on, each with the way to it: its own, those that its order's columns are copies of, and those that
/// its search goes through.
fn ways(db: &Db<'_>, query: &Query) -> Vec<Path> {
    let own = Path { hops: Vec::new(), end: query.table };
    let order: Vec<&str> = match query.order.as_slice() {
        [] => query.table.order.to_vec(),
        order => order.iter().map(|(column, _)| column.as_str()).collect(),
    };
    let carried = order.into_iter().flat_map(|column| carried(db, &own, column)).collect::<Vec<_>>();
    let searched = query.search.as_ref().and_then(|_| Path::to_searched(db.registry(), query.table));
    let searched = searched.into_iter().flat_map(|path| path.stages()).collect::<Vec<_>>();
    let mut ways: Vec<Path> = std::iter::once(own).chain(carried).chain(searched).collect();
    let mut known = BTreeSet::new();
    ways.retain(|way| known.insert((way.end.name, way.hops.iter().map(|hop| hop.field).collect::<Vec<_>>())));
    ways
}

/// The ways to the tables that a carried column is a copy of; a copy may be one of a copy.
fn carried(db: &Db<'_>, from: &Path, column: &str) -> Vec<Path> {
    let table: &'static Table = from.end;
    let Some(carry) = table.carries.iter().find(|carry| carry.own == column) else { return Vec::new() };
    let Some(entry) = db.registry().entry(parent(table, carry)) else { return Vec::new() };
    let hops = from.hops.iter().copied().chain([Hop { child: table, field: carry.through }]).collect();
    let way = Path { hops, end: entry.table };
    let further = carried(db, &way, carry.column);
    std::iter::once(way).chain(further).collect()
}
