//! The closed set of kinds: what each holds, how it is written on the wire and shown.

use serde_json::{Value as Json, json};

use super::{Cell, CodeList};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A whole number.
    Int,
    /// Yes or no, stored as 1 or 0.
    Bool,
    /// A day, stored as ISO text.
    Day,
    /// Fen.
    Money,
    /// Minutes.
    Minutes,
    /// Millionths of a degree.
    Degrees,
    /// Unix seconds, filled in by the store.
    Entered,
    /// An entry of a closed list, stored as its number.
    Code(&'static CodeList),
    /// An entry of the open list with this key, stored as its code.
    Term(&'static str),
    /// Several entries of the open list with this key, stored as their codes between bars.
    Terms(&'static str),
    /// A row of the table with this name, stored as its id.
    Ref(&'static str),
}

impl Kind {
    /// The kind's word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Int => "int",
            Self::Bool => "bool",
            Self::Day => "day",
            Self::Money => "money",
            Self::Minutes => "minutes",
            Self::Degrees => "degrees",
            Self::Entered => "entered",
            Self::Code(_) => "code",
            Self::Term(_) => "term",
            Self::Terms(_) => "terms",
            Self::Ref(_) => "ref",
        }
    }

    /// Whether it is stored as a number.
    pub fn is_number(self) -> bool {
        !matches!(self, Self::Text | Self::Day | Self::Term(_) | Self::Terms(_))
    }

    /// Writes a stored value on the wire: codes as their words, yes and no as booleans.
    pub fn to_json(self, cell: &Cell) -> Json {
        match (self, cell) {
            (_, Cell::Null) => Json::Null,
            (Self::Bool, Cell::Int(value)) => json!(*value != 0),
            (Self::Code(list), Cell::Int(code)) => {
                list.entries.iter().find(|entry| entry.code == *code).map_or(Json::Null, |entry| json!(entry.word))
            }
            (Self::Terms(_), Cell::Text(codes)) => codes.split('|').filter(|code| !code.is_empty()).collect(),
            (_, Cell::Int(value)) => json!(value),
            (_, Cell::Text(value)) => json!(value),
        }
    }

    /// Reads a value from the wire; refuses, with a Chinese half sentence, what the kind does not hold.
    pub fn from_json(self, value: &Json) -> Result<Cell, String> {
        match value {
            Json::Null => Ok(Cell::Null),
            Json::Bool(value) if self == Self::Bool => Ok(Cell::Int(i64::from(*value))),
            Json::Number(value) if self.is_number() => value.as_i64().map(Cell::Int).ok_or_else(|| "应为整数".to_owned()),
            Json::Array(parts) if matches!(self, Self::Terms(_)) => {
                super::text::parse(self, &parts.iter().filter_map(Json::as_str).collect::<Vec<_>>().join("|"))
            }
            Json::String(text) if text.trim().is_empty() => Ok(Cell::Null),
            Json::String(text) => super::text::parse(self, text),
            _ => Err("内容的格式不对".into()),
        }
    }

    /// The label of a closed code, or the value as it stands; names behind terms and references are looked up elsewhere.
    pub fn code_label(self, cell: &Cell) -> Option<&'static str> {
        match (self, cell) {
            (Self::Code(list), Cell::Int(code)) => list.entries.iter().find(|entry| entry.code == *code).map(|entry| entry.label),
            (Self::Bool, Cell::Int(value)) => Some(if *value != 0 { "是" } else { "否" }),
            _ => None,
        }
    }
}
