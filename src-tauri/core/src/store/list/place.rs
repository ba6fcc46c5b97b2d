//! A cursor on its way out and back: it holds the values that rows are ordered by, secrets among them, so nobody outside reads it.

use super::cursor::Cursor;
use crate::error::{Error, Refusal, Result};
use crate::store::Store;
use crate::store::sealed::{open_text, seal_text};

/// What the key is for.
const PURPOSE: &str = "unionbook 2026 place in a list";
const TAG: &str = "unionbook 2026 tag of a place in a list";

fn stale() -> Error {
    Error::Refused(Refusal::new("列表已经变了，接不上原来的位置。", "请重新打开这个列表。"))
}

impl Store {
    /// Seals the place where a page ended.
    pub fn sealed_place(&self, cursor: &Cursor) -> Result<String> {
        let text = cursor.to_string();
        seal_text(&self.place_key(), &self.key().tag(TAG, &text), &text)
    }

    /// Opens a place that was sealed; refuses one of another file, and a text of anybody's own.
    pub fn opened_place(&self, text: &str) -> Result<Cursor> {
        open_text(&self.place_key(), text).ok_or_else(stale)?.parse()
    }

    fn place_key(&self) -> [u8; 32] {
        self.key().tag(PURPOSE, "")
    }
}
