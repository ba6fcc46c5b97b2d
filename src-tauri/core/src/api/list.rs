//! Lists of any record: searched, narrowed, ordered, a page at a time.

use rusqlite::params_from_iter;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::payload::RecordName;
use super::records::row;
use super::search::{Condition, search, within};
use super::titles::{Titles, collect};
use crate::error::{Error, Result, refused};
use crate::record::{Cell, Field, Kind, Table, Wire};
use crate::store::{Db, Key};

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
    pub after: Option<Vec<Json>>,
    /// How many rows; 50 where none is given, 1000 at most.
    pub limit: Option<usize>,
    /// Whether all rows that the list has are counted.
    #[serde(default)]
    pub count: bool,
    /// Whether secrets are shown in full.
    #[serde(default)]
    pub reveal: bool,
}

/// One condition on one field.
#[derive(Debug, Deserialize, Wire)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    /// The field.
    pub field: String,
    /// How it is compared.
    pub op: Op,
    /// What it is compared with; several for `one_of`, nothing for `empty` and `filled`.
    #[serde(default)]
    pub value: Json,
}

/// How a filter compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Wire)]
#[serde(rename_all = "snake_case")]
pub enum Op {
    /// Equal.
    Is,
    /// Not equal, or empty.
    IsNot,
    /// Less, or before.
    Less,
    /// Less or equal.
    AtMost,
    /// More, or after.
    More,
    /// More or equal.
    AtLeast,
    /// Has the text in it, or the entry among its entries.
    Contains,
    /// Equal to one of several.
    OneOf,
    /// Nothing is in it.
    Empty,
    /// Something is in it.
    Filled,
}

/// A page of a list.
#[derive(Debug, Serialize, Wire)]
pub struct Page {
    /// The rows: fields by name, and the id.
    pub rows: Vec<Json>,
    /// Where the next page begins; nothing on the last page.
    pub next: Option<Vec<Json>>,
    /// How many rows the whole list has, where it was asked.
    pub total: Option<i64>,
    /// The titles of what the rows refer to: by table, then by id.
    pub refs: Titles,
}

/// Reads a page.
pub fn list(db: &Db<'_>, ask: &List) -> Result<Page> {
    let table = ask.record.table(db.registry())?;
    let order = order(table, &ask.order)?;
    let wanted = conditions(db, table, ask)?;
    let limit = ask.limit.unwrap_or(50).clamp(1, 1000);
    let mut found = page(db, table, &wanted, &order, ask.after.as_deref(), limit + 1)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let next = found.last().filter(|_| more).map(|last| last.place.iter().map(|cell| json!(cell)).collect());
    let mut refs = Titles::new();
    for line in &found {
        collect(db, table, &line.cells, &mut refs)?;
    }
    let rows = found.iter().map(|line| row(table, line.key, &line.cells, ask.reveal)).collect();
    let total = if ask.count { Some(count(db, table, &wanted)?) } else { None };
    Ok(Page { rows, next, total, refs })
}

fn conditions(db: &Db<'_>, table: &'static Table, ask: &List) -> Result<Condition> {
    let mut all = Condition::default();
    if let Some(text) = ask.search.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
        all.and(search(db, table, text)?);
    }
    if let Some(unit) = ask.unit {
        all.and(within(db, table, unit)?);
    }
    for filter in &ask.filters {
        all.and(filtered(table, filter, ask.reveal)?);
    }
    Ok(all)
}

fn filtered(table: &Table, filter: &Filter, reveal: bool) -> Result<Condition> {
    let unknown = || Error::Usage(format!("“{}”没有“{}”这一栏", table.name, filter.field));
    let field = table.field(&filter.field).ok_or_else(unknown)?;
    if field.secret && !reveal && !matches!(filter.op, Op::Is | Op::Empty | Op::Filled) {
        return refused(format!("“{}”是保密内容，只能按完整内容查找。", field.label), "请输入完整的号码，或在搜索框里查找。");
    }
    let name = field.name;
    let compared = |sign: &str| Ok(Condition::new(format!("{name} {sign} ?"), vec![value(field, &filter.value)?]));
    match filter.op {
        Op::Is => compared("="),
        Op::IsNot => compared("IS NOT"),
        Op::Less => compared("<"),
        Op::AtMost => compared("<="),
        Op::More => compared(">"),
        Op::AtLeast => compared(">="),
        Op::Contains => contains(field, &filter.value),
        Op::OneOf => one_of(field, &filter.value),
        Op::Empty => Ok(Condition::new(format!("{name} IS NULL"), vec![])),
        Op::Filled => Ok(Condition::new(format!("{name} IS NOT NULL"), vec![])),
    }
}

fn contains(field: &Field, given: &Json) -> Result<Condition> {
    let wanted = if matches!(field.kind, Kind::Text) { Cell::Text(given.as_str().unwrap_or_default().to_owned()) } else { value(field, given)? };
    Ok(Condition::new(format!("instr({}, ?) > 0", field.name), vec![wanted]))
}

