//! What is asked of a table, and what is given back.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::cursor::Cursor;
use crate::record::{Cell, Table, Wire};
use crate::store::{Key, Veiled};

/// How a filter compares a field with its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// The field holds the value, or nothing where the value is nothing.
    Is,
    /// The field holds something else, or nothing.
    IsNot,
    /// The text holds the value, letter case apart; a field of several codes has this one.
    Contains,
    /// The field is more than the value.
    More,
    /// The field is less than the value.
    Less,
    /// The field is the value or more.
    AtLeast,
    /// The field is the value or less.
    AtMost,
    /// The field lies between two values, ends included.
    Between,
    /// The field holds nothing.
    Empty,
    /// The field holds something.
    NotEmpty,
    /// The field holds one of the values; a field of several codes has one of them.
    In,
}

/// One condition on one field; all of a query's filters must hold.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// The field's name, or `id`.
    pub field: String,
    /// The comparison.
    pub op: Op,
    /// Its values: none for empty and not empty, two for between, any number for in, else one.
    pub values: Vec<Cell>,
}

impl Filter {
    /// Makes a filter.
    pub fn new(field: impl Into<String>, op: Op, values: impl Into<Vec<Cell>>) -> Self {
        Self { field: field.into(), op, values: values.into() }
    }
}

/// What is asked of a table.
#[derive(Clone)]
pub struct Query {
    /// The table.
    pub table: &'static Table,
    /// Only rows of this unit and of those below it, by the table's unit field; a tree of units is cut at this one.
    pub unit: Option<i64>,
    /// What was typed into the search box.
    pub search: Option<String>,
    /// Conditions on fields.
    pub filters: Vec<Filter>,
    /// Whether rows that are kept and no longer used are left out, or are all that is shown.
    pub veiled: Veiled,
    /// Columns, hidden ones included, each with whether it descends; the table's own order where empty.
    /// The key comes last, in the direction of the last column.
    pub order: Vec<(String, bool)>,
    /// Where the page before ended.
    pub after: Option<Cursor>,
    /// The most rows of a page.
    pub limit: usize,
    /// Where one way to the rows becomes cheaper than another.
    pub sizes: Sizes,
}

/// Numbers of rows at which another way to the rows of a list becomes the cheaper one; which way is taken changes the order only
/// where [`Page::sorted`] says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sizes {
    /// So few hits of a search are sorted at once; many come as they are found.
    pub few: usize,
    /// The same inside a unit, where fewer remain.
    pub few_within: usize,
    /// The same where an order was asked for, since the other way is to walk that order.
    pub few_ordered: usize,
    /// The rows of a unit up to which each is looked at, rather than all hits made out.
    pub small: usize,
    /// The rows of a unit up to which they are all walked for a search.
    pub middling: usize,
    /// A filter for one value that leaves no more rows is looked up in its own index, and the rows sorted.
    pub narrow: usize,
    /// Candidates looked up one by one before all rows are made out instead.
    pub budget: usize,
    /// A set of rows up to this size is sorted by itself; for a larger one the order is walked and the set looked up.
    pub arranged: usize,
    /// The most candidates read at a time.
    pub batch: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Self {
            few: 100,
            few_within: 500,
            few_ordered: 5_000,
            small: 1_500,
            middling: 40_000,
            narrow: 5_000,
            budget: 20_000,
            arranged: 50_000,
            batch: 4_096,
        }
    }
}

impl fmt::Debug for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { unit, search, filters, veiled, order, after, limit, sizes, .. } = self;
        write!(f, "{} {:?}", self.table.name, (unit, search, filters, veiled, order, after, limit, sizes))
    }
}

impl Query {
    /// Asks for the first 50 rows of a table.
    pub fn of(table: &'static Table) -> Self {
        Self {
            table,
            unit: None,
            search: None,
            filters: Vec::new(),
            veiled: Veiled::Out,
            order: Vec::new(),
            after: None,
            limit: 50,
            sizes: Sizes::default(),
        }
    }

    /// Leaves out where the page begins and ends.
    pub(super) fn whole(&self) -> Self {
        Self { after: None, ..self.clone() }
    }
}

/// A page of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The rows: key and fields' cells.
    pub rows: Vec<(Key, Vec<Cell>)>,
    /// Where the next page goes on; none on the last one.
    pub next: Option<Cursor>,
    /// Whether the rows come in the query's order. Many hits of a search without an order of its own come as the search finds them.
    pub sorted: bool,
}
