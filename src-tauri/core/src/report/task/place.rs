//! Where a cell lies in a sheet: `C6`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::record::{Types, Wire};

/// A cell's place, column and row from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Place {
    /// The row, from 1.
    pub row: u32,
    /// The column, from 1.
    pub column: u16,
}

impl Place {
    /// A place by column and row, both from 1.
    pub fn new(column: u16, row: u32) -> Self {
        Self { row, column }
    }

    /// The number of a column's letters, from 1; none for what is no column of a sheet.
    pub fn column(letters: &str) -> Option<u16> {
        // Three letters at most, so that no number grows past its kind.
        if !(1..=3).contains(&letters.len()) || !letters.bytes().all(|letter| letter.is_ascii_uppercase()) {
            return None;
        }
        let number = letters.bytes().fold(0u32, |number, letter| number * 26 + u32::from(letter.wrapping_sub(b'A')) + 1);
        u16::try_from(number).ok().filter(|number| *number <= 16_384)
    }

    /// A column's letters.
    pub fn letters(column: u16) -> String {
        let mut rest = u32::from(column);
        let mut letters = Vec::new();
        while rest > 0 {
            letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or_default()));
            rest = (rest - 1) / 26;
        }
        letters.iter().rev().collect()
    }
}

/// A text that names no cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoPlace(String);

impl fmt::Display for NoPlace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "“{}”不是单元格的位置，请写作 C6", self.0)
    }
}

impl FromStr for Place {
    type Err = NoPlace;

    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let split = text.find(|letter: char| letter.is_ascii_digit()).and_then(|at| text.split_at_checked(at));
        let place = split.and_then(|(letters, row)| {
            let row = row.parse().ok().filter(|row| (1..=1_048_576).contains(row) && !text.contains('+'))?;
            Some(Self { row, column: Self::column(letters)? })
        });
        place.ok_or_else(|| NoPlace(text.to_owned()))
    }
}

impl TryFrom<String> for Place {
    type Error = NoPlace;

    fn try_from(text: String) -> Result<Self, NoPlace> {
        text.parse()
    }
}

impl From<Place> for String {
    fn from(place: Place) -> Self {
        place.to_string()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}", Self::letters(self.column), self.row)
    }
}

impl Wire for Place {
    fn wire(types: &mut Types) -> String {
        String::wire(types)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_is_written() {
        for (text, column, row) in [("A1", 1, 1), ("C6", 3, 6), ("Z9", 26, 9), ("AA10", 27, 10), ("XFD1048576", 16_384, 1_048_576)] {
            let place: Place = text.parse().unwrap();
            assert_eq!((place.column, place.row), (column, row), "{text}");
            assert_eq!(place.to_string(), text, "and back");
        }
        for text in ["", "6", "C", "c6", "C0", "C06x", "XFE1", "A1048577", "A+6", "会6"] {
            assert!(text.parse::<Place>().is_err(), "{text} is no place");
        }
    }
}
