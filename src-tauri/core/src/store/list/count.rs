//! A query's rows as a number, as a set, and as ids in order.

use rusqlite::params_from_iter;

use super::find::below;
use super::listing::Listing;
use super::set::IdSet;
use super::sort::Spot;
use crate::error::Result;

/// Hits of a search up to this many are followed to their rows one by one; beyond, all rows are asked for their way.
const FOLLOWED: usize = 50_000;

impl Listing<'_, '_> {
    /// Counts the rows.
    pub fn count(&self) -> Result<u64> {
        let count = match (&self.search, self.query.table.link) {
            (None, _) => self.rows().count_up_to(self.db, usize::MAX)?,
            (Some(_), true) => self.pick(usize::MAX)?.marks.len(),
            (Some(_), false) => self.matching()?.len(),
        };
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// Gives the ids of all rows, in order.
    pub fn ids(&self) -> Result<Vec<i64>> {
        if self.filters.is_empty() && self.search.is_none() {
            return self.scan()?.0.ids(self.db);
        }
        self.in_order(&self.matching()?)
    }

    /// Puts rows of the list in order.
    pub fn in_order(&self, all: &IdSet) -> Result<Vec<i64>> {
        if all.len() <= self.query.sizes.arranged {
            return Ok(self.arranged(all.sorted())?.iter().map(|Spot { key, .. }| key.first()).collect());
        }
        let whole = self.whole().unwrap_or_else(|| self.pass(format!("{} AS t", self.query.table.name), self.filters.clone()));
        Ok(whole.ids(self.db)?.into_iter().filter(|id| all.contains(*id)).collect())
    }

    /// Adds up columns over all rows; a search goes by its hits, all else through the rows themselves.
    pub fn sums(&self, columns: &[&str]) -> Result<Vec<i64>> {
        let sums = columns.iter().map(|column| format!("coalesce(sum(t.{column}), 0)")).collect::<Vec<_>>().join(", ");
        let read = |row: &rusqlite::Row<'_>| (0..columns.len()).map(|at| row.get::<_, i64>(at)).collect::<rusqlite::Result<Vec<_>>>();
        if self.search.is_none() {
            let rows = self.rows();
            let sql = format!("SELECT {sums} FROM {}{}", rows.from, rows.base.clause());
            return Ok(self.db.rows(&sql, params_from_iter(&rows.base.cells), read)?.pop().unwrap_or_default());
        }
        let mut statement = self.db.connection().prepare(&format!("SELECT {sums} FROM {} t WHERE t.id = ?1", self.query.table.name))?;
        self.matching()?.sorted().into_iter().try_fold(vec![0; columns.len()], |mut all, id| {
            all.iter_mut().zip(statement.query_row([id], read)?).for_each(|(sum, part)| *sum += part);
            Ok(all)
        })
    }

    /// Makes out the ids of all rows, in no order.
    pub fn matching(&self) -> Result<IdSet> {
        let Some(search) = &self.search else { return self.left() };
        let hits = search.all(self.db)?;
        if self.condition().is_empty() {
            return self.hanging_on(hits);
        }
        let (left, hits) = (self.left()?, self.hanging_on(hits)?);
        Ok(left.sorted().into_iter().filter(|id| hits.contains(*id)).collect())
    }

    /// The rows that filters and subtree leave.
    fn left(&self) -> Result<IdSet> {
        let rows = self.rows();
        let sql = format!("SELECT t.id FROM {}{}", rows.from, rows.base.clause());
        Ok(self.db.rows(&sql, params_from_iter(&rows.base.cells), |row| row.get(0))?.into_iter().collect())
    }

    /// The rows by their values of the column that the search goes through.
    fn hanging_on(&self, through: IdSet) -> Result<IdSet> {
        let Some(search) = self.search.as_ref().filter(|search| !search.path.hops.is_empty()) else { return Ok(through) };
        if through.len() <= FOLLOWED {
            return below(self.db, &search.path.first(), &through);
        }
        let (table, column) = (self.query.table.name, search.path.through());
        let rows = self
            .db
            .rows(&format!("SELECT id, {column} FROM {table}"), [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        Ok(rows.into_iter().filter(|(_, via)| via.is_some_and(|via| through.contains(via))).map(|(id, _)| id).collect())
    }

    /// The lines of the plans by which candidates are found.
    pub fn explain(&self) -> Result<Vec<String>> {
        if let Some(search) = &self.search {
            return search.explain(self.db);
        }
        let (scan, _) = self.scan()?;
        let mut lines = scan.explain(self.db, None)?;
        if let Some(first) = scan.batch(self.db, None, 1)?.first() {
            lines.extend(scan.explain(self.db, Some(&first.spot))?);
        }
        Ok(lines)
    }
}
