//! A query made out against the file: its order, its conditions, and what is walked to answer it.

use super::condition::{Condition, of_filters};
use super::find::Search;
use super::index::{Index, of_table, walking};
use super::query::{Op, Query};
use super::scan::{Lookup, Scan};
use super::sort::Sort;
use super::tree::Place;
use crate::error::{Error, Result};
use crate::store::{Db, Veiled};

/// What leaves veiled rows out, or shows nothing else; nothing where no row is veiled, as in most files.
fn veil(db: &Db<'_>, query: &Query) -> Result<Condition> {
    let table = query.table;
    let drawn = || db.registry().veil().map_or(Ok(None), |veil| Ok::<_, Error>(veil.is_drawn(db)?.then_some(veil)));
    let condition = drawn()?.and_then(|veil| veil.condition(db.registry(), table, "t"));
    Ok(match (condition, query.veiled) {
        (Some(condition), Veiled::Only) => Condition::new(condition, []),
        (Some(condition), Veiled::Out) => Condition::new(format!("NOT {condition}"), []),
        (None, Veiled::Only) => Condition::new(format!("t.{} IN (NULL)", table.key_columns().first().copied().unwrap_or("id")), []),
        (None, Veiled::Out) => Condition::default(),
    })
}

/// A query made out.
pub struct Listing<'a, 'c> {
    /// What it reads from.
    pub db: &'a Db<'c>,
    /// What is asked.
    pub query: &'a Query,
    /// The order.
    pub sort: Sort,
    /// The search; none where nothing was typed.
    pub search: Option<Search>,
    /// The filters, on the rows `t`, with what leaves veiled rows out.
    pub filters: Condition,
    /// Whether something leaves veiled rows out, or shows nothing else.
    veiled: bool,
    /// The column that must be in the TEMP table of the subtree; none where that leaves nothing out.
    pub within: Option<&'static str>,
    /// The column by which rows are gathered from the whole tree, where no index walks their order but one in each unit does.
    gathered: Option<&'static str>,
    indexes: Vec<Index>,
}

impl<'a, 'c> Listing<'a, 'c> {
    /// Makes out a query; fills the TEMP table of its subtree.
    pub fn new(db: &'a Db<'c>, query: &'a Query) -> Result<Self> {
        let unveiled = veil(db, query)?;
        let veiled = !unveiled.is_empty();
        let typed = query.search.as_deref().filter(|typed| !typed.trim().is_empty());
        let mut listing = Self {
            db,
            query,
            sort: Sort::of(db.registry(), query)?,
            search: typed.map(|typed| Search::new(db, query.table, typed)).transpose()?,
            filters: of_filters(query)?.and(unveiled),
            veiled,
            within: None,
            gathered: None,
            indexes: of_table(db, query.table.name)?,
        };
        listing.refuse_strange_cursor()?;
        listing.settle()?;
        Ok(listing)
    }

    /// A cursor of another query would begin anywhere.
    fn refuse_strange_cursor(&self) -> Result<()> {
        let Some(cursor) = &self.query.after else { return Ok(()) };
        let fits = match (cursor.source, &self.search) {
            (None, _) => cursor.order.len() == self.sort.terms.len() && cursor.keys.len() == self.sort.key_count(),
            (Some(source), Some(search)) => source < search.len() && cursor.keys.len() == 1 + self.sort.key_count(),
            (Some(_), None) => false,
        };
        if fits { Ok(()) } else { Err(Error::Usage("翻页位置与所列的内容不符".into())) }
    }

    /// Fills the TEMP table where the list is within a unit, or is best gathered unit by unit.
    fn settle(&mut self) -> Result<()> {
        let place = Place::of(self.db.registry(), self.query.table);
        if let Some(unit) = self.query.unit {
            let place = place?;
            self.within = place.fill(self.db, unit)?.then_some(place.column);
            self.gathered = self.within.is_none().then_some(place.column).filter(|column| self.gathers(column));
        } else if let Ok(place) = place
            && place.filled
            && self.gathers(place.column)
        {
            place.fill_all(self.db)?;
            self.gathered = Some(place.column);
        }
        Ok(())
    }

    fn gathers(&self, column: &str) -> bool {
        !self.query.table.link && self.whole().is_none() && self.gather(column).is_some()
    }

    /// Filters and subtree as one condition on the rows `t`.
    pub fn condition(&self) -> Condition {
        let within = self.within.map(|column| Condition::new(format!("t.{column} IN (SELECT id FROM temp.sub)"), []));
        self.filters.clone().and(within.unwrap_or_default())
    }

