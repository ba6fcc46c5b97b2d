//! The shapes nearly all cells have, read in one go; whatever looks different is left to the scanner.

use memchr::memchr;

use super::scan::{Stored, stored};

/// A cell as it stands in the buffer.
#[derive(Debug, PartialEq)]
pub(super) struct Quick<'a> {
    /// Its place, such as `C5`, where it is said.
    pub(super) place: Option<&'a [u8]>,
    pub(super) style: &'a [u8],
    pub(super) stored: Stored,
    pub(super) formula: bool,
    /// Its value, entities as written.
    pub(super) text: &'a [u8],
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// Reads the cell at the start of `ahead`; `None` where there is none, all of it is not there yet, or its shape is a
/// rarer one.
pub(super) fn cell(ahead: &[u8]) -> Option<Quick<'_>> {
    let mut cell = Quick { place: None, style: &[], stored: Stored::Number, formula: false, text: &[], length: 0 };
    let mut rest = ahead.strip_prefix(b"<c")?;
    let end = loop {
        let (name, after) = match rest {
            [b' ', name, b'=', b'"', after @ ..] => (*name, after),
            [b'>', after @ ..] => break content(&mut cell, after)?,
            [b'/', b'>', after @ ..] => break after,
            _ => return None,
        };
        let (value, after) = until(after, b'"')?;
        rest = after;
        match name {
            b'r' => cell.place = Some(value),
            b's' => cell.style = value,
            b't' => cell.stored = stored(value),
            _ => return None,
        }
    };
    cell.length = ahead.len() - end.len();
    Some(cell)
}

fn content<'a>(cell: &mut Quick<'a>, mut rest: &'a [u8]) -> Option<&'a [u8]> {
    if let Some(after) = rest.strip_prefix(b"<f>") {
        cell.formula = true;
        rest = after.get(memchr(b'<', after)?..)?.strip_prefix(b"</f>")?;
    }
    let (begin, end) = match rest {
        [b'<', b'v', b'>', after @ ..] => (after, &b"</v></c>"[..]),
        [b'<', b'i', b's', b'>', b'<', b't', after @ ..] => {
            (after.strip_prefix(b">").or_else(|| after.strip_prefix(b" xml:space=\"preserve\">"))?, &b"</t></is></c>"[..])
        }
        [b'<', b'/', b'c', b'>', after @ ..] => return Some(after),
        _ => return None,
    };
    let (text, after) = begin.split_at_checked(memchr(b'<', begin)?)?;
    cell.text = text;
    after.strip_prefix(end)
}

fn until(bytes: &[u8], end: u8) -> Option<(&[u8], &[u8])> {
    let (value, after) = bytes.split_at_checked(bytes.iter().position(|byte| *byte == end)?)?;
    Some((value, after.get(1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_cells_are_read_whole_and_others_left_alone() {
        let whole = b"<c r=\"C5\" s=\"7\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> a&amp;</t></is></c><c/>";
        let wanted =
            Quick { place: Some(b"C5"), style: b"7", stored: Stored::Text, formula: false, text: b" a&amp;", length: whole.len() - 4 };
        assert_eq!(cell(whole), Some(wanted), "places, styles and kinds");
        let formula = b"<c><f>A1&amp;2</f><v>5</v></c>";
        assert_eq!(
            cell(formula).map(|cell| (cell.formula, cell.text.len(), cell.length)),
            Some((true, 1, formula.len())),
            "a formula is passed over"
        );
        for length in 0..whole.len() - 4 {
            assert_eq!(cell(&whole[..length]), None, "a cell of which {length} bytes are there waits for the rest");
        }
        for rare in [
            "<x:c r=\"A1\"/>",
            "<c r='A1'/>",
            "<c cm=\"1\"/>",
            "<c><is><r><t>a</t></r></is></c>",
            "<col/>",
            "<c><f t=\"shared\" si=\"0\"/><v>1</v></c>",
        ] {
            assert_eq!(cell(rare.as_bytes()), None, "{rare} is the scanner's");
        }
    }
}