fn one_of(field: &Field, given: &Json) -> Result<Condition> {
    let several = given.as_array().ok_or_else(|| Error::Usage(format!("“{}”的 one_of 要给出一组值", field.name)))?;
    let values = several.iter().map(|given| value(field, given)).collect::<Result<Vec<_>>>()?;
    let places = vec!["?"; values.len()].join(", ");
    Ok(Condition::new(format!("{} IN ({places})", field.name), values))
}

fn value(field: &Field, given: &Json) -> Result<Cell> {
    field.kind.from_json(given).map_err(|half| Error::Usage(format!("筛选“{}”的值{half}", field.label)))
}

/// A column that a list is ordered by.
struct Place {
    column: &'static str,
    descending: bool,
}

impl Place {
    /// What the column is compared by: an empty one comes first, as SQLite orders it.
    fn key(&self) -> String {
        format!("ifnull({}, '')", self.column)
    }
}

/// Reads the order asked for; the key comes last, so that no two rows share a place.
fn order(table: &'static Table, asked: &[String]) -> Result<Vec<Place>> {
    let own = table.order.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let names = if asked.is_empty() { &own } else { asked };
    let mut places = names.iter().map(|name| place(table, name)).collect::<Result<Vec<_>>>()?;
    places.extend(table.key_columns().into_iter().map(|column| Place { column, descending: false }));
    Ok(places)
}

fn place(table: &'static Table, name: &str) -> Result<Place> {
    let (name, descending) = name.strip_prefix('-').map_or((name, false), |name| (name, true));
    let fields = table.fields.iter().map(|field| field.name);
    let mut columns = fields.chain(table.carries.iter().map(|carry| carry.own)).chain(table.computed.iter().map(|computed| computed.own));
    let found = columns.find(|column| *column == name);
    let column = found.ok_or_else(|| Error::Usage(format!("“{}”不能按“{name}”排序", table.name)))?;
    Ok(Place { column, descending })
}

/// A row of a page, with its place in the order.
struct Line {
    key: Key,
    cells: Vec<Cell>,
    place: Vec<Cell>,
}

fn page(db: &Db<'_>, table: &'static Table, wanted: &Condition, order: &[Place], after: Option<&[Json]>, limit: usize) -> Result<Vec<Line>> {
    let mut wanted = wanted.clone();
    if let Some(after) = after {
        wanted.and(beyond(order, after)?);
    }
    let sorted = order.iter().map(|place| format!("{}{}", place.key(), if place.descending { " DESC" } else { "" })).collect::<Vec<_>>();
    let columns: Vec<_> = table.key_columns().into_iter().chain(table.fields.iter().map(|field| field.name)).map(str::to_owned).collect();
    let places = order.iter().map(Place::key);
    let all = columns.iter().cloned().chain(places).collect::<Vec<_>>().join(", ");
    let sql = format!("SELECT {all} FROM {}{} ORDER BY {} LIMIT {limit}", table.name, wanted.clause(), sorted.join(", "));
    let (keys, width) = (table.key_columns().len(), columns.len());
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Line {
            key: if table.link { Key::Pair(row.get(0)?, row.get(1)?) } else { Key::Id(row.get(0)?) },
            cells: (keys..width).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?,
            place: (width..width + order.len()).map(|at| row.get(at)).collect::<rusqlite::Result<_>>()?,
        })
    };
    db.rows(&sql, params_from_iter(&wanted.values), read)
}

/// Rows past a place: further in the first column, or level in it and further in the next, and so on.
fn beyond(order: &[Place], after: &[Json]) -> Result<Condition> {
    let wrong = || Error::Usage("翻页的位置“after”与排序不符".into());
    let cells = after.iter().map(cell).collect::<Option<Vec<_>>>().filter(|cells| cells.len() == order.len()).ok_or_else(wrong)?;
    let mut all = Vec::new();
    let mut values = Vec::new();
    for (at, place) in order.iter().enumerate() {
        let level = order.iter().take(at).map(|place| format!("{} = ? AND ", place.key())).collect::<String>();
        all.push(format!("({level}{} {} ?)", place.key(), if place.descending { "<" } else { ">" }));
        values.extend(cells.iter().take(at + 1).cloned());
    }
    Ok(Condition::new(all.join(" OR "), values))
}

fn cell(given: &Json) -> Option<Cell> {
    match given {
        Json::Null => Some(Cell::Null),
        Json::Number(number) => number.as_i64().map(Cell::Int),
        Json::String(text) => Some(Cell::Text(text.clone())),
        _ => None,
    }
}

fn count(db: &Db<'_>, table: &Table, wanted: &Condition) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM {}{}", table.name, wanted.clause());
    Ok(db.one(&sql, params_from_iter(&wanted.values))?.unwrap_or(0))
}
