//! Values as the store keeps them, and the Rust types that stand for them.

use std::borrow::Cow;

use chrono::NaiveDate;
use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef};
use serde::Deserialize;

use super::{Kind, Term, Terms};
use crate::terms::List;
use crate::text;

/// A stored value: nothing, a whole number or a text. There are no floats in the store.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Cell {
    /// Nothing.
    #[default]
    Null,
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
}

impl Cell {
    /// Says whether nothing is in it.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The number, where it is one.
    pub fn int(&self) -> Option<i64> {
        if let Self::Int(value) = self { Some(*value) } else { None }
    }

    /// The text, where it is one.
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(value) = self { Some(value) } else { None }
    }
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Int(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
            Self::Text(value) => ToSqlOutput::Borrowed(ValueRef::Text(value.as_bytes())),
        })
    }
}

impl FromSql for Cell {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Self::Null),
            ValueRef::Integer(value) => Ok(Self::Int(value)),
            ValueRef::Text(_) => Ok(Self::Text(value.as_str()?.to_owned())),
            ValueRef::Real(_) | ValueRef::Blob(_) => Err(FromSqlError::InvalidType),
        }
    }
}

/// A Rust type that a field may have; the type is the kind.
pub trait Value: Sized {
    /// What the field holds.
    const KIND: Kind;
    /// Whether it may be empty.
    const OPTIONAL: bool = false;
    /// Gives the stored value.
    fn to_cell(&self) -> Cell;
    /// Reads the stored value; `None` where the type does not hold it.
    fn from_cell(cell: Cell) -> Option<Self>;
    /// Gives what was typed its stored form, a text of several lines or of one; says whether anything is left of it.
    fn fold(&mut self, _lines: bool) -> bool {
        true
    }
}

impl<V: Value> Value for Option<V> {
    const KIND: Kind = V::KIND;
    const OPTIONAL: bool = true;

    fn to_cell(&self) -> Cell {
        self.as_ref().map_or(Cell::Null, V::to_cell)
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        if cell.is_null() { Some(None) } else { V::from_cell(cell).map(Some) }
    }

    fn fold(&mut self, lines: bool) -> bool {
        if self.as_mut().is_some_and(|value| !value.fold(lines)) {
            *self = None;
        }
        true
    }
}

impl Value for String {
    const KIND: Kind = Kind::Text;

    fn to_cell(&self) -> Cell {
        Cell::Text(self.clone())
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        if let Cell::Text(value) = cell { Some(value) } else { None }
    }

    fn fold(&mut self, lines: bool) -> bool {
        let stored = if lines { text::lines(self) } else { text::line(self) };
        if stored.len() < self.len() || matches!(stored, Cow::Owned(_)) {
            *self = stored.into_owned();
        }
        !self.is_empty()
    }
}

impl<L: List> Value for Terms<L> {
    const KIND: Kind = Kind::Terms(L::KEY);
    const OPTIONAL: bool = true;

    fn to_cell(&self) -> Cell {
        let codes: Vec<&str> = self.iter().map(Term::code).collect();
        if codes.is_empty() { Cell::Null } else { Cell::Text(format!("|{}|", codes.join("|"))) }
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Null => Some(Self::new()),
            Cell::Text(text) => Some(text.split('|').filter(|code| !code.is_empty()).map(Term::new).collect()),
            Cell::Int(_) => None,
        }
    }
}

impl Value for i64 {
    const KIND: Kind = Kind::Int;

    fn to_cell(&self) -> Cell {
        Cell::Int(*self)
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        cell.int()
    }
}

impl Value for bool {
    const KIND: Kind = Kind::Bool;

    fn to_cell(&self) -> Cell {
        Cell::Int(i64::from(*self))
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        cell.int().map(|value| value != 0)
    }
}

impl Value for NaiveDate {
    const KIND: Kind = Kind::Day;

    fn to_cell(&self) -> Cell {
        Cell::Text(self.format("%Y-%m-%d").to_string())
    }

    fn from_cell(cell: Cell) -> Option<Self> {
        cell.text().and_then(|text| Self::parse_from_str(text, "%Y-%m-%d").ok())
    }
}

/// A closed code list, known to the code.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeList {
    /// The list's name on the wire.
    pub name: &'static str,
    /// Its entries in the order declared.
    pub entries: &'static [CodeEntry],
}

/// One entry of a closed list.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeEntry {
    /// The stored number.
    pub code: i64,
    /// The word on the wire.
    pub word: &'static str,
    /// The words on screen.
    pub label: &'static str,
    /// Other words for the same thing, between bars.
    pub aliases: &'static str,
}

impl CodeEntry {
    /// Says whether a text names the entry: by its words on screen, on the wire, by an alias or by its number.
    pub fn is_called(&self, text: &str) -> bool {
        self.label == text || self.word == text || self.aliases.split('|').any(|alias| alias == text) || text.parse() == Ok(self.code)
    }
}

/// A closed list as a Rust enum: code depends on its entries.
pub trait Code: Copy + Sized + 'static {
    /// The list's description.
    const LIST: &'static CodeList;
    /// Gives the stored number.
    fn code(self) -> i64;
    /// Reads the stored number.
    fn of(code: i64) -> Option<Self>;
    /// Finds the entry that a text names.
    fn named(text: &str) -> Option<Self> {
        Self::LIST.entries.iter().find(|entry| entry.is_called(text)).and_then(|entry| Self::of(entry.code))
    }
    /// Gives the word on the wire.
    fn word(self) -> &'static str {
        Self::LIST.entries.iter().find(|entry| entry.code == self.code()).map_or("", |entry| entry.word)
    }
    /// Gives the words on screen.
    fn label(self) -> &'static str {
        Self::LIST.entries.iter().find(|entry| entry.code == self.code()).map_or("", |entry| entry.label)
    }
}

impl serde::Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_none(),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Text(value) => serializer.serialize_str(value),
        }
    }
}

/// Reads an entry of a closed list from the wire: by its word, label, alias or number.
pub fn read_code<'de, C: Code, D: serde::Deserializer<'de>>(deserializer: D) -> Result<C, D::Error> {
    let given = serde_json::Value::deserialize(deserializer)?;
    let found = given.as_i64().map_or_else(|| given.as_str().and_then(C::named), C::of);
    found.ok_or_else(|| {
        let labels: Vec<_> = C::LIST.entries.iter().map(|entry| entry.label).collect();
        serde::de::Error::custom(format!("{given}不在选项里，应为：{}", labels.join("、")))
    })
}
