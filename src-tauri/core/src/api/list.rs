//! Lists of any record: searched, narrowed, ordered, a page at a time.

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::payload::RecordName;
use super::records::row;
use super::titles::{Titles, collect};
use crate::disclosure;
use crate::error::{Error, Result, refused};
use crate::record::{Cell, Field, Kind, Table, Wire};
use crate::store::list::{self, Op, Query};
use crate::store::{self, Db, Key, Store, Veiled};

/// The most rows of a page.
const MOST: usize = 1000;

/// Asks for a page of a list.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// The record.
    pub record: RecordName,
    /// What the search box holds.
    pub search: Option<String>,
    /// Only rows of this unit and of all below it, by its id.
    pub unit: Option<i64>,
    /// Only rows that all these filters let through.
    #[serde(default)]
    pub filters: Vec<Filter>,
    /// The columns to order by, `-` before one for descending; the record's own order where none is given.
    #[serde(default)]
    pub order: Vec<String>,
    /// Only rows after this place: `next` of the page before, asked with the same order.
    pub after: Option<String>,
    /// Only rows from this one on, counted from 0, instead of a place.
    pub at: Option<usize>,
    /// How many rows; 50 where none is given, 1000 at most.
    pub limit: Option<usize>,
    /// Whether all rows that the list has are counted.
    #[serde(default)]
    pub count: bool,
    /// Whether secrets are shown in full.
    #[serde(default)]
    pub reveal: bool,
    /// Whether only rows are shown that are kept and no longer used (已封存); else they are left out.
    #[serde(default)]
    pub veiled: bool,
}

impl List {
    /// Asks for all rows that a search and filters leave.
    pub fn whole(record: &RecordName, search: Option<String>, unit: Option<i64>, filters: &[Filter], order: &[String]) -> Self {
        let (record, filters, order) = (record.clone(), filters.to_vec(), order.to_vec());
        Self { record, search, unit, filters, order, after: None, at: None, limit: Some(MOST), count: false, reveal: false, veiled: false }
    }
}

/// One condition on one field.
#[derive(Debug, Clone, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The field, or `id`.
    pub field: String,
    /// How it is compared.
    pub op: Op,
    /// What it is compared with; a list of them for `in` and `between`, nothing for `empty` and `not_empty`.
    #[serde(default)]
    pub value: Json,
}

/// A page of a list.
#[derive(Debug, Serialize, Wire)]
pub struct Page {
    /// The rows: fields by name, and the id.
    pub rows: Vec<Json>,
    /// Where the next page begins; nothing on the last page, and where rows were asked for by their number.
    pub next: Option<String>,
    /// How many rows the whole list has, where it was asked.
    pub total: Option<usize>,
    /// Whether the rows come in order; many hits of a search come as they are found.
    pub sorted: bool,
    /// The titles of what the rows refer to: by table, then by id.
    pub refs: Titles,
}

/// Reads a page.
pub fn list(store: &Store, ask: &List) -> Result<Page> {
    let table = ask.record.table(store.registry())?;
    let after = ask.after.as_deref().map(|place| store.opened_place(place)).transpose()?;
    let query = Query { after, ..query(table, ask)? };
    store::masked(query.veiled, ask.reveal)?;
    let (found, total) = match ask.at {
        Some(at) => store.rows_at(&query, at).map(|(page, total)| (page, Some(total)))?,
        None => store.read(|db| Ok((list::page(db, &query)?, total(db, &query, ask.count)?)))?,
    };
    let rows = found.rows.iter().map(|(key, cells)| row(table, *key, cells, ask.reveal)).collect();
    let refs = store.read(|db| titles(db, table, &found.rows))?;
    if ask.reveal {
        disclosure::listed(store, table, found.rows.len() as u64)?;
    }
    let next = found.next.as_ref().map(|place| store.sealed_place(place)).transpose()?;
    Ok(Page { rows, next, total, sorted: found.sorted, refs })
}

/// Counts all rows of a list.
pub fn count(db: &Db<'_>, ask: &List) -> Result<u64> {
    list::count(db, &query(ask.record.table(db.registry())?, ask)?)
}

fn total(db: &Db<'_>, query: &Query, wanted: bool) -> Result<Option<usize>> {
    Ok(if wanted { usize::try_from(list::count(db, query)?).ok() } else { None })
}

fn titles(db: &Db<'_>, table: &'static Table, rows: &[(Key, Vec<Cell>)]) -> Result<Titles> {
    let mut refs = Titles::new();
    for (_, cells) in rows {
        collect(db, table, cells, &mut refs)?;
    }
    Ok(refs)
}

/// Reads what is asked, the place where the page begins apart.
pub(super) fn query(table: &'static Table, ask: &List) -> Result<Query> {
    let ordered = ask.order.iter().map(|name| name.strip_prefix('-').unwrap_or(name));
    ask.filters.iter().map(|filter| filter.field.as_str()).chain(ordered).try_for_each(|name| no_document(table, name))?;
    Ok(Query {
        unit: ask.unit,
        search: ask.search.clone().filter(|text| !text.trim().is_empty()),
        filters: ask.filters.iter().map(|filter| filtered(table, filter, ask.reveal)).collect::<Result<_>>()?,
        order: ask.order.iter().map(|name| name.strip_prefix('-').map_or((name.clone(), false), |name| (name.to_owned(), true))).collect(),
        limit: ask.limit.unwrap_or(50).clamp(1, MOST),
        veiled: if ask.veiled { Veiled::Only } else { Veiled::Out },
        ..Query::of(table)
    })
}

/// A document holds what lists leave out: no list is narrowed or ordered by it.
fn no_document(table: &Table, name: &str) -> Result<()> {
    match table.field(name).filter(|field| field.is_document()) {
        Some(field) => refused(format!("“{}”是整份文件，不能按它筛选或排序。", field.label), "请按别的栏目查找。"),
        None => Ok(()),
    }
}

/// Reads a filter's values; a secret is found whole or not at all, so that nobody learns it piece by piece.
fn filtered(table: &Table, filter: &Filter, reveal: bool) -> Result<list::Filter> {
    let own = if filter.field == "id" { None } else { table.field(&filter.field) };
    let field = own.filter(|field| field.secret && !reveal);
    if let Some(field) = field.filter(|_| !matches!(filter.op, Op::Is | Op::Empty | Op::NotEmpty)) {
        return refused(format!("“{}”是保密内容，只能按完整内容查找。", field.label), "请输入完整的号码，或在搜索框里查找。");
    }
    let several = match &filter.value {
        Json::Array(several) => several.as_slice(),
        Json::Null if matches!(filter.op, Op::Empty | Op::NotEmpty) => &[],
        one => std::slice::from_ref(one),
    };
    let values = several.iter().map(|given| value(own, filter.op, given)).collect::<Result<Vec<_>>>()?;
    Ok(list::Filter::new(&filter.field, filter.op, values))
}

fn value(field: Option<&Field>, op: Op, given: &Json) -> Result<Cell> {
    let (kind, label) = field.map_or((Kind::Int, "编号"), |field| (field.kind, field.label));
    let kind = if let (Kind::Terms(list), Op::Contains | Op::In) = (kind, op) { Kind::Term(list) } else { kind };
    kind.from_json(given).map_err(|half| Error::Usage(format!("筛选“{label}”的值{half}")))
}
