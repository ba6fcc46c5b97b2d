//! How far the cells of an .xls reach, looked over before its reader makes room for all of them.
//!
//! The reader holds a sheet as a full rectangle: one cell that a damaged or hostile file puts far out asks for more memory than there is,
//! which ends the program. [MS-XLS] 2.5: a sheet has 65,536 rows and 256 columns.

use std::io::{Read, Seek};

use super::input::Input;
use crate::sheet::fault::Fault;

/// The most cells of a sheet's rectangle: all 256 columns of a quarter of the rows, or all rows of 64 columns.
const MOST: u64 = 1 << 22;
/// The columns of a sheet.
const COLUMNS: u16 = 256;

/// The records that matter: where a sheet begins, how large it says it is, and those that begin with a cell's row and column.
const BEGIN: u16 = 0x0809;
const DIMENSIONS: u16 = 0x0200;
const CELLS: &[u16] = &[0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// Says whether the cells of every sheet lie where they may; a container that cannot be opened is left to the reader.
pub(super) fn fits(file: &mut Input) -> Result<bool, Fault> {
    file.rewind()?;
    let mut stream = Vec::new();
    if let Ok(mut container) = cfb::CompoundFile::open(&mut *file) {
        for name in ["/Workbook", "/Book"] {
            if let Ok(mut found) = container.open_stream(name) {
                let _ = found.read_to_end(&mut stream);
                break;
            }
        }
    }
    file.rewind()?;
    Ok(lie_within(&stream))
}

/// Walks the records of a workbook's stream.
fn lie_within(mut rest: &[u8]) -> bool {
    let (mut rows, mut columns) = (0u64, 0u64);
    while let Some((head, after)) = rest.split_at_checked(4) {
        let word = |bytes: &[u8], at: usize| bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes);
        let (Some(kind), Some(length)) = (word(head, 0), word(head, 2)) else { return true };
        let Some((body, next)) = after.split_at_checked(usize::from(length)) else { return true };
        let reach = match kind {
            BEGIN => {
                (rows, columns) = (0, 0);
                None
            }
            // First and last row in four bytes each, then first and last column; the last ones lie one behind.
            DIMENSIONS if body.len() >= 14 => {
                let last = body.get(4..8).and_then(|four| four.try_into().ok()).map_or(0, u32::from_le_bytes);
                Some((u64::from(last), u64::from(word(body, 10).unwrap_or(0))))
            }
            kind if CELLS.contains(&kind) => {
                let (Some(row), Some(column)) = (word(body, 0), word(body, 2)) else { return true };
                if column >= COLUMNS {
                    return false;
                }
                Some((u64::from(row) + 1, u64::from(column) + 1))
            }
            _ => None,
        };
        if let Some((row, column)) = reach {
            (rows, columns) = (rows.max(row), columns.max(column));
            if rows.saturating_mul(columns) > MOST {
                return false;
            }
        }
        rest = next;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, words: &[u16]) -> Vec<u8> {
        let body: Vec<u8> = words.iter().flat_map(|word| word.to_le_bytes()).collect();
        [kind.to_le_bytes(), u16::try_from(body.len()).unwrap().to_le_bytes()].concat().into_iter().chain(body).collect()
    }

    fn sheet(cells: &[(u16, u16)]) -> Vec<u8> {
        let cells = cells.iter().map(|(row, column)| record(0x0203, &[*row, *column, 0, 0, 0, 0, 0]));
        std::iter::once(record(BEGIN, &[0x0600, 0x0010])).chain(cells).flatten().collect()
    }

    #[test]
    fn a_sheet_as_offices_have_it_fits() {
        assert!(lie_within(&sheet(&[(0, 0), (65_535, 30)])), "all rows of thirty columns");
        assert!(lie_within(&sheet(&[(9_999, 255)])), "all columns of ten thousand rows");
        assert!(lie_within(&[sheet(&[(65_535, 30)]), sheet(&[(10, 255)])].concat()), "each sheet by itself");
        assert!(lie_within(&sheet(&[(3, 3)])[..9]), "a stream that is cut off is the reader's matter");
    }

    #[test]
    fn a_cell_that_lies_far_out_and_a_size_that_is_no_size_do_not() {
        assert!(!lie_within(&sheet(&[(0, 256)])), "there is no such column");
        assert!(!lie_within(&sheet(&[(65_535, 0), (0, 255)])), "two corners ask for all that is between");
        let sizes = record(DIMENSIONS, &[0, 0, 0xFFFF, 0, 0, 0xFFFF, 0]);
        assert!(!lie_within(&[record(BEGIN, &[0x0600, 0x0010]), sizes].concat()), "what the sheet says of itself counts too");
    }
}
