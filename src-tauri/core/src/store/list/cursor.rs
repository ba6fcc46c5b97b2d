//! Where a page ended, as an opaque text for the next one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::sort::Spot;
use crate::error::Error;
use crate::record::Cell;
use crate::store::Key;

/// Where a page ended: the values of the last row, so that rows which come or go before it move nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Cursor {
    /// The search's source that the row was found by; none where rows come in the query's order.
    pub(super) source: Option<usize>,
    /// The order's values: of the row itself, or of the one it was found through.
    pub(super) order: Vec<Cell>,
    /// The row's key; before it the id of the row it was found through.
    pub(super) keys: Vec<i64>,
}

impl Cursor {
    /// The place in the query's order; none where rows come as found.
    pub(super) fn spot(&self) -> Option<Spot> {
        let key = key(&self.keys).filter(|_| self.source.is_none())?;
        Some(Spot { order: self.order.clone(), key })
    }

    /// The place in a search: its source, the row it was found through, its own key.
    pub(super) fn found(&self) -> Option<(usize, Spot, Key)> {
        let (through, own) = self.keys.split_first()?;
        Some((self.source?, Spot { order: self.order.clone(), key: Key::Id(*through) }, key(own)?))
    }
}

fn key(numbers: &[i64]) -> Option<Key> {
    match numbers {
        [id] => Some(Key::Id(*id)),
        [a, b] => Some(Key::Pair(*a, *b)),
        _ => None,
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", json!([self.source, self.order, self.keys]))
    }
}

impl From<Cursor> for String {
    fn from(cursor: Cursor) -> Self {
        cursor.to_string()
    }
}

impl TryFrom<String> for Cursor {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

impl FromStr for Cursor {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        type Parts = (Option<usize>, Vec<Json>, Vec<i64>);
        let strange = || Error::Usage("翻页位置".into());
        let (source, order, keys) = serde_json::from_str::<Parts>(text).map_err(|_| strange())?;
        let order = order.into_iter().map(cell).collect::<Option<_>>().ok_or_else(strange)?;
        Ok(Self { source, order, keys })
    }
}

fn cell(value: Json) -> Option<Cell> {
    match value {
        Json::Null => Some(Cell::Null),
        Json::Number(value) => value.as_i64().map(Cell::Int),
        Json::String(text) => Some(Cell::Text(text)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_its_text() {
        let cursor = Cursor { source: Some(2), order: vec![Cell::Null, Cell::Int(-7), Cell::Text("张\"".into())], keys: vec![1 << 41, 5] };
        let text = cursor.to_string();
        assert_eq!(text.parse::<Cursor>().expect("its own text"), cursor, "nothing is lost: {text}");
    }

    #[test]
    fn a_strange_text_is_refused() {
        for text in ["", "[]", "{}", "[null,[1.5],[1]]", "[null,[[1]],[1]]"] {
            assert!(text.parse::<Cursor>().is_err(), "{text} is no cursor");
        }
    }
}
