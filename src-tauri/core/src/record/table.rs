//! What is known of a table and of its fields.

use std::sync::OnceLock;

use super::{Cell, Id, Kind, Value};
use crate::error::{Error, Faults, Result};
use crate::store::{Db, Now};

/// A column of a table, as storage, forms, grids and sheets see it.
#[derive(Debug)]
pub struct Field {
    /// The column's name in the table and on the wire.
    pub name: &'static str,
    /// The words on screen and in sheet headers.
    pub label: &'static str,
    /// A sentence that helps to fill it in.
    pub help: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may not be empty.
    pub required: bool,
    /// The longest text, in characters.
    pub max: Option<u32>,
    /// The form's section it belongs to.
    pub section: &'static str,
    /// Whether grids show it unasked.
    pub listed: bool,
    /// Whether grids offer a filter on it.
    pub filter: bool,
    /// Whether the search box looks into it.
    pub search: bool,
    /// Whether it is masked unless asked for.
    pub secret: bool,
}

/// The longest text that lists carry; a longer one is a document of its own.
const LONGEST_LISTED: u32 = 100_000;

impl Field {
    /// Whether it holds a whole document, which lists, forms, sheets and histories leave out and its own commands show.
    pub fn is_document(&self) -> bool {
        self.max.is_some_and(|max| max > LONGEST_LISTED)
    }

    /// Whether a cell of it says nothing: an empty one, or a code for what is not known.
    pub fn is_open(&self, cell: &Cell) -> bool {
        let unknown = matches!(self.kind, Kind::Code(list) if list.entries.iter().any(|entry| entry.code == 0) && *cell == Cell::Int(0));
        cell.is_null() || unknown
    }
}

/// A copy of a parent's column, kept beside a row for covering indexes; the store keeps it right.
#[derive(Debug, PartialEq, Eq)]
pub struct Carry {
    /// The field that points at the parent.
    pub through: &'static str,
    /// The parent's column.
    pub column: &'static str,
    /// The copy's column in this table; begins with `_` and is no field.
    pub own: &'static str,
}

/// A column that a function of one field fills, kept for indexes; the store keeps it right.
#[derive(Debug, PartialEq, Eq)]
pub struct Computed {
    /// The SQL function, registered by the table's module.
    pub function: &'static str,
    /// The field it is computed from.
    pub field: &'static str,
    /// The column; begins with `_` and is no field.
    pub own: &'static str,
}

/// A table, declared once by the struct that derives [`Record`].
#[derive(Debug)]
pub struct Table {
    /// The table's name in the store and on the wire.
    pub name: &'static str,
    /// What offices call one such record.
    pub label: &'static str,
    /// A sentence that says what the record is.
    pub help: &'static str,
    /// The fields, without the id.
    pub fields: &'static [Field],
    /// The columns that lists are ordered by; the key follows as the last.
    pub order: &'static [&'static str],
    /// The fields by which people tell two records apart (a code, an id number); for a link its two ends.
    pub key: &'static [&'static str],
    /// The field that places the record in the unit tree, or empty.
    pub unit: &'static str,
    /// The copies of parents' columns.
    pub carries: &'static [Carry],
    /// The columns computed from fields.
    pub computed: &'static [Computed],
    /// The fields that the trade's acts alone write (a state that a ledger of changes explains); its new rows come by acts, too.
    /// `*` stands for all fields: a ledger.
    pub kept: &'static [&'static str],
    /// Whether its key is its first two fields instead of an id.
    pub link: bool,
    /// Whether it is a view: read only, not journaled.
    pub view: bool,
    /// The statements made of all this, once.
    pub sql: OnceLock<Sql>,
}

/// Texts that may be this long may have several lines: remarks and summaries.
const SEVERAL_LINES: u32 = 500;

/// Says whether a text of at most so many characters may have several lines.
pub const fn has_lines(max: Option<u32>) -> bool {
    matches!(max, Some(max) if max >= SEVERAL_LINES)
}

/// The statements of a table.
#[derive(Debug)]
pub struct Sql {
    /// Inserts a row: the id (none for a link), then every field.
    pub insert: String,
    /// Writes every field of a row; the key comes last.
    pub update: String,
    /// Deletes a row by its key.
    pub delete: String,
    /// Reads the id (0 for a link) and every field, without a WHERE.
    pub select: String,
    /// ` WHERE` by key.
    pub by_key: &'static str,
}

impl Table {
    /// Finds a field by its name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// Finds a field's place among the fields.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.fields.iter().position(|field| field.name == name)
    }

    /// The columns of the key: `id`, or a link's two ends.
    pub fn key_columns(&self) -> Vec<&'static str> {
        if self.link { self.fields.iter().take(2).map(|field| field.name).collect() } else { vec!["id"] }
    }

    /// The fields that lists and forms show; documents are left out.
    pub fn shown(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| !field.is_document())
    }

    /// Whether acts alone write a field.
    pub fn is_kept(&self, field: &str) -> bool {
        self.is_ledger() || self.kept.contains(&field)
    }

    /// Whether acts alone write any of it.
    pub fn is_ledger(&self) -> bool {
        self.kept.contains(&"*")
    }

    /// The fields that the search box looks into.
    pub fn searched(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.search)
    }

    /// The statements, made at the first call.
    pub fn sql(&self) -> &Sql {
        self.sql.get_or_init(|| Sql::of(self))
    }
}

