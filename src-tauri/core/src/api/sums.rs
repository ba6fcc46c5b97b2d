//! The sums under a list: its rows counted, its numbers added up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::list::{Filter, List, query};
use super::payload::RecordName;
use crate::error::{Error, Result};
use crate::record::{Field, Kind, Table, Wire};
use crate::store::{Db, list};

/// Asks for the sums of a list.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Sums {
    /// The record.
    pub record: RecordName,
    /// What the search box holds.
    pub search: Option<String>,
    /// Only rows of this unit and of all below it, by its id.
    pub unit: Option<i64>,
    /// Only rows that all these filters let through.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// Whether only rows are added up that are kept and no longer used.
    #[serde(default)]
    pub veiled: bool,
    /// The fields to add up: numbers, money, time.
    pub fields: Vec<String>,
}

/// What a list comes to.
#[derive(Debug, Serialize, Wire)]
pub struct Summed {
    /// How many rows it has.
    pub count: u64,
    /// The sum of each field, as it is stored: minutes, fen, else the number itself.
    pub sums: BTreeMap<String, i64>,
}

/// Counts a list's rows and adds up fields; refuses a field that is no number.
pub fn sums(db: &Db<'_>, ask: &Sums) -> Result<Summed> {
    let table = ask.record.table(db.registry())?;
    let fields = ask.fields.iter().map(|name| number(table, name)).collect::<Result<Vec<_>>>()?;
    let whole = List { veiled: ask.veiled, ..List::whole(&ask.record, ask.search.clone(), ask.unit, &ask.filters, &[]) };
    let query = query(table, &whole)?;
    let sums = list::sums(db, &query, &fields.iter().map(|field| field.name).collect::<Vec<_>>())?;
    Ok(Summed { count: list::count(db, &query)?, sums: ask.fields.iter().cloned().zip(sums).collect() })
}

fn number(table: &'static Table, name: &str) -> Result<&'static Field> {
    let adds = |field: &&Field| matches!(field.kind, Kind::Int | Kind::Money | Kind::Minutes);
    table.field(name).filter(adds).ok_or_else(|| Error::Usage(format!("“{name}”不是可以合计的数字")))
}
