//! Places in a sheet: cells, areas and the letters of columns.

use std::fmt;

/// The last row a workbook's sheet can have.
pub const LAST_ROW: u32 = 1_048_576;
/// The last column a workbook's sheet can have (XFD).
pub const LAST_COLUMN: u16 = 16_384;

/// A cell's place; column 1 is A, row 1 is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CellRef {
    /// The column, from 1.
    pub column: u16,
    /// The row, from 1.
    pub row: u32,
}

impl CellRef {
    /// Makes a place from its column and row, both from 1.
    pub const fn new(column: u16, row: u32) -> Self {
        Self { column, row }
    }

    /// Reads `C5` or `$C$5`; `None` where it is no place of a sheet.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('$').unwrap_or(text);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (column, row) = text.split_at_checked(letters)?;
        let row = row.strip_prefix('$').unwrap_or(row);
        Some(Self { column: column_number(column.as_bytes())?, row: row_number(row.as_bytes())? })
    }
}

impl fmt::Display for CellRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", column_name(self.column), self.row)
    }
}

/// A rectangle of cells, both corners included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Area {
    /// The upper left cell.
    pub first: CellRef,
    /// The lower right cell.
    pub last: CellRef,
}

impl Area {
    /// Reads `A14:T14` or a single `A14`; `None` where it is no area or its corners are swapped.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, last) = text.split_once(':').unwrap_or((text, text));
        let (first, last) = (CellRef::parse(first)?, CellRef::parse(last)?);
        (first.column <= last.column && first.row <= last.row).then_some(Self { first, last })
    }

    /// Says whether the cell lies within.
    pub fn holds(&self, cell: CellRef) -> bool {
        (self.first.column..=self.last.column).contains(&cell.column) && (self.first.row..=self.last.row).contains(&cell.row)
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last { write!(f, "{}", self.first) } else { write!(f, "{}:{}", self.first, self.last) }
    }
}

/// Gives the letters of a column: 1 is A, 28 is AB.
pub fn column_name(column: u16) -> String {
    let mut letters = Vec::with_capacity(3);
    let mut left = column;
    while left > 0 {
        left -= 1;
        letters.push(char::from(b'A' + (left % 26) as u8));
        left /= 26;
    }
    letters.iter().rev().collect()
}

/// Gives the number of a column from its letters; `None` for none, too many or other characters.
pub fn column_number(letters: &[u8]) -> Option<u16> {
    let mut number = 0_u32;
    for letter in letters {
        let digit = letter.to_ascii_uppercase().wrapping_sub(b'A');
        number = (digit < 26 && number < 1000).then(|| number * 26 + u32::from(digit) + 1)?;
    }
    u16::try_from(number).ok().filter(|number| (1..=LAST_COLUMN).contains(number))
}

/// Gives the number of a row from its digits; `None` where no sheet has such a row.
pub fn row_number(digits: &[u8]) -> Option<u32> {
    let mut number = 0_u32;
    for digit in digits {
        number = (digit.is_ascii_digit() && number <= LAST_ROW).then(|| number * 10 + u32::from(digit - b'0'))?;
    }
    (1..=LAST_ROW).contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_and_their_letters_are_inverse_up_to_the_last() {
        for column in 1..=LAST_COLUMN {
            assert_eq!(column_number(column_name(column).as_bytes()), Some(column), "the name must lead back to column {column}");
        }
        assert_eq!(
            (column_name(1), column_name(26), column_name(27), column_name(16_384)),
            ("A".into(), "Z".into(), "AA".into(), "XFD".into())
        );
    }

    #[test]
    fn places_outside_a_sheet_are_no_places() {
        for text in ["", "A", "5", "A0", "XFE1", "A1048577", "甲1", "A1B", "AAAAAAAAAA1", "A99999999999"] {
            assert_eq!(CellRef::parse(text), None, "`{text}` is no cell");
        }
        assert_eq!(CellRef::parse("$C$5"), Some(CellRef::new(3, 5)), "absolute marks do not change the place");
        assert_eq!(Area::parse("T14:A14"), None, "swapped corners are no area");
        assert_eq!(Area::parse("A14:T14").map(|area| area.to_string()), Some("A14:T14".into()), "an area prints as it is written");
    }
}
