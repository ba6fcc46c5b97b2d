//! The journal's bodies: cells packed as a tag and a varint each, so that whole rows cost little more than their text.

use rusqlite::types::ValueRef;

use crate::record::{Cell, ERASED};

/// Appends a cell as SQLite hands it over.
pub fn put_value(body: &mut Vec<u8>, value: ValueRef<'_>) {
    match value {
        ValueRef::Integer(value) => {
            body.push(1);
            put_int(body, value);
        }
        ValueRef::Text(text) => {
            body.push(2);
            put_int(body, i64::try_from(text.len()).unwrap_or(i64::MAX));
            body.extend_from_slice(text);
        }
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => body.push(0),
    }
}

/// Appends a cell that was read; what was erased has a tag of its own, so that no undo brings it back.
pub fn put_cell(body: &mut Vec<u8>, cell: &Cell) {
    match cell {
        Cell::Text(text) if text == ERASED => body.push(3),
        Cell::Text(text) => put_value(body, ValueRef::Text(text.as_bytes())),
        Cell::Int(value) => put_value(body, ValueRef::Integer(*value)),
        Cell::Null => put_value(body, ValueRef::Null),
    }
}

/// Appends a whole number, zigzag and in sevens of bits.
pub fn put_int(body: &mut Vec<u8>, value: i64) {
    let mut rest = ((value << 1) ^ (value >> 63)) as u64;
    while rest >= 0x80 {
        body.push((rest as u8) | 0x80);
        rest >>= 7;
    }
    body.push(rest as u8);
}

/// Reads a body from its beginning; every reading gives `None` past its end.
pub struct Reader<'b> {
    rest: &'b [u8],
    /// Whether a cell was read that was erased.
    pub erased: bool,
}

impl<'b> Reader<'b> {
    /// Starts at the beginning.
    pub fn new(body: &'b [u8]) -> Self {
        Self { rest: body, erased: false }
    }

    /// Says whether all has been read.
    pub fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    /// Reads a whole number.
    pub fn int(&mut self) -> Option<i64> {
        let (mut value, mut shift) = (0u64, 0);
        loop {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(((value >> 1) as i64) ^ -((value & 1) as i64));
            }
            shift += 7;
        }
    }

    /// Reads a cell.
    pub fn cell(&mut self) -> Option<Cell> {
        match self.byte()? {
            0 => Some(Cell::Null),
            1 => self.int().map(Cell::Int),
            2 => self.text().map(Cell::Text),
            3 => {
                self.erased = true;
                Some(Cell::Text(ERASED.to_owned()))
            }
            _ => None,
        }
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.int()?).ok()?;
        let (text, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        String::from_utf8(text.to_vec()).ok()
    }

    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_put_is_read(ints in proptest::collection::vec(any::<i64>(), 0..20), texts in proptest::collection::vec(".*", 0..5)) {
            let mut body = Vec::new();
            ints.iter().for_each(|value| put_int(&mut body, *value));
            texts.iter().for_each(|text| put_value(&mut body, ValueRef::Text(text.as_bytes())));
            let mut reader = Reader::new(&body);
            for value in ints {
                prop_assert_eq!(reader.int(), Some(value), "a number must come back as it went in");
            }
            for text in texts {
                prop_assert_eq!(reader.cell(), Some(Cell::Text(text)), "a text must come back as it went in");
            }
            prop_assert!(reader.is_done(), "nothing may be left over");
        }
    }
}