    /// What is walked for the query's order, search apart, and whether it leaves out all that the filters and the subtree do.
    pub fn scan(&self) -> Result<(Scan, bool)> {
        if self.query.table.link {
            return Ok((self.pass(self.from(None), self.condition()), true));
        }
        if let Some(scan) = self.by_filter()? {
            return Ok(scan);
        }
        let walked = match self.within.or(self.gathered) {
            None => self.whole(),
            Some(column) => self.gather(column),
        };
        Ok(walked.map_or_else(|| (self.rows(), true), |scan| (scan, self.filters.is_empty())))
    }

    /// All rows that filters and subtree leave, in no order that costs anything.
    pub fn rows(&self) -> Scan {
        let unit = self.within.and_then(|column| self.joined(column).filter(|_| self.filters.is_empty()));
        match unit {
            Some(from) => self.pass(from, Condition::default()),
            None => self.pass(self.from(None), self.filters.clone().and(self.outside())),
        }
    }

    /// The rows of the subtree, for counting them.
    pub fn in_subtree(&self) -> Option<Scan> {
        self.within.map(|column| match self.joined(column) {
            Some(from) => self.pass(from, Condition::default()),
            None => self.pass(self.from(None), self.outside()),
        })
    }

    /// The order's index over the whole table.
    pub fn whole(&self) -> Option<Scan> {
        let index = walking(&self.indexes, None, &self.sort).filter(|_| !self.sort.terms.is_empty());
        let walks = index.is_some() || self.sort.terms.is_empty();
        walks.then(|| Scan { walks, ..self.pass(self.from(index), Condition::default()) })
    }

    /// Reads rows in the query's order by passing over all of them.
    pub fn pass(&self, from: String, base: Condition) -> Scan {
        let through = self.search.as_ref().map(|search| format!("t.{}", search.path.through()));
        Scan { from, base, sort: self.sort.clone(), through, walks: false }
    }

    /// Finds one row as a candidate by its id, whatever the filters say.
    pub fn by_id(&self) -> Lookup {
        self.pass(self.from(None), Condition::new("t.id = ?", [])).lookup()
    }

    fn from(&self, index: Option<&Index>) -> String {
        let index = index.map(|index| format!(" INDEXED BY {}", index.name)).unwrap_or_default();
        format!("{} AS t{index}", self.query.table.name)
    }

    /// The `+` keeps the planner from looking up the rows of every unit where a pass over the table is cheaper.
    fn outside(&self) -> Condition {
        self.within.map(|column| Condition::new(format!("+t.{column} IN (SELECT id FROM temp.sub)"), [])).unwrap_or_default()
    }

    /// The subtree outside, its rows by the index of their unit inside: each unit's rows are left as soon as they lie past the page.
    fn gather(&self, column: &str) -> Option<Scan> {
        let index = walking(&self.indexes, Some(column), &self.sort)?;
        let from = format!("temp.sub CROSS JOIN {} ON t.{column} = sub.id", self.from(Some(index)));
        Some(Scan { walks: true, ..self.pass(from, Condition::default()) })
    }

    fn joined(&self, column: &str) -> Option<String> {
        let index = walking(&self.indexes, Some(column), &self.sort).or_else(|| self.indexes.iter().find(|index| index.begins(column)));
        let known = index.is_some() || column == "id";
        known.then(|| format!("temp.sub CROSS JOIN {} ON t.{column} = sub.id", self.from(index)))
    }

    /// A filter for one value whose index walks the order too, or one that leaves few rows.
    fn by_filter(&self) -> Result<Option<(Scan, bool)>> {
        let limit = self.query.sizes.narrow;
        let one = self.query.filters.iter().filter(|filter| filter.op == Op::Is);
        for (filter, cell) in one.filter_map(|filter| Some((filter, filter.values.first().filter(|cell| !cell.is_null())?))) {
            let Some(any) = self.indexes.iter().find(|index| index.begins(&filter.field)) else { continue };
            let base = Condition::new(format!("t.{} = ?", filter.field), [cell.clone()]);
            if let Some(index) = walking(&self.indexes, Some(&filter.field), &self.sort) {
                let done = self.query.filters.len() == 1 && self.within.is_none() && !self.veiled;
                return Ok(Some((Scan { walks: true, ..self.pass(self.from(Some(index)), base) }, done)));
            }
            let narrow = self.pass(self.from(Some(any)), base);
            if narrow.count_up_to(self.db, limit + 1)? <= limit {
                let base = narrow.base.clone().and(self.filters.clone()).and(self.outside());
                return Ok(Some((Scan { base, ..narrow }, true)));
            }
        }
        Ok(None)
    }
}