impl Sql {
    fn of(table: &Table) -> Self {
        let name = table.name;
        let columns = table.fields.iter().map(|field| field.name).collect::<Vec<_>>().join(", ");
        let by_key = if table.link { link_key(table) } else { " WHERE id = ?1" };
        let key = if table.link { "0" } else { "id" };
        Self {
            insert: insert(table),
            update: update(table),
            delete: format!("DELETE FROM {name}{by_key}"),
            select: format!("SELECT {key}, {columns} FROM {name}"),
            by_key,
        }
    }
}

fn link_key(table: &Table) -> &'static str {
    let [a, b] = [0, 1].map(|at| table.fields.get(at).map_or("", |field| field.name));
    Box::leak(format!(" WHERE {a} = ?1 AND {b} = ?2").into_boxed_str())
}

/// `INSERT … SELECT` reads the carried columns from their parents, so that a copy is right from the first moment.
fn insert(table: &Table) -> String {
    let mut columns: Vec<String> = if table.link { Vec::new() } else { vec!["id".into()] };
    columns.extend(table.fields.iter().map(|field| field.name.to_owned()));
    let mut values: Vec<String> = (1..=columns.len()).map(|at| format!("?{at}")).collect();
    for carry in table.carries {
        let at = columns.iter().position(|column| column == carry.through).map_or(0, |at| at + 1);
        values.push(format!("(SELECT {} FROM {} WHERE id = ?{at})", carry.column, parent(table, carry)));
        columns.push(carry.own.into());
    }
    for computed in table.computed {
        let at = columns.iter().position(|column| column == computed.field).map_or(0, |at| at + 1);
        values.push(format!("{}(?{at})", computed.function));
        columns.push(computed.own.into());
    }
    format!("INSERT INTO {} ({}) VALUES ({})", table.name, columns.join(", "), values.join(", "))
}

fn update(table: &Table) -> String {
    let all: Vec<_> = table.fields.iter().map(|field| field.name).collect();
    patch(table, &all)
}

/// Writes the given columns of one row: `?1…` are their values, the key follows. Carried and computed columns follow their fields.
pub(crate) fn patch(table: &Table, columns: &[&str]) -> String {
    let place = |name: &str| columns.iter().position(|column| *column == name).map(|at| at + 1);
    let mut sets: Vec<String> = columns.iter().enumerate().map(|(at, name)| format!("{name} = ?{}", at + 1)).collect();
    for carry in table.carries {
        if let Some(at) = place(carry.through) {
            sets.push(format!("{} = (SELECT {} FROM {} WHERE id = ?{at})", carry.own, carry.column, parent(table, carry)));
        }
    }
    for computed in table.computed {
        if let Some(at) = place(computed.field) {
            sets.push(format!("{} = {}(?{at})", computed.own, computed.function));
        }
    }
    let condition =
        table.key_columns().iter().enumerate().map(|(at, key)| format!("{key} = ?{}", columns.len() + 1 + at)).collect::<Vec<_>>();
    format!("UPDATE {} SET {} WHERE {}", table.name, sets.join(", "), condition.join(" AND "))
}

/// The table that a carried column is copied from.
pub(crate) fn parent(table: &Table, carry: &Carry) -> &'static str {
    match table.field(carry.through).map(|field| field.kind) {
        Some(Kind::Ref(parent)) => parent,
        _ => "",
    }
}

/// A row of a table: its cells in the order of the fields.
pub trait Row: Sized {
    /// The table's name.
    const NAME: &'static str;
    /// The table's description.
    fn table() -> &'static Table;
    /// The fields' cells, in order, without the id.
    fn cells(&self) -> Vec<Cell>;
    /// Makes the row from its id (ignored by a link) and its cells; refuses cells that the types do not hold.
    fn from_cells(id: i64, cells: Vec<Cell>) -> Result<Self>;
    /// Gives what was typed its stored form, and says what is doubtful about it; every way in calls it before the checks.
    fn tidy(&mut self, now: Now, faults: &mut Faults);
    /// Adds what is wrong across fields or against the store.
    fn check(&self, db: &Db, faults: &mut Faults);
}

/// A row with an id of its own.
pub trait Record: Row {
    /// The id; 0 while it is new.
    fn id(&self) -> Id<Self>;
}

/// Reads a field's value out of its cell.
pub fn take<V: Value>(table: &'static Table, field: &'static str, cell: Option<Cell>) -> Result<V> {
    cell.and_then(V::from_cell).ok_or_else(|| {
        let refusal = crate::error::Refusal::new(
            format!("“{}”里“{field}”一栏的内容不合格式。", table.label),
            "请运行“检查”；若刚升级过程序，请从备份恢复后再试。",
        );
        Error::Damaged(refusal)
    })
}
