//! How far the cells of an .xls reach, looked over before its reader makes room for all of them.
//!
//! The reader holds a sheet as a full rectangle: one cell that a damaged or hostile file puts far out asks for more memory than there is,
//! which ends the program. [MS-XLS] 2.5: a sheet has 65,536 rows and 256 columns.

use std::collections::BTreeSet;
use std::io::{Read, Seek};

use super::input::Input;
use crate::sheet::fault::Fault;

/// The most cells of a sheet's rectangle: all 256 columns of a quarter of the rows, or all rows of 64 columns.
const MOST: u64 = 1 << 22;
/// The most records that are looked over.
const RECORDS: usize = 1 << 26;
/// The columns of a sheet.
const COLUMNS: u16 = 256;

/// The records that matter: where a sheet begins, how large it says it is, where a workbook says that its sheets begin, a row of numbers,
/// and those that begin with a cell's row and column.
const BEGIN: u16 = 0x0809;
const END: u16 = 0x000A;
const DIMENSIONS: u16 = 0x0200;
const SHEET: u16 = 0x0085;
const NUMBERS: u16 = 0x00BD;
const CELLS: &[u16] = &[0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E];

/// Says whether the cells of every sheet lie where they may. A container that does not hold together is refused: the reader makes more of
/// it than can be looked over here. One without any workbook is left to the reader, who says so.
pub(super) fn fits(file: &mut Input) -> Result<bool, Fault> {
    file.rewind()?;
    let fits = streams(&mut *file).is_some_and(|streams| streams.iter().all(|stream| lie_within(stream)));
    file.rewind()?;
    Ok(fits)
}

/// Every stream that the reader may take for the workbook's; nothing where the container is unsound.
fn streams(file: &mut Input) -> Option<Vec<Vec<u8>>> {
    let mut container = cfb::CompoundFile::open(file).ok()?;
    let is_book = |entry: &cfb::Entry| entry.is_stream() && ["workbook", "book"].contains(&entry.name().to_ascii_lowercase().as_str());
    let paths: Vec<_> = container.walk().filter(is_book).map(|entry| entry.path().to_owned()).collect();
    let read = |path| {
        let mut stream = Vec::new();
        container.open_stream(path).and_then(|mut found| found.read_to_end(&mut stream)).ok()?;
        Some(stream)
    };
    paths.into_iter().map(read).collect()
}

/// Looks over the records from the stream's beginning and from where each sheet is said to begin, be it in the midst of another record.
fn lie_within(stream: &[u8]) -> bool {
    let mut left = RECORDS;
    let mut begins = BTreeSet::new();
    if !walk(stream, None, &mut left, &mut begins) {
        return false;
    }
    begins.iter().all(|at| walk(stream.get(*at..).unwrap_or_default(), Some(0), &mut left, &mut BTreeSet::new()))
}

/// Walks records to their end, and notes where sheets begin; gives up as unsound on more records than any workbook has. Within one sheet
/// (`depth` of what is begun and not ended) a chart in it begins nothing anew: the reader goes on with the sheet after it.
fn walk(mut rest: &[u8], mut depth: Option<u32>, left: &mut usize, begins: &mut BTreeSet<usize>) -> bool {
    let (mut rows, mut columns) = (0u64, 0u64);
    while let Some((head, after)) = rest.split_at_checked(4) {
        let (Some(kind), Some(length)) = (word(head, 0), word(head, 2)) else { return true };
        let Some((body, next)) = after.split_at_checked(usize::from(length)) else { return true };
        let reach = match kind {
            BEGIN => {
                if depth.is_none() {
                    (rows, columns) = (0, 0);
                }
                depth = depth.map(|depth| depth + 1);
                Some((0, 0))
            }
            END if depth.is_some_and(|depth| depth <= 1) => return true,
            END => {
                depth = depth.map(|depth| depth - 1);
                Some((0, 0))
            }
            SHEET => {
                begins.extend(double(body, 0).and_then(|at| usize::try_from(at).ok()));
                Some((0, 0))
            }
            DIMENSIONS => said(body),
            kind if CELLS.contains(&kind) => cell(kind, body),
            _ => Some((0, 0)),
        };
        let Some((row, column)) = reach else { return false };
        (rows, columns) = (rows.max(row), columns.max(column));
        let Some(fewer) = left.checked_sub(1).filter(|_| rows.saturating_mul(columns) <= MOST) else { return false };
        (*left, rest) = (fewer, next);
    }
    true
}

/// How far a record of cells reaches; `None` where there is no such column. Only a row of numbers names a last one, at its end.
fn cell(kind: u16, body: &[u8]) -> Option<(u64, u64)> {
    let (Some(row), Some(first)) = (word(body, 0), word(body, 2)) else { return Some((0, 0)) };
    let last = if kind == NUMBERS { body.len().checked_sub(2).and_then(|at| word(body, at)).unwrap_or(first) } else { first };
    (first.max(last) < COLUMNS).then(|| (u64::from(row) + 1, u64::from(first.max(last)) + 1))
}

/// How many rows and columns a sheet says it has: first and last row, then first and last column, the last ones one behind; rows in
/// two bytes each before Excel 97, in four since. `None` where it ends before it begins, from which the reader would subtract.
fn said(body: &[u8]) -> Option<(u64, u64)> {
    let two = |at: usize| word(body, at).map_or(0, u32::from);
    let four = |at: usize| double(body, at).unwrap_or(0);
    let ([first_row, last_row], columns) = match body.len() {
        10 => ([two(0), two(2)], [two(4), two(6)]),
        14.. => ([four(0), four(4)], [two(8), two(10)]),
        _ => return Some((0, 0)),
    };
    let [first_column, last_column] = columns;
    let is_empty = last_row == 0 || last_column == 0;
    let is_sound = is_empty || (first_row < last_row && (first_column < last_column || first_column > 0xFF));
    is_sound.then_some((last_row.into(), last_column.into()))
}

fn double(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(bytes, at)?) | u32::from(word(bytes, at + 2)?) << 16)
}

fn word(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
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
        let said = |words: &[u16]| lie_within(&[record(BEGIN, &[0x0600, 0x0010]), record(DIMENSIONS, words)].concat());
        assert!(!lie_within(&[record(BEGIN, &[0x0600, 0x0010]), sizes].concat()), "what the sheet says of itself counts too");
        assert!(!said(&[0, 0xFFFF, 0, 0xFFFF, 0]), "in the short form of before 1997 as well");
        assert!(!said(&[9, 0, 3, 0, 0, 4, 0]) && !said(&[9, 3, 0, 4, 0]), "no sheet ends before it begins");
        let numbers = |last: u16| lie_within(&[record(BEGIN, &[0x0600, 0x0010]), record(NUMBERS, &[0, 1, 0, 0, 0, last])].concat());
        assert!(numbers(1) && !numbers(256), "a row of numbers reaches as far as it says at its end");
        let hidden = record(
            0x0111,
            &record(DIMENSIONS, &[0, 0, 0xFFFF, 0, 0, 0xFFFF, 0])
                .chunks(2)
                .map(|two| u16::from_le_bytes([two[0], two[1]]))
                .collect::<Vec<_>>(),
        );
        let named = |at: u16| lie_within(&[record(SHEET, &[at, 0, 0]), hidden.clone()].concat());
        assert!(named(0) && !named(14), "a sheet that begins in the midst of another record is looked at from there");
        assert!(said(&[0, 0, 9, 0, 0, 4, 0]) && said(&[0, 9, 0, 4, 0]) && said(&[0, 0, 0, 0, 0]), "sound sizes, and an empty sheet's");
    }
}
