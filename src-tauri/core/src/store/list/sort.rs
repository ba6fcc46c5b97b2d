//! The order of rows: as SQL, as the conditions of what follows a row, and as a comparison.

use std::cmp::Ordering;

use super::condition::Condition;
use super::query::Query;
use crate::error::{Error, Result};
use crate::modules::Registry;
use crate::record::{Cell, Table, parent};
use crate::store::Key;

/// A row's place in an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The values of the order's columns.
    pub order: Vec<Cell>,
    /// The row's key.
    pub key: Key,
}

/// One column of an order.
#[derive(Debug, Clone)]
pub struct Term {
    /// The column's name.
    pub column: String,
    /// Whether it descends.
    pub descending: bool,
    text: bool,
    nullable: bool,
}

/// An order of the rows of one table; the key comes last.
#[derive(Debug, Clone)]
pub struct Sort {
    alias: String,
    /// The columns before the key.
    pub terms: Vec<Term>,
    keys: Vec<String>,
    /// Whether the key descends.
    pub key_descending: bool,
}

impl Sort {
    /// Reads a query's order, or the table's own; refuses columns that the table has not.
    pub fn of(registry: &Registry, query: &Query) -> Result<Self> {
        let table = query.table;
        let own = || table.order.iter().map(|column| ((*column).to_owned(), false)).collect();
        let order: Vec<(String, bool)> = if query.order.is_empty() { own() } else { query.order.clone() };
        let keys = table.key_columns().into_iter().map(str::to_owned).collect::<Vec<_>>();
        // What follows the id tells nothing apart any more.
        let by_id = order.iter().find(|(column, _)| !table.link && column == "id").map(|(_, descending)| *descending);
        let before = order.iter().take_while(|(column, _)| table.link || column != "id");
        let terms = before.map(|(column, descending)| term(registry, table, column, *descending)).collect::<Result<Vec<_>>>()?;
        let key_descending = by_id.or(terms.last().map(|term| term.descending)).unwrap_or(false);
        Ok(Self { alias: "t".into(), terms, keys, key_descending })
    }

    /// Orders the rows `alias` by text columns that hold something and by one key, all ascending.
    pub fn by(alias: &str, columns: &[&str], key: &str) -> Self {
        let term = |column: &&str| Term { column: (*column).to_owned(), descending: false, text: true, nullable: false };
        Self { alias: alias.into(), terms: columns.iter().map(term).collect(), keys: vec![key.into()], key_descending: false }
    }

    /// Orders by the key alone.
    pub fn by_key(&self) -> Self {
        Self { terms: Vec::new(), key_descending: false, ..self.clone() }
    }

    /// The key's columns as SQL.
    pub fn key_sql(&self) -> String {
        self.keys.iter().map(|key| format!("{}.{key}", self.alias)).collect::<Vec<_>>().join(", ")
    }

    /// How many columns the key has.
    pub fn key_count(&self) -> usize {
        self.keys.len()
    }

    /// The order's columns as SQL, each after a comma.
    pub fn terms_sql(&self) -> String {
        self.terms.iter().map(|term| format!(", {}.{}", self.alias, term.column)).collect()
    }

    /// Writes ` ORDER BY …`.
    pub fn order_by(&self) -> String {
        let way = |descending: bool| if descending { " DESC" } else { "" };
        let terms = self.terms.iter().map(|term| format!("{}.{}{}", self.alias, term.column, way(term.descending)));
        let keys = self.keys.iter().map(|key| format!("{}.{key}{}", self.alias, way(self.key_descending)));
        format!(" ORDER BY {}", terms.chain(keys).collect::<Vec<_>>().join(", "))
    }

    /// The conditions of the rows after a row, in order: those that share most of its values come first, so each is one
    /// stretch of an index.
    pub fn legs(&self, after: Option<&Spot>) -> Vec<Condition> {
        let Some(spot) = after else { return vec![Condition::default()] };
        let mut legs = vec![self.same(spot, self.terms.len()).and(self.beyond_key(spot.key))];
        for (at, (term, cell)) in self.terms.iter().zip(&spot.order).enumerate().rev() {
            legs.extend(term.beyond(&self.alias, cell).into_iter().map(|beyond| self.same(spot, at).and(beyond)));
        }
        legs
    }

    /// Compares two rows.
    pub fn compare(&self, a: &Spot, b: &Spot) -> Ordering {
        let turn = |way: Ordering, descending: bool| if descending { way.reverse() } else { way };
        let columns = self.terms.iter().zip(a.order.iter().zip(&b.order));
        let unlike = columns.map(|(term, (a, b))| turn(a.cmp(b), term.descending)).find(|way| way.is_ne());
        unlike.unwrap_or_else(|| turn(a.key.cmp(&b.key), self.key_descending))
    }

    fn same(&self, spot: &Spot, terms: usize) -> Condition {
        let each = self.terms.iter().zip(&spot.order).take(terms).map(|(term, cell)| term.is(&self.alias, cell));
        each.fold(Condition::default(), Condition::and)
    }

    fn beyond_key(&self, key: Key) -> Condition {
        let sign = if self.key_descending { "<" } else { ">" };
        let cells = match key {
            Key::Id(id) => vec![Cell::Int(id)],
            Key::Pair(a, b) => vec![Cell::Int(a), Cell::Int(b)],
        };
        let marks = vec!["?"; cells.len()].join(", ");
        let columns = self.key_sql();
        Condition::new(if cells.len() == 1 { format!("{columns} {sign} ?") } else { format!("({columns}) {sign} ({marks})") }, cells)
    }
}

impl Term {
    fn is(&self, alias: &str, cell: &Cell) -> Condition {
        let column = format!("{alias}.{}", self.column);
        if cell.is_null() { Condition::new(column + " IS NULL", []) } else { Condition::new(column + " = ?", [cell.clone()]) }
    }

    /// What follows a value: empty columns are the first of an ascending order.
    fn beyond(&self, alias: &str, cell: &Cell) -> Vec<Condition> {
        let column = format!("{alias}.{}", self.column);
        match (self.descending, cell.is_null()) {
            (false, false) => vec![Condition::new(column + " > ?", [cell.clone()])],
            // `IS NOT NULL` would walk over the empty ones.
            (false, true) => vec![Condition::new(column + " >= ?", [self.lowest()])],
            (true, true) => Vec::new(),
            (true, false) => {
                let mut legs = vec![Condition::new(format!("{column} < ?"), [cell.clone()])];
                legs.extend(self.nullable.then(|| Condition::new(column + " IS NULL", [])));
                legs
            }
        }
    }

    fn lowest(&self) -> Cell {
        if self.text { Cell::Text(String::new()) } else { Cell::Int(i64::MIN) }
    }
}

fn term(registry: &Registry, table: &Table, column: &str, descending: bool) -> Result<Term> {
    let text = is_text(registry, table, column);
    let text = text.ok_or_else(|| Error::Usage(format!("“{}”没有“{column}”这一栏，不能按它排序", table.label)))?;
    let nullable = table.field(column).is_none_or(|field| !field.required);
    Ok(Term { column: column.into(), descending, text, nullable })
}

/// Says whether a column holds text; none where the table has no such column.
fn is_text(registry: &Registry, table: &Table, column: &str) -> Option<bool> {
    if let Some(field) = table.field(column) {
        return Some(!field.kind.is_number());
    }
    if table.computed.iter().any(|computed| computed.own == column) {
        return Some(true);
    }
    let carry = table.carries.iter().find(|carry| carry.own == column)?;
    is_text(registry, registry.entry(parent(table, carry))?.table, carry.column)
}
